"""Answers of fal's that cannot be meant: amounts, addresses and states."""

import asyncio
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from talkinghead.core.errors import RenderFailed
from talkinghead.fal.client import read_status
from talkinghead.fal.download import Downloads, Gone, Incomplete, file_of
from talkinghead.fal.network import Network
from talkinghead.fal.transport import Answer, BilledUnits
from talkinghead.fal.watch import LogLines
from tests.fal.workbench import Workbench, watched

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
    ],
)
def test_no_answer_leads_this_server_to_its_own_network(url: str) -> None:
    assert not Downloads(Network(None)).allows(url)
    assert not Downloads(Network("https://proxy.example.com")).allows(url)
    assert Downloads(Network("http://127.0.0.1:9000")).allows(url)


@pytest.mark.parametrize("url", ["https://v3.fal.media/a.mp4", "https://bucket.s3.amazonaws.com/a"])
def test_a_file_may_be_on_any_public_host(url: str) -> None:
    assert Downloads(Network(None)).allows(url)


class Redirecting(Network):
    """Connections on which every host but one sends the way to that one."""

    def __init__(self, target: str) -> None:
        super().__init__(None)
        self.asked: list[str] = []
        self._target = target

    @property
    def downloads(self) -> httpx.AsyncClient:
        """A client whose answers are made here."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answer), follow_redirects=True)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if str(request.url) == self._target:
            return httpx.Response(200, content=b"a file")
        return httpx.Response(302, headers={"Location": self._target})


def fetched(network: Network, path: Path) -> bytes:
    """What is downloaded there."""
    save = Downloads(network, ()).save("https://v3.fal.media/a.mp4", None, path, lambda *_: None)
    asyncio.run(save)
    return path.read_bytes()


@pytest.mark.parametrize("target", ["http://169.254.169.254/", "http://10.0.0.5/a", "file:///a"])
def test_no_redirect_leads_this_server_to_its_own_network(target: str, tmp_path: Path) -> None:
    network = Redirecting(target)
    with pytest.raises((Gone, Incomplete)):
        fetched(network, tmp_path / "a.mp4")
    assert network.asked == ["https://v3.fal.media/a.mp4"]


def test_a_redirect_to_another_public_host_is_followed(tmp_path: Path) -> None:
    network = Redirecting("https://bucket.s3.amazonaws.com/a.mp4")
    assert fetched(network, tmp_path / "a.mp4") == b"a file"


def test_redirects_without_an_end_are_left(tmp_path: Path) -> None:
    network = Redirecting("")
    with pytest.raises(Incomplete):
        fetched(network, tmp_path / "a.mp4")
    assert len(network.asked) < 10


@pytest.mark.parametrize("url", ["http://[bad", "gopher://example.com/a.mp4", "https://"])
def test_a_render_whose_file_has_no_address_ends_in_a_sentence(bench: Workbench, url: str) -> None:
    bench.fal.options.result_address = url
    with pytest.raises(RenderFailed, match="names no video") as caught:
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
