"""Reading and writing sound files with PyAV.

Inside the studio a sound is always one channel of float32 samples; formats exist only here.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

import av
import av.logging
import numpy as np
from av import AudioFrame, AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from talkinghead.av.decoding.channels import (
    BELIEVABLE_RATES,
    ChannelPowers,
    decoded_channels,
    one_channel,
    without_offset,
)
from talkinghead.av.decoding.ogg_links import ogg_links
from talkinghead.av.measured import SHORTEST_SECONDS
from talkinghead.core.errors import InvalidRecording

# What goes wrong with a file is said to the person, not printed by FFmpeg to the server's console.
# Any level but None calls back into Python: a decoder's thread that reports an error while its file
# is being closed then waits for the interpreter, which waits for that thread, for ever.
av.logging.set_level(None)

LONGEST_SECONDS = 20 * 60
"""The longest recording: four times the longest limit that a model states, and 230 MB of samples at
48 kHz, of which editing holds up to three copies."""
HIGHEST_RATE = 48_000
"""Samples a second kept at most; speech has nothing above 24 kHz."""
SILENCE_PEAK = 0.001
"""A recording that never goes above -60 dBFS holds no speech, only the noise of its microphone."""
QUIET_TRACK_PEAK = 0.01
"""Of several tracks one that never goes above -40 dBFS is not the speech, if another does."""

_UNREADABLE = (
    "This file can't be read as a recording. It may be damaged or another type of file. Save it "
    "as MP3, WAV or M4A and upload it again."
)
# What may be opened. FFmpeg also reads playlists, which name other files and addresses to fetch.
_CONTAINERS = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,eac3,flac,flv,matroska,webm,mov,mp4,m4a,3gp,mp3,mpeg,"
    "mpegts,ogg,w64,wav,wv"
)
CONTAINER_OPTIONS = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "none"}
# suffix -> (container, codec)
_WRITTEN = {
    ".wav": ("wav", "pcm_s16le"),
    ".m4a": ("ipod", "aac"),
    ".mp3": ("mp3", "libmp3lame"),
    ".flac": ("flac", "flac"),
}


@dataclass(frozen=True, eq=False)
class Sound:
    """Mono sound.

    Attributes:
        samples: float32 in -1..1, shape (n,).
        rate: samples a second.
    """

    samples: NDArray[np.float32]
    rate: int

    @property
    def seconds(self) -> float:
        """The length in seconds."""
        return len(self.samples) / self.rate

    @property
    def peak(self) -> float:
        """The largest absolute sample value."""
        return float(max(self.samples.max(), -self.samples.min())) if len(self.samples) else 0.0


def read_sound(
    source: bytes | Path, rate: int | None = None, *, keep_offset: bool = False
) -> Sound:
    """Return the sound of any recording or video, as mono.

    Of several tracks it is the first with sound in it; several channels are averaged, unless they
    would cancel each other. A damaged or cut file gives what can still be decoded.

    Args:
        source: the file's bytes, or where it lies.
        rate: samples a second wanted; by default the file's own, at most 48 kHz.
        keep_offset: leave a DC offset in. What is removed depends on the whole file, so that a
            piece cut out of it would change with another piece.

    Raises:
        InvalidRecording: no sound in it, too short, too long, silent, damaged, or no media at all.
    """
    with _opened(source) as file:
        if not file.read(1):
            raise InvalidRecording("The recording is empty. Choose another file or record again.")
        file.seek(0)
        sound = _read(file, rate)
        return _checked(sound if keep_offset else Sound(without_offset(sound.samples), sound.rate))


def write_sound(sound: Sound, path: Path) -> None:
    """Write .wav (16 bit), .m4a (AAC), .mp3 or .flac, by suffix; the file appears only when
    complete."""
    unfinished = path.with_name(f".{uuid4().hex}{path.suffix}")
    try:
        with unfinished.open("wb") as file:
            _encode(sound, file, path.suffix)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def sound_bytes(sound: Sound, suffix: str = ".wav") -> bytes:
    """Return the file that `write_sound` would write, as bytes."""
    file = io.BytesIO()
    _encode(sound, file, suffix)
    return file.getvalue()


def _opened(source: bytes | Path) -> BinaryIO:
    # Always a file object, never a name: a name could be an address for FFmpeg to fetch.
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return source.open("rb")
    except OSError as error:
        raise InvalidRecording("The recording can no longer be opened. Upload it again.") from error


class _Undecodable(InvalidRecording):
    """Nothing in the file can be decoded."""


def _read(file: BinaryIO, rate: int | None) -> Sound:
    links = list(ogg_links(file))
    if len(links) == 1:
        return _read_link(links[0], rate)
    rate = rate or HIGHEST_RATE
    parts = []
    for link in links:
        with suppress(_Undecodable):  # a broken end of the chain
            parts.append(_read_link(link, rate).samples)
    if not parts:
        raise _Undecodable(_UNREADABLE)
    _check_length(sum(map(len, parts)), rate)
    return Sound(np.concatenate(parts), rate)


def _read_link(file: BinaryIO, rate: int | None) -> Sound:
    """Return the first track, or the loudest where the first has next to no sound: a screen
    recorder writes the computer's sound to one and the microphone to another."""
    with _track(file) as (container, _):
        tracks = len(container.streams.audio)
    best = _one_track(file, 0, rate)
    for number in range(1, tracks) if best.peak < QUIET_TRACK_PEAK else ():
        other = _one_track(file, number, rate)
        if other.peak > best.peak:
            best = other
    return best


def _one_track(file: BinaryIO, number: int, rate: int | None) -> Sound:
    powers = ChannelPowers()
    sound = _mixed(file, number, rate, powers)
    if powers.only is not None:
        sound = _mixed(file, number, rate, powers, powers.only)
    return sound


def _mixed(
    file: BinaryIO, number: int, rate: int | None, powers: ChannelPowers, only: int | None = None
) -> Sound:
    """Decode a track as one channel: the mean of all, or one of them."""
    # One growing buffer: a list of chunks joined at the end would need the memory twice.
    buffer = bytearray()
    with _track(file, number) as (container, stream):
        rate = rate or min(max(stream.rate, BELIEVABLE_RATES[0]), HIGHEST_RATE)
        for channels in decoded_channels(container, stream, rate):
            samples = one_channel(channels, only)
            powers.add(channels, samples)
            buffer += samples.tobytes()
            _check_length(len(buffer) // samples.itemsize, rate)
    return Sound(np.frombuffer(buffer, np.float32), rate)


@contextmanager
def _track(file: BinaryIO, number: int = 0) -> Iterator[tuple[InputContainer, AudioStream]]:
    """Open a file at one of its sound tracks."""
    file.seek(0)
    try:
        with av.open(file, "r", options=CONTAINER_OPTIONS) as container:
            if not container.streams.audio:
                raise InvalidRecording(
                    "This file has no audio. Choose a recording or a video with sound."
                )
            stream = container.streams.audio[number]
            if stream.codec_context is None:  # of a kind that this FFmpeg cannot decode
                raise _Undecodable(_UNREADABLE)
            yield container, stream
    except (av.FFmpegError, ValueError, OSError, MemoryError) as error:
        raise _Undecodable(_UNREADABLE) from error


def _check_length(samples: int, rate: int) -> None:
    if samples > LONGEST_SECONDS * rate:
        raise InvalidRecording(
            f"The recording is longer than {LONGEST_SECONDS // 60} minutes. Split it and upload "
            "one part."
        )


def _checked(sound: Sound) -> Sound:
    """Return the sound scaled to -1..1; raises InvalidRecording if it is too short or silent."""
    if sound.seconds < SHORTEST_SECONDS:
        raise InvalidRecording(
            f"The recording is only {sound.seconds:.1f} seconds long. "
            "Upload or record at least one spoken word."
        )
    if sound.peak < SILENCE_PEAK:
        raise InvalidRecording("The recording is silent. Check your microphone and record again.")
    if sound.peak > 1:
        np.divide(sound.samples, np.float32(sound.peak), out=sound.samples)
    return sound


def _encode(sound: Sound, file: BinaryIO, suffix: str) -> None:
    container_name, codec = _WRITTEN[suffix.lower()]
    with av.open(file, "w", format=container_name) as container:
        rate = _written_rate(codec, sound.rate)
        stream = cast(AudioStream, container.add_stream(codec, rate=rate, layout="mono"))
        for frame in chain(as_frames(sound), [None]):
            container.mux(stream.encode(frame))


def _written_rate(codec: str, rate: int) -> int:
    """Return the next sample rate that the codec supports; the encoder resamples to it."""
    known = sorted(av.Codec(codec, "w").audio_rates or [rate])
    return next((each for each in known if each >= rate), known[-1])


def as_frames(sound: Sound) -> Iterator[AudioFrame]:
    """Yield the sound as frames of one second, for encoders and filters."""
    for start in range(0, len(sound.samples), sound.rate):
        second = sound.samples[np.newaxis, start : start + sound.rate]
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(second), format="fltp", layout="mono")
        frame.sample_rate = sound.rate
        frame.pts = start
        frame.time_base = Fraction(1, sound.rate)
        yield frame
