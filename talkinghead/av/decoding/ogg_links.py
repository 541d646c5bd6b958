"""Splits a chained Ogg file, such as a radio stream's recording, into the files it was joined from.

FFmpeg reads the first and stops where the next has another rate or number of channels.
Source: RFC 3533, sections 4 and 6 (chaining, and the header of a page).
"""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

_CAPTURE = b"OggS"
_HEADER = struct.Struct("<4sBBqIIIB")  # …, flags, granule, serial, number, checksum, segments
_BEGINS = 0x02
"""The flag of a page that begins a stream; all streams of one link begin before their data."""
_MOST_LINKS = 1000


def ogg_links(file: BinaryIO) -> Iterator[BinaryIO]:
    """Yield each file of a chain, in order; the file itself where it is none or no Ogg at all."""
    starts = _link_starts(file)
    file.seek(0)
    if len(starts) < 2:
        yield file
        return
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        file.seek(start)
        yield io.BytesIO(file.read() if end is None else file.read(end - start))


def _link_starts(file: BinaryIO) -> list[int]:
    """Return where each link begins, in bytes; stops at damage, which FFmpeg knows how to skip."""
    starts: list[int] = []
    at, in_head = 0, False
    while len(starts) < _MOST_LINKS:
        file.seek(at)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(_CAPTURE):
            break
        flags, segments = header[5], header[-1]
        begins = bool(flags & _BEGINS)
        if begins and not in_head:
            starts.append(at)
        in_head = begins
        at += _HEADER.size + segments + sum(file.read(segments))
    return starts
