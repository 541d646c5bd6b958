"""Blinks and head movement: pseudo-random from a seed, driven by the loudness of the speech."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from talkinghead.av.sound import Sound
from talkinghead.draft.head_warp import HeadPose

Curve = npt.NDArray[np.float32]

_BLINK = np.array([0.35, 0.9, 1.0, 0.75, 0.4, 0.15], np.float32)  # at 25 frames a second
_BETWEEN_BLINKS = (2.2, 5.0)  # seconds
_FIRST_BLINK = (0.8, 2.0)
_BREATHS = 0.25  # a second


def blinks(frames: int, fps: int, seed: int) -> Curve:
    """Return how far the eyes are closed on each frame, 0..1."""
    random = np.random.default_rng([seed, 1])
    curve = np.zeros(frames, np.float32)
    length = max(round(len(_BLINK) * fps / 25), 3)
    shape = np.interp(np.linspace(0, len(_BLINK) - 1, length), range(len(_BLINK)), _BLINK)
    at = random.uniform(*_FIRST_BLINK)
    while (start := round(at * fps)) < frames:
        part = curve[start : start + length]
        np.maximum(part, shape[: len(part)], out=part)
        at += random.uniform(*_BETWEEN_BLINKS)
    return curve


def loudness(sound: Sound, frames: int, fps: int) -> Curve:
    """Return the loudness of the speech on each frame, 0..1."""
    edges = (np.arange(frames + 1) * sound.rate / fps).astype(int)
    squares = np.concatenate([[0.0], np.cumsum(np.square(sound.samples, dtype=np.float64))])
    edges = np.minimum(edges, len(sound.samples))
    level = np.sqrt(np.diff(squares[edges]) / np.maximum(np.diff(edges), 1))
    loudest = max(float(np.percentile(level, 95)), 1e-6)
    return np.asarray(np.clip(level / loudest, 0, 1), np.float32)


def head_poses(level: Curve, fps: int, eye_distance: float, seed: int) -> Iterator[HeadPose]:
    """Yield the head pose of each frame: a slow sway, nods with stressed speech, and breathing.

    Args:
        level: loudness by frame, 0..1.
        fps: frames a second.
        eye_distance: pixels, the measure of the face.
        seed: the same seed gives the same movements.
    """
    random = np.random.default_rng([seed, 2])
    time = np.arange(len(level)) / fps
    phases = iter(random.uniform(0, 2 * np.pi, 16))
    speed = random.uniform(0.9, 1.1)

    def wave(hertz: float) -> npt.NDArray[np.float64]:
        return np.asarray(np.sin(2 * np.pi * hertz * speed * time + next(phases)))

    stress = _smooth(level, round(0.52 * fps))
    surprise = np.clip(stress - _smooth(level, round(2 * fps)) - 0.05, 0, 0.3) / 0.3
    curves = {
        "roll": np.deg2rad(0.9 * wave(0.17) + 0.5 * wave(0.41)),
        "right": eye_distance * (0.030 * wave(0.13) + 0.015 * wave(0.37)),
        "down": eye_distance * (0.020 * wave(0.23) + 0.024 * stress),
        "yaw": 0.055 * wave(0.11) + 0.025 * wave(0.33),
        "pitch": 0.03 * wave(0.19) + 0.05 * (stress - 0.3),
        "nearer": 1 + 0.006 * wave(0.22),
        "breath": eye_distance * 0.012 * (1 + wave(_BREATHS)),
        "brows": eye_distance * 0.035 * _smooth(surprise, round(0.3 * fps)),
    }
    for frame in range(len(level)):
        yield HeadPose(**{name: float(curve[frame]) for name, curve in curves.items()})


def _smooth(curve: npt.NDArray[np.floating], frames: int) -> npt.NDArray[np.float64]:
    window = np.hanning(max(frames, 1) + 2)[1:-1]
    half = len(window) // 2
    padded = np.pad(curve, (half, len(window) - 1 - half), "edge")
    return np.convolve(padded, window / window.sum(), "valid")
