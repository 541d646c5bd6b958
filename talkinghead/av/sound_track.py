"""Encodes a sound file into a video's sound track, in step with the frames being written."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
from av import AudioFrame
from av.container import InputContainer, OutputContainer

from talkinghead.av.sound import CONTAINER_OPTIONS
from talkinghead.core.errors import InvalidRecording

_RATE = 48_000
_BITS = 128_000  # a second


class SoundTrack:
    """The sound track of one video.

    Nothing but a second of sound is in memory at any time.

    Args:
        source: an opened file with sound; see `opened_sound`.
        output: the video, before its first packet.
    """

    def __init__(self, source: InputContainer, output: OutputContainer) -> None:
        self._output = output
        self._frames = _frames(source)
        self._written = 0.0
        self._stream = output.add_stream("aac", rate=_RATE, layout="mono")
        self._stream.bit_rate = _BITS

    def write_until(self, seconds: float) -> None:
        """Encode the sound up to a time in seconds; otherwise the muxer would buffer all frames."""
        while self._written < seconds:
            frame = next(self._frames, None)
            if frame is None:
                return
            self._written += frame.samples / frame.sample_rate
            self._output.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Encode the rest."""
        self.write_until(float("inf"))
        self._output.mux(self._stream.encode(None))


@contextmanager
def opened_sound(path: Path) -> Iterator[InputContainer]:
    """Open a file that has a sound track.

    Raises:
        InvalidRecording: it has none, or cannot be read.
    """
    try:
        with path.open("rb") as file, av.open(file, "r", options=CONTAINER_OPTIONS) as container:
            if not container.streams.audio:
                raise InvalidRecording("This voice-over is empty. Generate it again.")
            yield container
    except (av.FFmpegError, ValueError, OSError) as error:
        raise InvalidRecording(
            "The voice-over can no longer be read. Generate it again."
        ) from error


def _frames(source: InputContainer) -> Iterator[AudioFrame]:
    """Yield the sound without gaps from 0, each frame starting where the one before ends."""
    stream = source.streams.audio[0]
    count = 0
    for frame in source.decode(stream):
        frame.pts = count
        frame.time_base = Fraction(1, frame.sample_rate)
        count += frame.samples
        yield frame
