"""Downloads finished files: without the API key, complete or not at all, and within limits."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from talkinghead.core.errors import InvalidAddress, RenderFailed, StorageFailed
from talkinghead.core.web.bounded import write_body
from talkinghead.core.workers.decoding import decoding_turn
from talkinghead.fal.network import Network
from talkinghead.fal.transport import NETWORK_ERRORS

LARGEST_FILE = 10**12  # bytes; a larger size is not believed
PAUSES = (0.3, 1.0, 2.0, 4.0, 5.0)
"""Seconds between the attempts."""


class Gone(Exception):
    """The file does not exist at this URL any more."""


class Incomplete(Exception):
    """The downloaded file is incomplete."""


@dataclass(frozen=True)
class DownloadLimit:
    """What one file may take.

    Attributes:
        bytes: its size.
        seconds: the time for all attempts together.
    """

    bytes: int
    seconds: float


def file_of(output: Any, name: str = "video") -> tuple[str, int | None] | None:
    """Return URL and size (or None) of the file of this name in a model's output, or None.

    A file is an object with an address, or the bare address.
    """
    file = output.get(name) if isinstance(output, dict) else None
    if isinstance(file, str):
        file = {"url": file}
    url = file.get("url") if isinstance(file, dict) else None
    if not isinstance(file, dict) or not isinstance(url, str) or not _is_web_address(url):
        return None
    size = file.get("file_size")
    return url, size if isinstance(size, int) and 0 < size < LARGEST_FILE else None


def _is_web_address(url: str) -> bool:
    if not url.startswith(("https://", "http://")):
        return False
    try:
        urlsplit(url)  # stricter about brackets, and used elsewhere
        return bool(httpx.URL(url).host)
    except (httpx.InvalidURL, ValueError):
        return False


class Downloads:
    """Downloads videos and sounds.

    Args:
        network: the connections.
        pauses: seconds between the attempts; one attempt more than pauses.
    """

    def __init__(self, network: Network, pauses: tuple[float, ...] = PAUSES) -> None:
        self._network = network
        self._pauses = pauses

    async def save(
        self,
        url: str,
        size: int | None,
        path: Path,
        limit: DownloadLimit,
        check: "Check | None" = None,
    ) -> None:
        """Download the file to `path`, which appears only when it is complete and playable.

        Args:
            url, size: of the file.
            path: where it goes.
            limit: what it may take.
            check: raises Incomplete where it is not whole; `check_whole` by default.

        Raises:
            Gone: every attempt was answered by 403, 404 or 410.
            Incomplete: no attempt brought a file that plays, or not in time.
            TooLarge: it is larger than the limit.
            InvalidAddress: it is, or was moved to, where nothing may be fetched from.
            StorageFailed: it cannot be written here.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            async with asyncio.timeout(limit.seconds):
                await self._saved(url, size, path, limit.bytes, check or check_whole)
        except TimeoutError as error:
            raise Incomplete from error

    async def _saved(
        self, url: str, size: int | None, path: Path, most: int, check: "Check"
    ) -> None:
        gone = True
        for attempt, pause in enumerate((*self._pauses, None)):
            partial = path.with_name(f"{path.name}.{uuid4().hex}.part")
            try:
                await self._fetch(url, attempt, partial, most)
                await asyncio.to_thread(check, partial, size)
                partial.replace(path)
                return
            except Gone:
                pass
            except (*NETWORK_ERRORS, Incomplete):
                gone = False
            except TimeoutError:  # an OSError, too
                raise
            except OSError as error:
                raise StorageFailed(
                    "The studio's disk is full, so the finished file couldn't be saved. Free up "
                    "some space, then download it again. You won't be charged twice."
                ) from error
            finally:
                partial.unlink(missing_ok=True)
            if pause is not None:
                await asyncio.sleep(pause)
        raise Gone if gone else Incomplete

    def allows(self, url: str) -> bool:
        """Whether a file may be fetched from there, as far as its address shows."""
        try:
            self._network.check_public(url)
        except InvalidAddress:
            return False
        return True

    async def is_gone(self, url: str) -> bool:
        """Whether the answer says that the file does not exist; False if undecidable."""
        address, headers = self._way(url, 0)
        try:
            async with asyncio.timeout(3):
                answer = await self._network.downloads.head(address, headers=headers)
        except (*NETWORK_ERRORS, InvalidAddress, TimeoutError):
            return False
        return answer.status_code in (404, 410)

    async def _fetch(self, url: str, attempt: int, partial: Path, most: int) -> None:
        address, headers = self._way(url, attempt)
        async with self._network.downloads.stream("GET", address, headers=headers) as answer:
            if answer.status_code in (403, 404, 410):
                raise Gone
            if answer.status_code != 200:
                raise Incomplete
            with partial.open("wb") as file:
                await write_body(answer, file, most)

    def _way(self, url: str, attempt: int) -> tuple[str, dict[str, str]]:
        """Direct to the host; with a proxy set, files at fal alternate between the proxy and
        direct."""
        proxy = self._network.proxy_url
        host = urlsplit(url).hostname or ""
        if proxy and attempt % 2 == 0 and host.endswith(".fal.media"):
            return proxy, {"x-fal-target-url": url}
        return url, {}


Check = Callable[[Path, int | None], None]


def check_whole(path: Path, size: int | None) -> None:
    """Demux the whole file, and decode its first and last frames, in a worker process.

    Raises:
        Incomplete: bytes or frames are missing, or it is no video at all.
    """
    _check("video.check", path, size)


def check_sound(path: Path, size: int | None) -> None:
    """Demux a sound to its end, in a worker process.

    Raises:
        Incomplete: bytes are missing, or it is no sound at all.
    """
    _check("sound.check", path, size)


def _check(task: str, path: Path, size: int | None) -> None:
    if size is not None and path.stat().st_size < size:
        raise Incomplete
    try:
        with decoding_turn() as turn:
            turn.run(task, file=path.absolute())
    except RenderFailed as error:
        raise Incomplete from error
