"""Decoding the frames of one video and encoding those of another, with the sound copied unchanged.

Encoding runs in a thread of its own; a few pictures wait between the two, whatever the length.
"""

import queue
from collections.abc import Iterable, Iterator
from fractions import Fraction
from threading import Thread
from typing import cast

from av import Packet, VideoCodecContext, VideoFrame
from av.container import InputContainer, OutputContainer
from av.stream import Stream

from talkinghead.av.frames import Picture, colour_system, picture_of
from talkinghead.core.errors import RenderFailed

CANNOT_WRITE = (
    "The video couldn't be saved, most likely because the disk is full. Free up some space and "
    "try again."
)

QUALITY = {"crf": "20", "preset": "veryfast"}
ENCODER_THREADS = 2
_QUEUED_PICTURES = 6


class VideoInput:
    """An opened video: its frames and its sound packets, read in file order."""

    def __init__(self, file: InputContainer) -> None:
        self._file = file
        self.stream = file.streams.video[0]
        self.stream.thread_type = "AUTO"
        self.stream.codec_context.thread_count = ENCODER_THREADS
        self.sound = file.streams.audio[0] if file.streams.audio else None
        first = next(file.decode(self.stream), None)
        if first is None:
            raise RenderFailed("This video is empty. Render it again.")
        self.colours = colour_system(first)
        self.size = (first.width // 2 * 2, first.height // 2 * 2)
        self.first = picture_of(first, 0.0)
        file.seek(0)
        self.start = self.stream.start_time or 0
        self.frames = self.stream.frames
        self.seconds = float((self.stream.duration or 0) * (self.stream.time_base or 0))
        self.waiting: list[Packet[Stream]] = []
        """Sound that was read and is not yet written."""

    def pictures(self) -> Iterator[Picture]:
        """Yield every frame; sound packets between them are queued."""
        base = Fraction(self.stream.time_base or 1)
        streams = [self.stream, self.sound] if self.sound else [self.stream]
        for packet in self._file.demux(streams):
            if packet.stream is self.sound:
                if packet.size:
                    self.waiting.append(packet)
                continue
            for frame in cast("list[VideoFrame]", packet.decode()):
                yield picture_of(frame, float(((frame.pts or 0) - self.start) * base))


class PictureEncoder:
    """Encodes frames and copies the sound packets beside them."""

    def __init__(self, file: OutputContainer, source: VideoInput, size: tuple[int, int]) -> None:
        self._file, self._source = file, source
        rate = source.stream.average_rate or Fraction(25)
        self._stream = file.add_stream("libx264", rate=rate, options=QUALITY)
        self._base = Fraction(source.stream.time_base or 1 / rate)
        context = self._stream.codec_context
        context.width, context.height = size
        context.pix_fmt = "yuv420p"
        context.thread_count = ENCODER_THREADS
        context.time_base = self._base
        _take_colours(context, source)
        self._sound = file.add_stream_from_template(source.sound) if source.sound else None
        self._queue: queue.Queue[Picture | None] = queue.Queue(_QUEUED_PICTURES)
        self._failure: Exception | None = None

    def write(self, pictures: Iterable[Picture]) -> None:
        """Encode all frames and copy the sound."""
        thread = Thread(target=self._run, name="finishing", daemon=True)
        thread.start()
        try:
            for picture in pictures:
                self._queue.put(picture)
                if self._failure is not None:
                    break
        finally:
            self._queue.put(None)
            thread.join()
        if self._failure is not None:
            raise RenderFailed(CANNOT_WRITE) from self._failure

    def _run(self) -> None:
        try:
            while (picture := self._queue.get()) is not None:
                self._encode(picture)
            self._file.mux(self._stream.encode(None))
            self._copy_sound()
        except Exception as error:  # noqa: BLE001 - a thread's outermost loop; raised by write
            self._failure = error
            while self._queue.get() is not None:  # never let the other side wait for ever
                pass

    def _encode(self, picture: Picture) -> None:
        # Not copied here: the encoder takes a copy of its own before it returns.
        frame = VideoFrame.from_numpy_buffer(picture.planes, format="yuv420p")
        frame.pts = round(Fraction(picture.seconds) / self._base)
        frame.time_base = self._base
        self._file.mux(self._stream.encode(frame))
        self._copy_sound()

    def _copy_sound(self) -> None:
        """Copy the sound packets read so far; the muxer interleaves them."""
        while self._source.waiting:
            packet = self._source.waiting.pop(0)
            assert self._sound is not None  # noqa: S101 - without it nothing waits
            packet.stream = self._sound
            self._file.mux(packet)


def _take_colours(context: VideoCodecContext, source: VideoInput) -> None:
    """Copy the colour metadata of the source, so that players show the same colours."""
    like = source.stream.codec_context
    context.color_primaries, context.color_trc = like.color_primaries, like.color_trc
    context.colorspace, context.color_range = like.colorspace, like.color_range
