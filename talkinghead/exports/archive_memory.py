"""Bounds the memory of archives that browsers are receiving.

A page keeps a download in memory until it shows another one, and a slow browser receives it from
there. So an archive counts as long as anything holds it.
"""

from collections.abc import Callable, MutableMapping
from threading import Lock
from typing import Self

from talkinghead.core.errors import RenderRefused

LARGEST_ARCHIVE = 200_000_000
"""Bytes: a browser receives it from memory."""
BUSY = "Other downloads are in progress right now. Try again in a minute."


class ArchiveMemory:
    """The memory of all archives of a process.

    Args:
        most: bytes that they may take together.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._sizes: dict[int, int] = {}
        self._building = Lock()

    def build(self, size: int, build: Callable[[], bytes]) -> bytes:
        """Return what is built, one at a time.

        Args:
            size: bytes that it will have, about.
            build: puts it together.

        Raises:
            RenderRefused: there is no room for it now.
        """
        with self._building:
            if sum(list(self._sizes.values())) + size > self._most:
                raise RenderRefused(BUSY)
            return _Archive.counted(build(), self._sizes)


class _Archive(bytes):
    """Bytes that count in `sizes` until they are deleted."""

    _sizes: MutableMapping[int, int]

    @classmethod
    def counted(cls, data: bytes, sizes: MutableMapping[int, int]) -> Self:
        archive = cls(data)
        archive._sizes = sizes
        sizes[id(archive)] = len(archive)
        return archive

    def __del__(self) -> None:
        self._sizes.pop(id(self), None)


ARCHIVES = ArchiveMemory(2 * LARGEST_ARCHIVE)
"""Those of this process: the same one can be downloaded again while the first is still there."""
