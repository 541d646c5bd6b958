"""What fal tells about itself, and that nothing of it is needed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from pydantic import SecretStr

from talkinghead.catalogue import MODELS
from talkinghead.core.errors import ProviderUnreachable
from talkinghead.fal.platform import UnitPrice
from tests.fal.workbench import KEY, Workbench

IDS = [model.endpoint_id for model in MODELS]
SECRET = SecretStr(KEY)
TROUBLE = ["platform_drop", "platform_500", "platform_429", "platform_malformed_json"]


def test_a_good_key_is_accepted_without_a_bill(bench: Workbench) -> None:
    bench.fal.options.keys = (KEY,)
    assert bench.run(lambda r: r.platform.check_key(SECRET, IDS[0])).accepted is True
    assert bench.fal.bills == []


def test_a_wrong_key_is_reported(bench: Workbench) -> None:
    bench.fal.options.keys = ("another",)
    checked = bench.run(lambda r: r.platform.check_key(SECRET, IDS[0]))
    assert checked.accepted is False
    assert "doesn't recognize this key" in checked.text


@pytest.mark.parametrize("fault", ["status_drop", "status_500", "status_nginx_502"])
def test_a_key_that_cannot_be_checked_is_neither_good_nor_bad(bench: Workbench, fault: str) -> None:
    bench.fal.fault(fault, times=None)
    assert bench.run(lambda r: r.platform.check_key(SECRET, IDS[0])).accepted is None


def test_a_key_of_a_locked_account_is_not_accepted(bench: Workbench) -> None:
    bench.fal.fault("status_403_locked")
    assert bench.run(lambda r: r.platform.check_key(SECRET, IDS[0])).accepted is False


def test_live_prices_are_those_of_the_documents(bench: Workbench) -> None:
    prices = bench.run(lambda r: r.platform.prices(SECRET, IDS))
    assert prices["fal-ai/flashhead"] == UnitPrice(Decimal("0.005"), "seconds", "USD")
    assert set(prices) == set(IDS)


def test_the_balance_is_seen_by_a_key_that_may(bench: Workbench) -> None:
    assert bench.run(lambda r: r.platform.balance(SECRET)) == Decimal(1000)


def test_the_balance_is_not_seen_by_other_keys(bench: Workbench) -> None:
    bench.fal.options.admin = False
    assert bench.run(lambda r: r.platform.balance(SECRET)) is None


def test_a_model_that_fal_has_no_more_is_gone(bench: Workbench) -> None:
    bench.fal.options.gone = ("fal-ai/stable-avatar",)
    ids = [*IDS, "fal-ai/never-heard-of"]
    found = bench.run(lambda r: r.platform.models(None, ids))
    assert [name for name, state in found.items() if state == "gone"] == [
        "fal-ai/stable-avatar",
        "fal-ai/never-heard-of",
    ]


@pytest.mark.parametrize("fault", TROUBLE)
def test_what_fal_does_not_tell_is_missing(bench: Workbench, fault: str) -> None:
    bench.fal.fault(fault, times=None)
    assert bench.run(lambda r: r.platform.prices(SECRET, IDS)) == {}
    assert bench.run(lambda r: r.platform.balance(SECRET)) is None
    assert bench.run(lambda r: r.platform.models(SECRET, IDS[:1])) == {}


@pytest.mark.parametrize("fault", TROUBLE)
def test_a_list_of_requests_that_cannot_be_had_is_not_an_empty_one(
    bench: Workbench, fault: str
) -> None:
    bench.fal.fault(fault, times=None)
    since = datetime.now(UTC)
    with pytest.raises(ProviderUnreachable):
        bench.run(lambda r: r.platform.requests(SECRET, IDS[0], since))


def test_past_requests_come_with_what_was_sent(bench: Workbench) -> None:
    request_id = bench.submitted(bench.flashhead("Words."))
    since = datetime.now(UTC) - timedelta(minutes=1)
    (past,) = bench.run(lambda r: r.platform.requests(SECRET, IDS[0], since))
    assert past.request_id == request_id
    assert past.arguments is not None
    assert past.arguments["text"] == "Words."
    assert past.sent_at is not None
    assert past.sent_at > since
