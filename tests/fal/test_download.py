"""A video is whole, or it is not there, and it takes no more than its limit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from talkinghead.catalogue import MODELS, InfinitalkInput
from talkinghead.core.errors import InvalidAddress, RenderFailed
from talkinghead.core.web.bounded import TooLarge
from talkinghead.core.web.transport import PublicTransport
from talkinghead.fal.download import DownloadLimit, Downloads, Incomplete, check_whole, file_of
from talkinghead.fal.network import Network
from talkinghead.fal.result_limits import LEAST, MB, MOST, limit_of
from talkinghead.jobs.renderer import RenderRequest
from tests.fal.workbench import Workbench


@pytest.mark.parametrize(
    ("output", "file"),
    [
        ({"video": {"url": "https://a/b.mp4", "file_size": 9}}, ("https://a/b.mp4", 9)),
        ({"video": {"url": "https://a/b.mp4", "file_size": None}}, ("https://a/b.mp4", None)),
        ({"video": "https://a/b.mp4"}, ("https://a/b.mp4", None)),
        ({"video": "b.mp4"}, None),
        ({"video": {"url": None}}, None),
        ({"seed": 1}, None),
        (None, None),
        ([], None),
    ],
)
def test_the_video_is_found_in_any_form_of_output(output: object, file: object) -> None:
    assert file_of(output) == file


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_video_that_was_cut_is_incomplete_wherever_it_was(
    bench: Workbench, tmp_path: Path, share: float
) -> None:
    whole = bench.rendered(bench.flashhead("Some words to speak.")).path.read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Incomplete):
        check_whole(path, None)


def test_a_video_smaller_than_its_announced_size_is_incomplete(bench: Workbench) -> None:
    path = bench.rendered(bench.flashhead()).path
    check_whole(path, path.stat().st_size)
    with pytest.raises(Incomplete):
        check_whole(path, path.stat().st_size + 1)


# Limits -----------------------------------------------------------------------------------------

HERE = "https://v3.fal.media/a.mp4"
Reply = Callable[[httpx.Request], httpx.Response]


class Played(Network):
    """Connections whose answers are made here, behind the rule for addresses."""

    def __init__(self, answer: Reply) -> None:
        super().__init__(None)
        self.asked: list[str] = []
        self._answer = answer

    @property
    def downloads(self) -> httpx.AsyncClient:
        """A client that reaches no network."""
        played = httpx.MockTransport(self._reply)
        public = PublicTransport(played, None, _somewhere, played)
        return httpx.AsyncClient(transport=public, follow_redirects=True, max_redirects=5)

    def _reply(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url.copy_with(host=request.headers["host"])))
        return self._answer(request)


async def _somewhere(host: str) -> list[str]:
    return ["1.1.1.1"]


def fetched(network: Network, path: Path, most: int = 1000, seconds: float = 5.0) -> bytes:
    """What is downloaded there, whatever it is."""
    limit = DownloadLimit(most, seconds)
    asyncio.run(Downloads(network, ()).save(HERE, None, path, limit, lambda *_: None))
    return path.read_bytes()


def streaming(chunk: bytes, pause: float, sent: list[int]) -> Reply:
    """Answers with a body that never ends."""

    async def body() -> AsyncIterator[bytes]:
        while True:
            sent.append(len(chunk))
            yield chunk
            await asyncio.sleep(pause)

    return lambda request: httpx.Response(200, content=body())


def test_a_body_that_never_ends_is_left_at_the_limit(tmp_path: Path) -> None:
    sent: list[int] = []
    with pytest.raises(TooLarge):
        fetched(Played(streaming(b"x" * 10**6, 0, sent)), tmp_path / "a.mp4", most=3 * 10**6)
    assert sum(sent) <= 5 * 10**6
    assert list(tmp_path.iterdir()) == []


def test_a_body_that_drips_is_left_in_time(tmp_path: Path) -> None:
    with pytest.raises(Incomplete):
        fetched(Played(streaming(b"x", 0.01, [])), tmp_path / "a.mp4", seconds=0.2)
    assert list(tmp_path.iterdir()) == []


def test_a_size_that_is_announced_is_believed_before_the_first_byte(tmp_path: Path) -> None:
    headers = {"content-length": "801000000"}
    network = Played(lambda request: httpx.Response(200, headers=headers, content=b""))
    with pytest.raises(TooLarge):
        fetched(network, tmp_path / "a.mp4")


def test_a_compressed_body_is_not_unpacked(tmp_path: Path) -> None:
    headers = {"content-encoding": "gzip"}
    network = Played(lambda request: httpx.Response(200, headers=headers, stream=Packed()))
    assert fetched(network, tmp_path / "a.mp4") == b"packed"


class Packed(httpx.AsyncByteStream):
    """What is no gzip at all."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"packed"


def moved(to: str) -> Reply:
    """Sends every request elsewhere, but those for there."""

    def reply(request: httpx.Request) -> httpx.Response:
        if to and str(request.url.copy_with(host=request.headers["host"])) == to:
            return httpx.Response(200, stream=Packed())
        return httpx.Response(302, headers={"Location": to or HERE})

    return reply


@pytest.mark.parametrize("target", ["http://169.254.169.254/", "https://10.0.0.5/a", "file:///a"])
def test_no_redirect_leads_this_server_to_its_own_network(target: str, tmp_path: Path) -> None:
    network = Played(moved(target))
    with pytest.raises(InvalidAddress):
        fetched(network, tmp_path / "a.mp4")
    assert network.asked == [HERE]


def test_a_redirect_to_another_public_host_is_followed(tmp_path: Path) -> None:
    network = Played(moved("https://bucket.s3.amazonaws.com/a.mp4"))
    assert fetched(network, tmp_path / "a.mp4") == b"packed"


def test_redirects_without_an_end_are_left(tmp_path: Path) -> None:
    network = Played(moved(""))
    with pytest.raises(Incomplete):
        fetched(network, tmp_path / "a.mp4")
    assert len(network.asked) < 10


def limit(bench: Workbench, seconds: int, **inputs: Any) -> DownloadLimit:
    given = InfinitalkInput(image_url="a", audio_url="b", prompt="c", **inputs)
    return limit_of(RenderRequest("1" * 32, "home", given, bench.folder, None, Decimal(seconds)))


def test_the_limit_follows_pixels_and_length(bench: Workbench) -> None:
    short, long = limit(bench, 10), limit(bench, 100)
    assert LEAST < short.bytes < long.bytes < limit(bench, 100, resolution="720p").bytes
    assert limit(bench, 10**6).bytes == MOST
    assert long.seconds > short.seconds


def test_every_model_has_a_limit_that_its_videos_stay_far_below(bench: Workbench) -> None:
    for model in MODELS:
        request = RenderRequest("1" * 32, "home", bench.smallest(model), bench.folder, None)
        assert LEAST <= limit_of(request).bytes <= MOST
    minute = limit(bench, 60, resolution="720p")
    assert 10 * minute.bytes > 4 * (60 * MB // 8 * 8)  # eight megabits a second


def test_a_video_above_its_limit_ends_in_a_sentence_with_the_bill(bench: Workbench) -> None:
    bench.fal.fault("media_endless")
    with pytest.raises(RenderFailed, match=r"larger than 64 MB.*billed \S+ units") as caught:
        bench.rendered(bench.flashhead())
    assert caught.value.charged is True
    assert list(bench.request(bench.flashhead()).folder.iterdir()) == []
