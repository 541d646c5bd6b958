"""A balance that is known not to cover an order stops it with a sentence."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead.catalogue import FlashheadInput
from talkinghead.core.errors import RenderRefused
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import wait_for_end as ended
from tests.paid_studio import Person, hosted, opened, reset

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
SHARED = {"fal_key": KEY, "fal_visitors_may_pay": True, "cap_app_month": Decimal(100)}
TOO_LITTLE = {"balance": "0.005"}  # an order costs 0.0075


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    with FalServer(Options(log_interval=0.05)) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    return reset(server)


def visitor(studio_settings: dict[str, object], folder: Path, fal: FalServer) -> Iterator[Person]:
    """Somebody in a studio with these settings."""
    with closing(opened(hosted(folder, fal, **studio_settings))) as studio:
        yield Person(studio.workspace(studio.new_token()), KEY)


@pytest.fixture
def person(tmp_path: Path, fal: FalServer) -> Iterator[Person]:
    for somebody in visitor({}, tmp_path, fal):
        somebody.workspace.billing.enter_key(KEY)
        yield somebody


@pytest.fixture
def guest(tmp_path: Path, fal: FalServer) -> Iterator[Person]:
    yield from visitor(SHARED, tmp_path, fal)


def test_an_order_beyond_the_balance_is_refused_before_it_is_sent(
    person: Person, fal: FalServer
) -> None:
    fal.options.change(TOO_LITTLE)
    with pytest.raises(RenderRefused, match=r"balance is \$0\.005, and this costs \$0\.008"):
        person.order(FlashheadInput)
    assert fal.jobs == []
    assert person.workspace.jobs.list() == []


def test_what_is_owed_reads_as_a_negative_amount(person: Person, fal: FalServer) -> None:
    fal.options.change({"balance": "-48.29"})
    with pytest.raises(RenderRefused, match=r"balance is -\$48\.29"):
        person.order(FlashheadInput)


def test_credits_that_were_added_count_at_once(person: Person, fal: FalServer) -> None:
    fal.options.change(TOO_LITTLE)
    assert person.workspace.billing.balance() == Decimal("0.005")
    fal.options.change({"balance": "1"})
    assert ended(person.workspace, person.order(FlashheadInput)).charged is True


def test_a_balance_that_nobody_may_see_stops_nothing(person: Person, fal: FalServer) -> None:
    fal.options.change({"admin": False, **TOO_LITTLE})
    assert ended(person.workspace, person.order(FlashheadInput)).charged is True


def test_visitors_are_not_told_the_operators_balance(guest: Person, fal: FalServer) -> None:
    fal.options.change(TOO_LITTLE)
    assert guest.workspace.billing.balance() is None
    with pytest.raises(RenderRefused, match=r"studio.s fal\.ai balance") as caught:
        guest.order(FlashheadInput)
    assert "0.005" not in str(caught.value)
    assert fal.jobs == []
