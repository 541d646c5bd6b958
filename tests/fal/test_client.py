"""Ordering, the only part that pays, and finding an order whose answer was lost."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import fal_client.client
import pytest
from pydantic import SecretStr

from talkinghead.catalogue import StableAvatarInput
from talkinghead.core.errors import (
    KeyNeeded,
    ProviderUnreachable,
    RenderRefused,
    SubmitUnconfirmed,
)
from talkinghead.fal.renderer import FalRenderer
from talkinghead.fal.transport import PROXY_HOLDS_KEY
from tests.fal.workbench import Workbench, posts, uploads, watched

UNCONFIRMED = [
    *(f"submit_{kind}{after}" for after in ("", "_after")
      for kind in ("drop", "hang", "nginx_502", "nginx_503", "nginx_504", "408", "409")),
    "submit_500", "submit_json_503", "submit_json_503_after",
]  # fmt: skip


@pytest.mark.parametrize("fault", UNCONFIRMED)
def test_an_order_whose_answer_is_lost_is_sent_once(bench: Workbench, fault: str) -> None:
    bench.fal.options.hang_seconds = 2
    bench.fal.fault(fault)
    with pytest.raises(SubmitUnconfirmed):
        bench.rendered(bench.flashhead(), answer_seconds=0.5)
    assert posts(bench) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("submit_401", "rejected the key"),
        ("submit_403", "isn't allowed"),
        ("submit_403_locked", "balance"),
        ("submit_404", "no longer offers this model"),
        ("submit_422", "rejected these settings"),
    ],
)
def test_a_clear_no_is_said_and_costs_nothing(bench: Workbench, fault: str, words: str) -> None:
    bench.fal.fault(fault)
    with pytest.raises(RenderRefused, match=words) as caught:
        bench.rendered(bench.flashhead())
    assert caught.value.charged is False
    assert posts(bench) == 1
    assert bench.fal.bills == []


def test_a_model_that_is_gone_is_said_so(bench: Workbench) -> None:
    bench.fal.options.gone = ("fal-ai/stable-avatar",)
    with pytest.raises(RenderRefused, match="Choose another model"):
        bench.rendered(bench.smallest(StableAvatarInput))


def test_an_order_refused_for_the_rate_is_sent_again_in_a_while(bench: Workbench) -> None:
    bench.fal.fault("submit_429", times=2)
    assert bench.rendered(bench.flashhead()).path.exists()
    assert (posts(bench), len(bench.fal.bills)) == (3, 1)


def test_a_fal_that_cannot_be_reached_costs_nothing(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = bench.request(bench.flashhead())
    arguments = bench.run(lambda r: r.prepare(request))
    monkeypatch.setattr(fal_client.client, "MAX_ATTEMPTS", 2)  # of ten, to save half a minute
    bench.proxy_url = "http://127.0.0.1:1"
    with pytest.raises(ProviderUnreachable, match="couldn't be reached"):
        bench.run(lambda r: r.submit(request, arguments))


@pytest.mark.parametrize("fault", ["submit_no_request_id", "submit_malformed_json"])
def test_an_accepted_order_in_unreadable_words_is_found_by_its_header(
    bench: Workbench, fault: str
) -> None:
    bench.fal.fault(fault)
    assert bench.rendered(bench.flashhead()).path.exists()
    assert posts(bench) == 1


NEEDS_KEY: dict[str, Callable[[FalRenderer, Any], Awaitable[object]]] = {
    "prepare": lambda r, request: r.prepare(request),
    "submit": lambda r, request: r.submit(request, {}),
    "watch": lambda r, request: watched(r, request, "x"),
    "fetch": lambda r, request: r.fetch(request, "x"),
    "cancel": lambda r, request: r.cancel(request, "x"),
    "find": lambda r, request: r.find(request, {}),
}


@pytest.mark.parametrize("part", NEEDS_KEY)
def test_every_part_says_when_there_is_no_key(bench: Workbench, part: str) -> None:
    bench.key = None
    with pytest.raises(KeyNeeded):
        bench.run(lambda r: NEEDS_KEY[part](r, bench.request(bench.flashhead())))


def test_a_proxy_that_holds_the_key_gets_none_from_us(bench: Workbench) -> None:
    bench.key = PROXY_HOLDS_KEY
    with pytest.raises(RenderRefused):  # this fal holds none
        bench.rendered(bench.flashhead())
    assert {visit.account for visit in bench.fal.visits} == {None}


def test_each_key_pays_for_itself(bench: Workbench) -> None:
    bench.rendered(bench.flashhead())
    bench.key = SecretStr("another-key")
    bench.rendered(bench.flashhead())
    assert len({bill.account for bill in bench.fal.bills}) == 2
    assert uploads(bench) == 2


async def _lost(renderer: FalRenderer, bench: Workbench) -> tuple[dict[str, Any], datetime]:
    request = bench.request(bench.flashhead())
    arguments, since = await renderer.prepare(request), datetime.now(UTC)
    with pytest.raises(SubmitUnconfirmed):
        await renderer.submit(request, arguments)
    return arguments, since


def found(bench: Workbench) -> str | None:
    """Lose an answer, then look for the request."""

    async def work(renderer: FalRenderer) -> str | None:
        arguments, since = await _lost(renderer, bench)
        return await renderer.find(bench.request(bench.flashhead()), arguments, since=since)

    return bench.run(work)


def test_an_accepted_order_whose_answer_was_lost_is_found(bench: Workbench) -> None:
    bench.fal.fault("submit_drop_after")
    request_id = found(bench)
    assert request_id == bench.fal.jobs[0].request_id
    request = bench.request(bench.flashhead())
    bench.run(lambda r: watched(r, request, request_id))
    assert bench.run(lambda r: r.fetch(request, request_id)).path.exists()


def test_an_order_that_never_arrived_is_not_found(bench: Workbench) -> None:
    bench.fal.fault("submit_drop")
    assert found(bench) is None


def test_what_is_another_jobs_is_never_adopted(bench: Workbench) -> None:
    bench.known.add(bench.submitted(bench.flashhead()))
    bench.fal.fault("submit_drop")
    assert found(bench) is None


def test_what_was_ordered_long_before_is_never_adopted(bench: Workbench) -> None:
    bench.submitted(bench.flashhead())
    bench.fal.jobs[0].accepted_at -= timedelta(hours=1)
    bench.fal.fault("submit_drop")
    assert found(bench) is None


def test_a_search_that_fal_does_not_answer_is_no_answer(bench: Workbench) -> None:
    bench.fal.fault("submit_drop")
    bench.fal.fault("platform_403", times=None)
    with pytest.raises(ProviderUnreachable):
        found(bench)
