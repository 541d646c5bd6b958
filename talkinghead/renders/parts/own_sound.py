"""Joins the sound of parts that speak themselves, without the silence after each."""

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from talkinghead.av.sound import read_sound
from talkinghead.core.measures import FRAMES_PER_SECOND
from talkinghead.renders.parts.part_video import PartVideo, read_index

RATE = 48_000
PAUSE_SECONDS = 0.35
"""After the last word of each part."""
_AUDIBLE = 0.01  # of the loudest sample: 40 dB below it
_FADE = np.linspace(0, 1, RATE // 100, dtype=np.float32)  # 10 ms: a part begins without a click


def own_speech(videos: Sequence[Path], out: Path) -> list[PartVideo]:
    """Write the whole speech as WAV; returns how much of each part's pictures belongs to it.

    One part is in memory at a time.

    Args:
        videos: the parts, in order.
        out: where the speech goes.

    Raises:
        RenderFailed: a part is no video.
        InvalidRecording: a part has no sound.
    """
    parts = []
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for video in videos:
            samples = read_sound(video, RATE).samples
            frames = min(read_index(video).frames, _frames_said(samples))
            file.writeframes(_fitted(samples, frames * RATE // FRAMES_PER_SECOND))
            parts.append(PartVideo(video, frames))
    return parts


def _frames_said(samples: NDArray[np.float32]) -> int:
    """Frames until the last word has faded, and the pause after it."""
    heard = np.flatnonzero(np.abs(samples) > _AUDIBLE * np.abs(samples).max())
    seconds = (int(heard[-1]) + 1) / RATE + PAUSE_SECONDS
    return int(np.ceil(seconds * FRAMES_PER_SECOND))


def _fitted(samples: NDArray[np.float32], count: int) -> bytes:
    place = np.zeros(count, np.float32)
    place[: len(samples)] = samples[:count]
    place[: len(_FADE)] *= _FADE
    place[-len(_FADE) :] *= _FADE[::-1]
    return (np.clip(place, -1, 1) * 32767).astype("<i2").tobytes()
