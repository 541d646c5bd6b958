"""Encodes the frames around a join, or all of them where the parts cannot be copied."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import av
from av import Packet, VideoCodecContext, VideoFrame
from av.container import OutputContainer

from talkinghead.core.measures import FRAMES_PER_SECOND
from talkinghead.renders.parts.parameter_sets import encoders_sets, with_lengths
from talkinghead.renders.parts.part_video import AnyPacket

PROFILES = {66: "baseline", 77: "main", 100: "high"}
"""The profiles of H.264 that parts come in, by the number in their `avcC` box."""

_WHOLE = {"preset": "veryfast", "crf": "19"}
# A few frames: their quality is above that of any part. No reordering, so they end where they must.
_TAIL = {"preset": "veryfast", "crf": "16", "tune": "zerolatency", "bf": "0"}
_TIME_BASE = Fraction(1, FRAMES_PER_SECOND)
_THREADS = 2
_BT601, _LIMITED, _BT709 = 6, 1, 1
_UNSPECIFIED = 2
_FULL_RANGE_FORMATS = ("yuvj420p", "yuvj422p", "yuvj444p")


def _take_shape(context: VideoCodecContext, like: VideoCodecContext) -> None:
    """The size and the meaning of colours of another track, so that no player shifts them."""
    context.width, context.height = like.width // 2 * 2, like.height // 2 * 2
    context.pix_fmt = "yuv420p"
    context.framerate, context.time_base = Fraction(FRAMES_PER_SECOND), _TIME_BASE
    context.color_primaries, context.color_trc = like.color_primaries, like.color_trc
    context.colorspace = like.colorspace
    context.color_range = _LIMITED if like.pix_fmt in _FULL_RANGE_FORMATS else like.color_range


class TailEncoder:
    """Encodes a few frames at a time beside copied ones.

    Args:
        like: the decoder of the copied frames.
        profile: of H.264, as they have it.
        number: of the parameter sets, one that theirs do not carry.
    """

    def __init__(self, like: VideoCodecContext, profile: str, number: int) -> None:
        self._like = like
        self._options = {**_TAIL, "profile": profile, "x264-params": f"sps-id={number}"}
        self.sets = encoders_sets(self._opened(headers_apart=True).extradata or b"")

    def encode(self, frames: Iterable[VideoFrame]) -> Iterator[AnyPacket]:
        """One packet for each frame, as an MP4 keeps it; the first can be decoded by itself."""
        context = self._opened()
        for number, frame in enumerate(frames):
            frame.pts, frame.time_base = number, _TIME_BASE
            frame.pict_type = 0  # what kind it was in its own file says nothing here
            yield from map(_stored, context.encode(frame))
        yield from map(_stored, context.encode(None))

    def _opened(self, *, headers_apart: bool = False) -> VideoCodecContext:
        context = av.CodecContext.create("libx264", "w")
        _take_shape(context, self._like)
        context.options = self._options
        context.thread_count = 1  # a new one for each tail: threads would take longer to start
        if headers_apart:
            context.flags |= av.codec.context.Flags.global_header
        context.open()
        return context


class WholeEncoder:
    """Encodes every frame of the video.

    Args:
        file: the video.
        like: the decoder of the first part, whose size and colours the whole takes.
    """

    def __init__(self, file: OutputContainer, like: VideoCodecContext) -> None:
        self._stream = file.add_stream("libx264", FRAMES_PER_SECOND, _WHOLE)
        self._stream.time_base = _TIME_BASE
        _take_shape(self._stream.codec_context, like)
        self._stream.codec_context.thread_count = _THREADS
        self.size = (self._stream.width, self._stream.height)

    def encode(self, frame: VideoFrame | None, number: int) -> list[AnyPacket]:
        """The packets that are ready after this frame; None for the end."""
        if frame is not None:
            frame.pts, frame.time_base = number, _TIME_BASE
            frame.pict_type = 0
        return self._stream.encode(frame)


def _stored(packet: AnyPacket) -> AnyPacket:
    stored: AnyPacket = Packet(with_lengths(bytes(packet)))
    stored.is_keyframe = packet.is_keyframe
    return stored
