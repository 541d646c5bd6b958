"""Reading and writing sound files with PyAV.

Inside the studio a sound is always one channel of float32 samples; formats exist only here.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, groupby
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

import av
import av.logging
import numpy as np
from av import AudioFrame, AudioResampler, AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from talkinghead.core.errors import InvalidRecording

# What goes wrong with a file is said to the person, not printed by FFmpeg to the server's console.
# Any level but None calls back into Python: a decoder's thread that reports an error while its file
# is being closed then waits for the interpreter, which waits for that thread, for ever.
av.logging.set_level(None)

LONGEST_SECONDS = 20 * 60
"""The longest recording: four times the longest limit that a model states, and 230 MB of samples at
48 kHz, of which editing holds up to three copies."""
SHORTEST_SECONDS = 0.3
"""Under this there is no syllable to lip-sync."""
HIGHEST_RATE = 48_000
"""Samples a second kept at most; speech has nothing above 24 kHz."""
BELIEVABLE_RATES = range(4_000, 768_001)
"""From worse than a telephone to the best studio. A file that claims another is damaged, and its
few bytes would become minutes of sound or seconds of work."""
SILENCE_PEAK = 0.001
"""A recording that never goes above -60 dBFS holds no speech, only the noise of its microphone."""
DAMAGE_PEAK = 8.0
"""A float sample this far above full scale (+18 dB), or not a number, is damage, not loudness."""

_UNREADABLE = (
    "This file cannot be read as a recording: it is damaged or of another kind. "
    "Save it as mp3, wav or m4a and upload it again."
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


def read_sound(source: bytes | Path, rate: int | None = None) -> Sound:
    """Return the first sound track of any recording or video, as mono.

    Several channels are averaged. A damaged or cut file gives what can still be decoded.

    Args:
        source: the file's bytes, or where it lies.
        rate: samples a second wanted; by default the file's own, at most 48 kHz.

    Raises:
        InvalidRecording: no sound in it, too short, too long, silent, damaged, or no media at all.
    """
    with _opened(source) as file:
        if not file.read(1):
            raise InvalidRecording("The recording is empty. Choose another file or record again.")
        file.seek(0)
        return _checked(_read(file, rate))


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
        raise InvalidRecording(
            "The recording cannot be opened any more. Upload it again."
        ) from error


def _read(file: BinaryIO, rate: int | None) -> Sound:
    try:
        with av.open(file, "r", options=CONTAINER_OPTIONS) as container:
            if not container.streams.audio:
                raise InvalidRecording(
                    "There is no sound in this file. Choose a recording, or a video with sound."
                )
            stream = container.streams.audio[0]
            if stream.codec_context is None:  # of a kind that this FFmpeg cannot decode
                raise InvalidRecording(_UNREADABLE)
            return _decode(container, stream, rate)
    except (av.FFmpegError, ValueError, OSError, MemoryError) as error:
        raise InvalidRecording(_UNREADABLE) from error


def _decode(container: InputContainer, stream: AudioStream, rate: int | None) -> Sound:
    rate = rate or min(max(stream.rate, BELIEVABLE_RATES[0]), HIGHEST_RATE)
    # One growing buffer: a list of chunks joined at the end would need the memory twice.
    buffer = bytearray()
    for samples in _resampled(_frames(container, stream), rate):
        buffer += samples.tobytes()
        if len(buffer) > LONGEST_SECONDS * rate * samples.itemsize:
            raise InvalidRecording(
                f"The recording is longer than {LONGEST_SECONDS // 60} minutes. "
                "Cut it into shorter pieces and upload one of them."
            )
    return Sound(np.frombuffer(buffer, np.float32), rate)


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Yield every frame that can be decoded; damaged packets are skipped, a broken end is cut."""
    with suppress(av.FFmpegError):
        for packet in container.demux(stream):
            with suppress(av.FFmpegError):
                yield from packet.decode()


def _resampled(frames: Iterable[AudioFrame], rate: int) -> Iterator[NDArray[np.float32]]:
    """Resample to mono at one rate, even if the format changes midway; damaged samples become
    silence."""
    for (_, _, source_rate), alike in groupby(frames, key=_form):
        if source_rate not in BELIEVABLE_RATES:
            continue
        # Channels side by side in one plane: PyAV reads beyond memory for more than 8 planes.
        resampler = AudioResampler(format="flt", rate=rate)
        for frame in chain(alike, [None]):
            for part in resampler.resample(frame):
                if part is not None:
                    channels = part.to_ndarray().reshape(-1, part.layout.nb_channels)
                    samples = channels.mean(axis=1, dtype=np.float32)
                    yield np.where(np.abs(samples) < DAMAGE_PEAK, samples, np.float32(0))


def _form(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _checked(sound: Sound) -> Sound:
    """Return the sound scaled to -1..1; raises InvalidRecording if it is too short or silent."""
    if sound.seconds < SHORTEST_SECONDS:
        raise InvalidRecording(
            f"The recording holds only {sound.seconds:.1f} seconds of sound. "
            "Upload or record at least one spoken word."
        )
    if sound.peak < SILENCE_PEAK:
        raise InvalidRecording(
            "The recording is silent from beginning to end. Check the microphone and record again."
        )
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
