"""Answers of fal's that cannot be meant: amounts, addresses and states."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

import httpx
import pytest
from pydantic import SecretStr

from talkinghead.core.errors import RenderFailed, SubmitUnconfirmed
from talkinghead.fal.client import LOG_TOO_LONG, FalClient, read_status
from talkinghead.fal.download import Downloads, file_of
from talkinghead.fal.network import Network
from talkinghead.fal.transport import LARGEST_ANSWER, Answer, BilledUnits, FalTransport
from talkinghead.fal.watch import LogLines, Trouble
from tests.fal.workbench import KEY, Workbench, watched

T = TypeVar("T")
ODD_UNITS = [
    "nan", "inf", "-inf", "1e400", "1e300", "-3", "-0.5", "many", "", "0x10", "1e-40", "1e-400",
]  # fmt: skip
ODD_ADDRESSES = [
    "ftp://v3.fal.media/a.mp4",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://[bad",
    "https://",
    "https://v3.fal.media:port/a.mp4",
    "v3.fal.media/a.mp4",
    "https://\x00/a.mp4",
    "",
]


def units(text: str) -> BilledUnits:
    """What an answer with these units says was billed."""
    return Answer(200, {"x-fal-billable-units": text}, b"").billed


@pytest.mark.parametrize("text", ODD_UNITS)
def test_units_that_are_no_amount_are_unknown_and_kept_as_they_came(text: str) -> None:
    assert units(text) == BilledUnits(None, text)


@pytest.mark.parametrize("text", ["0", "0.0075", "12", "1e3"])
def test_units_that_are_an_amount_are_exact(text: str) -> None:
    assert units(text) == BilledUnits(Decimal(text), None)
    assert Answer(200, {}, b"").billed == BilledUnits()


def test_units_of_endless_digits_are_rounded_to_what_a_database_keeps() -> None:
    assert units("0." + "3" * 80).amount == Decimal("0." + "3" * 28)


def test_a_long_value_is_cut() -> None:
    assert units("9" * 5000).unusable == "9" * 40


def test_numbers_that_no_database_keeps_are_none() -> None:
    body = b'{"a": NaN, "b": Infinity, "c": -Infinity, "d": 1e400, "e": 1.5}'
    assert Answer(200, {}, body).json() == {"a": None, "b": None, "c": None, "d": None, "e": 1.5}
    assert Answer(200, {}, b"[" * 100_000).json() is None


@pytest.mark.parametrize("url", ODD_ADDRESSES)
def test_an_address_that_is_none_names_no_file(url: str) -> None:
    assert file_of({"video": {"url": url}}) is None
    assert file_of({"video": url}) is None


@pytest.mark.parametrize("size", [10**30, -1, 0, True, "12", 1.5])
def test_a_size_that_cannot_be_is_not_believed(size: Any) -> None:
    found = file_of({"video": {"url": "https://v3.fal.media/a.mp4", "file_size": size}})
    assert found is not None
    assert found[1] in (None, True)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:8501/",
        "http://localhost/a.mp4",
        "https://10.0.0.5/a.mp4",
        "https://[::1]/a.mp4",
        "https://metadata.google.internal/a.mp4",
        "http://v3.fal.media/a.mp4",
    ],
)
def test_no_answer_leads_this_server_to_its_own_network(url: str) -> None:
    for proxy in (None, "https://proxy.example.com", "http://127.0.0.1:9000"):
        assert not Downloads(Network(proxy)).allows(url)


def test_only_the_configured_proxy_itself_is_excepted() -> None:
    downloads = Downloads(Network("http://127.0.0.1:9000/fal"))
    assert downloads.allows("http://127.0.0.1:9000/files/a.mp4")
    for other in ("http://127.0.0.1:9001/a", "https://127.0.0.1:9000/a", "http://localhost:9000/a"):
        assert not downloads.allows(other)


@pytest.mark.parametrize("url", ["https://v3.fal.media/a.mp4", "https://bucket.s3.amazonaws.com/a"])
def test_a_file_may_be_on_any_public_host(url: str) -> None:
    assert Downloads(Network(None)).allows(url)


@pytest.mark.parametrize("url", ["https://10.0.0.5/a.mp4", "http://127.0.0.1:9/a.mp4"])
def test_a_file_within_this_network_ends_in_a_sentence(bench: Workbench, url: str) -> None:
    bench.fal.options.result_address = url
    with pytest.raises(
        RenderFailed, match=r"isn't on the public internet.*billed \S+ units"
    ) as caught:
        bench.rendered(bench.flashhead())
    assert caught.value.charged is True


@pytest.mark.parametrize("url", ["http://[bad", "gopher://example.com/a.mp4", "https://"])
def test_a_render_whose_file_has_no_address_ends_in_a_sentence(bench: Workbench, url: str) -> None:
    bench.fal.options.result_address = url
    with pytest.raises(RenderFailed, match="sent no video") as caught:
        bench.rendered(bench.flashhead())
    assert caught.value.charged is True


@pytest.mark.parametrize(
    "status",
    [
        {"status": ["COMPLETED"]},
        {"status": {"state": 1}},
        {"status": None},
        {"status": 7},
        {"status": "EXPLODED", "queue_position": 10**40},
        {"status": "IN_QUEUE", "queue_position": "soon"},
        {"status": "COMPLETED", "error": {"a": 1}, "error_type": ["x"]},
        ["COMPLETED"],
        "COMPLETED",
        None,
    ],
)
def test_a_status_of_any_form_is_read(status: Any) -> None:
    read = read_status(status)
    assert read.state in ("queued", "completed", None)
    assert read.position is None
    assert isinstance(read.error_type, str | None)


def with_answers(
    reply: Callable[[httpx.Request], httpx.Response], ask: Callable[[FalClient], Awaitable[T]]
) -> T:
    """Ask by a client whose answers are made here."""

    async def work() -> T:
        client = FalClient(SecretStr(KEY), Network())
        client.http = httpx.AsyncClient(transport=FalTransport(httpx.MockTransport(reply)))
        return await ask(client)

    return asyncio.run(work())


@pytest.mark.parametrize("body", ["[" * 100_000, "{}", "null", "[1]", '{"request_id": 7}', "<p>"])
def test_an_accepted_order_with_an_unreadable_answer_is_open(bench: Workbench, body: str) -> None:
    with pytest.raises(SubmitUnconfirmed):
        with_answers(
            lambda request: httpx.Response(200, text=body),
            lambda client: client.order(bench.flashhead(), {}),
        )


@pytest.mark.parametrize("body", ["[" * 100_000, "x" * (LARGEST_ANSWER + 1), "<p>"])
def test_an_unreadable_status_is_a_trouble_that_passes(body: str) -> None:
    with pytest.raises(Trouble):
        with_answers(
            lambda request: httpx.Response(200, text=body),
            lambda client: client.run_status("fal-ai/flashhead", "a-b-c"),
        )


def test_a_status_whose_log_has_no_end_is_read_without_it() -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        logs = "x" * LARGEST_ANSWER if request.url.params["logs"] == "true" else None
        return httpx.Response(202, json={"status": "IN_PROGRESS", "logs": logs})

    status = with_answers(reply, lambda client: client.run_status("fal-ai/flashhead", "a-b-c"))
    assert (status.state, LogLines().new(status.logs)) == ("rendering", (LOG_TOO_LONG,))


def test_half_a_surrogate_pair_in_a_log_line_can_be_stored() -> None:
    [line] = LogLines().new([{"message": "\ud800 frames"}])
    assert line.encode() == b"? frames"


@pytest.fixture
def stranger(bench: Workbench) -> Iterator[str]:
    """The queue's address at a host that is not fal's, named in every answer."""
    bench.fal.options.foreign_queue = "https://queue.fal.run.example.com"
    yield "example.com"
    bench.fal.options.foreign_queue = ""


def test_addresses_in_an_answer_are_never_asked_with_the_key(
    bench: Workbench, stranger: str
) -> None:
    async def work(renderer: Any) -> None:
        request = bench.request(bench.flashhead())
        request_id = await renderer.submit(request, await renderer.prepare(request))
        await watched(renderer, request, request_id)
        await renderer.cancel(request, request_id)
        await renderer.fetch(request, request_id)

    bench.run(work)
    assert len(bench.fal.visits) > 5
    assert not [visit.url for visit in bench.fal.visits if stranger in visit.url]
