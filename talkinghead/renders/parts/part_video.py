"""One rendered part of a longer video: which of its frames are wanted, and how to get at them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from av import Packet, VideoFrame, VideoStream
from av.container import InputContainer
from numpy.typing import NDArray

from talkinghead.av.frames import opened_video
from talkinghead.core.errors import RenderFailed
from talkinghead.core.measures import FRAMES_PER_SECOND

_SEEK_MARGIN = 16  # frames; H.264 never reorders over more
_GRID_TOLERANCE = 0.1  # of a frame, since some containers count in milliseconds

opened_part = partial(opened_video, name="A part of the video", again="Render that part again.")
"""A part as `opened_video` reads it."""

AnyPacket: TypeAlias = "Packet[Any]"  # generic in its stubs only


@dataclass(frozen=True)
class PartVideo:
    """A rendered part.

    Attributes:
        path: the video; its own sound is not used.
        frames: how many of its frames belong to the whole, counted from its first.
    """

    path: Path
    frames: int


@dataclass(frozen=True, eq=False)
class PacketIndex:
    """The facts about a part's frames, read from its file without decoding.

    Attributes:
        order: for each packet, as stored, the number of the frame it shows; shape (n,).
        frames: how many there are, at 25 a second.
        extradata: the decoder's parameters.
        size: width and height in pixels.
        is_regular: H.264 in 4:2:0 at exactly 25 frames a second, from its first frame to its last.
    """

    order: NDArray[np.int64]
    frames: int
    extradata: bytes
    size: tuple[int, int]
    is_regular: bool

    @property
    def delay(self) -> int:
        """By how many frames the pictures are stored out of the order in which they are shown."""
        return int((np.arange(len(self.order)) - self.order).max(initial=0))

    def whole_packets(self, most: int) -> int:
        """Return how many leading packets can be copied so that they show exactly as many frames,
        at most so many, and need no later one."""
        shown = np.maximum.accumulate(self.order[:most]) + 1
        complete = np.flatnonzero(shown == np.arange(1, len(shown) + 1))
        return int(complete[-1]) + 1 if len(complete) else 0


def read_index(path: Path) -> PacketIndex:
    """The index of a part.

    Raises:
        RenderFailed: the file is no video.
    """
    with opened_part(path) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.size]
        context = stream.codec_context
        order = _order(packets, stream)
        rate = stream.average_rate or FRAMES_PER_SECOND
        return PacketIndex(
            order=np.arange(len(packets)) if order is None else order,
            frames=round(len(packets) * FRAMES_PER_SECOND / rate),
            extradata=context.extradata or b"",
            size=(context.width, context.height),
            is_regular=order is not None
            and context.name == "h264"
            and context.pix_fmt == "yuv420p"
            and packets[0].is_keyframe,
        )


def frames_of(path: Path, first: int, last: int) -> Iterator[VideoFrame]:
    """The frames [first, last) of a part at 25 a second; where it ends early, its last one again.

    Raises:
        RenderFailed: the file is no video.
    """
    with opened_part(path) as container:
        stream = container.streams.video[0]
        # One thread: leaving a file while others still decode it can wait for ever (PyAV 18.1).
        stream.codec_context.thread_count = 1
        start = stream.start_time or 0
        if first:
            _seek(container, stream, start, first)
        number, shown = first, None
        for frame in container.decode(stream):
            at = _number(frame, stream, start)
            while shown is not None and number < min(at, last):
                yield shown
                number += 1
            shown = frame
            if number >= last:
                return
        if shown is None:
            raise RenderFailed("A part of the video came back empty. Render that part again.")
        for _ in range(number, last):
            yield shown


def _number(frame: VideoFrame, stream: VideoStream, start: int) -> int:
    """Which frame of the whole grid it is, by its time."""
    seconds = (Fraction(frame.pts or 0) - start) * Fraction(stream.time_base or 0)
    return round(seconds * FRAMES_PER_SECOND)


def _seek(container: InputContainer, stream: VideoStream, start: int, frame: int) -> None:
    """To a frame at or before this one that can be decoded by itself.

    A little earlier than asked: a file is searched by when frames are decoded, which is earlier
    than when they are shown.
    """
    ticks = Fraction(max(frame - _SEEK_MARGIN, 0), FRAMES_PER_SECOND) / Fraction(
        stream.time_base or 1
    )
    container.seek(start + round(ticks), stream=stream, backward=True)


def _order(packets: list[AnyPacket], stream: VideoStream) -> NDArray[np.int64] | None:
    """The number of each packet's frame, or None where they do not come 25 times a second."""
    times = [packet.pts for packet in packets]
    if not times or None in times or any(packet.is_discard for packet in packets):
        return None
    ticks = np.array(times, np.int64)
    step = 1 / (FRAMES_PER_SECOND * Fraction(stream.time_base or 1))
    exact = (ticks - ticks.min()) / float(step)
    order = np.round(exact).astype(np.int64)
    on_grid = np.abs(exact - order).max() < _GRID_TOLERANCE
    return order if on_grid and np.array_equal(np.sort(order), np.arange(len(order))) else None
