"""Mouth shapes from the sound alone: for singing, music, and other sound without recognisable
phones.

An open mouth raises the first formant, spread lips raise the second, a fricative has its energy
above 4 kHz. The result is written as the phonemes whose mouths look like it, not as what was said.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from talkinghead.speech.alignment.recogniser import RATE, Heard
from talkinghead.speech.local_voice.phonemes import PAUSE

STEP = 0.05
"""Seconds of one mouth shape: faster than that no mouth moves."""

_HOP = 160
_WINDOW = 512
_FLOOR_DECIBELS = 32.0  # under the loud parts; below it the mouth is shut

# A phoneme for each look: how open, and how wide (-1 rounded to 1 spread).
_SHAPES = {
    "ɑ": (1.0, 0.1), "ɔ": (0.75, -0.45), "ʌ": (0.65, 0.1), "ɛ": (0.6, 0.4), "ə": (0.42, 0.0),
    "ɪ": (0.36, 0.55), "ʊ": (0.34, -0.8), "d": (0.18, 0.1), "w": (0.15, -0.8), PAUSE: (0.0, 0.0),
}  # fmt: skip


class MouthFeatures(NamedTuple):
    """Mouth features per STEP; arrays of one length."""

    opening: NDArray[np.float64]
    width: NDArray[np.float64]
    hissing: NDArray[np.float64]


def loudness(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the level in dB of each 10 ms; `samples` at RATE."""
    count = len(samples) // _HOP
    blocks = samples[: count * _HOP].reshape(count, _HOP)
    # Sums without a copy: half an hour of squares would be as large as the sound itself.
    return np.asarray(
        10 * np.log10(np.einsum("ij,ij->i", blocks, blocks) / _HOP + 1e-10), np.float64
    )


def loud_level(samples: NDArray[np.float32]) -> float:
    """Return the level in dB of the loud parts of a recording, the reference for all others."""
    levels = loudness(samples)
    return float(np.percentile(levels, 95)) if len(levels) else -100.0


def mouth_shapes(samples: NDArray[np.float32], loud: float) -> list[Heard]:
    """Return phonemes that look like the sound, without gaps.

    Args:
        samples: float32 at RATE, up to a minute.
        loud: of `loud_level` for the whole recording.
    """
    looks = _features(samples, loud)
    heard: list[Heard] = []
    for index, (opening, width, hissing) in enumerate(zip(*looks, strict=True)):
        start, end = index * STEP, (index + 1) * STEP
        symbol = "s" if hissing > 0.6 and opening > 0.05 else _nearest(opening, width)
        if heard and heard[-1].name == symbol:
            heard[-1] = Heard(symbol, heard[-1].start, end)
        else:
            heard.append(Heard(symbol, start, end))
    return heard


def _nearest(opening: float, width: float) -> str:
    # The opening is seen more than the width.
    return min(
        _SHAPES,
        key=lambda name: (_SHAPES[name][0] - opening) ** 2 + 0.15 * (_SHAPES[name][1] - width) ** 2,
    )


def _features(samples: NDArray[np.float32], loud: float) -> MouthFeatures:
    count = max(len(samples) // _HOP, 1)
    padded = np.pad(samples, (_WINDOW // 2, _WINDOW + _HOP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][:count]
    power = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW).astype(np.float32), axis=1)) ** 2
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / RATE)

    def band(low: int, high: int) -> NDArray[np.float64]:
        chosen = (frequencies >= low) & (frequencies < high)
        return np.asarray(power[:, chosen].sum(axis=1) + 1e-9)

    voice, first, middle = band(150, 450), band(450, 1100), band(1100, 1800)
    second, hiss = band(1800, 3200), band(3800, 7900)
    levels = loudness(np.pad(samples, (0, max(_HOP - len(samples), 0))))
    envelope = np.clip((levels - (loud - _FLOOR_DECIBELS)) / _FLOOR_DECIBELS, 0, 1)[:count]
    hissing = np.clip(1.6 * hiss / (voice + first + middle + second + hiss), 0, 1)
    raised = np.clip((first + 0.35 * middle) / (voice + first + middle), 0, 1)
    opening = np.clip(envelope**1.5 * (0.3 + 0.95 * raised) * (1 - 0.75 * hissing), 0, 1)
    width = np.clip(0.35 * np.log(second / (0.35 * first + 0.08 * voice)), -1, 1) * envelope
    return MouthFeatures(*(_by_step(values) for values in (opening, width, hissing)))


def _by_step(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean over each STEP."""
    size = round(STEP * RATE / _HOP)
    count = -(-len(values) // size)
    padded = np.pad(values, (0, count * size - len(values)), "edge")
    return np.asarray(padded.reshape(count, size).mean(axis=1))
