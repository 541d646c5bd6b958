"""Sound in and out of the server: what a recording holds, and what a text sounds like."""

import functools
import hashlib
import io
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

RATE = 44100
CHARACTERS_PER_SECOND = 15
PERIOD = 0.25  # seconds from one tone of the spoken text to the next


@dataclass(frozen=True, eq=False)
class Sound:
    """Mono samples in -1..1 at `RATE`."""

    samples: NDArray[np.float32]
    digest: str
    received: float | None = None
    """Seconds of the file at its own rate, where it came as one."""

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / RATE if self.received is None else self.received


@functools.lru_cache(maxsize=16)
def decode(data: bytes) -> Sound:
    """The sound of any container with sound in it; ValueError when there is none."""
    try:
        with av.open(io.BytesIO(data), "r") as container:
            resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
            chunks, received = [], 0.0
            for frame in container.decode(container.streams.audio[0]):
                received += frame.samples / frame.sample_rate
                chunks += [part.to_ndarray()[0] for part in resampler.resample(frame)]
            chunks += [part.to_ndarray()[0] for part in resampler.resample(None)]
    except (av.error.FFmpegError, IndexError) as problem:
        raise ValueError("no sound can be read from this") from problem
    if not chunks:
        raise ValueError("there is no sound in this")
    samples = np.concatenate(chunks).astype(np.float32)
    return Sound(samples, hashlib.sha256(data).hexdigest(), round(received, 9))


def spoken_seconds(text: str, speed: float = 1.0) -> float:
    """How long a text takes to say, at least one second."""
    return max(1.0, len(text.strip()) / CHARACTERS_PER_SECOND / speed)


@functools.lru_cache(maxsize=16)
def speak(text: str, speed: float = 1.0) -> Sound:
    """A tone for every quarter of a second of speech, and a click on every whole second."""
    digest = hashlib.sha256(f"{speed} {text}".encode()).hexdigest()
    count = round(spoken_seconds(text, speed) * RATE)
    time = np.arange(count, dtype=np.float32) / RATE
    steps = np.frombuffer(bytes.fromhex(digest), dtype=np.uint8)
    pitches = 140 + steps[(time / PERIOD).astype(int) % len(steps)]
    tones = 0.25 * np.sin(2 * np.pi * pitches * time) * (time % PERIOD < 0.8 * PERIOD)
    tones[time % 1 < 0.004] = 0.95
    return Sound(tones.astype(np.float32), digest)


@functools.lru_cache(maxsize=32)
def _encoded(sound: Sound, container_format: str, codec: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=RATE)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        encode_sound(container, stream, sound.samples)
    return out.getvalue()


def encode(sound: Sound, suffix: str) -> bytes:
    """The sound as a file: "mp3", "flac" or "wav"."""
    codec = {"mp3": "libmp3lame", "wav": "pcm_s16le", "flac": "flac"}[suffix]
    return _encoded(sound, suffix, codec)


def encode_sound(
    container: av.container.OutputContainer,
    stream: av.AudioStream,
    samples: NDArray[np.float32],
) -> None:
    """Write mono samples into a stream, a second at a time."""
    for start in range(0, len(samples), RATE):
        part = np.ascontiguousarray(samples[None, start : start + RATE])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.rate = RATE
        frame.pts = start
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
