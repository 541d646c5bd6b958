"""Reads the bodies of answers up to a limit, and not a chunk further."""

from typing import BinaryIO

import httpx

CHUNK = 256 * 1024  # bytes


class TooLarge(Exception):
    """The body is larger than its limit; nothing more was read.

    Args:
        most: the limit in bytes.
    """

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most:,} bytes")
        self.most = most


async def read_body(response: httpx.Response, most: int) -> bytes:
    """Return the decoded body.

    Raises:
        TooLarge: it has more than `most` bytes.
    """
    parts, total = [], 0
    async for part in response.aiter_bytes(CHUNK):
        total += len(part)
        if total > most:
            raise TooLarge(most)
        parts.append(part)
    return b"".join(parts)


async def write_body(response: httpx.Response, file: BinaryIO, most: int) -> None:
    """Write the body to a file as it was sent: a compressed one would have no size to go by.

    Raises:
        TooLarge: it has more than `most` bytes, or announces so.
    """
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > most:
        raise TooLarge(most)
    total = 0
    async for part in response.aiter_raw(CHUNK):
        total += len(part)
        if total > most:
            raise TooLarge(most)
        file.write(part)
