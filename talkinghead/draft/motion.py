"""Blinks, glances, smiles and head movement: pseudo-random from a seed, driven by the loudness of
the speech."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talkinghead.av.sound import Sound
from talkinghead.draft.head_warp import HeadPose

Curve = npt.NDArray[np.float32]

_BLINK = np.array([0.35, 0.9, 1.0, 0.75, 0.4, 0.15], np.float32)  # at 25 frames a second
_BETWEEN_BLINKS = (2.2, 5.0)  # seconds
_FIRST_BLINK = (0.8, 2.0)
_BREATHS = 0.25  # a second
_HEAD = {"calm": 0.55, "natural": 1.0, "lively": 1.5}  # of the usual movement
_MOUTH = {"calm": 0.88, "natural": 1.0, "lively": 1.12}  # of the usual opening
_BETWEEN_GLANCES = (2.4, 5.5)  # seconds
_GLANCE = (0.35, 0.9)
_SACCADE = 0.05  # seconds that the eyes take to get there
_ASIDE, _UP_OR_DOWN = (0.025, 0.05), 0.015  # of the eye distance; a glance, and its height
_SMILE = 0.022  # of the eye distance that a stress lifts the corners of the mouth


@dataclass(frozen=True)
class Expression:
    """How the face behaves.

    Attributes:
        seed: the same seed gives the same movements.
        liveliness: "calm", "natural" or "lively": how much the head moves, how far the mouth opens.
        gaze: "natural", with a glance aside now and then, or "at the camera".
        blinks: whether they blink.
    """

    seed: int = 0
    liveliness: str = "natural"
    gaze: str = "natural"
    blinks: bool = True

    @property
    def mouth_opening(self) -> float:
        """The share of the usual opening of the mouth."""
        return _MOUTH[self.liveliness]


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


def glances(frames: int, fps: int, seed: int) -> tuple[Curve, Curve]:
    """Return where the eyes look on each frame, right and down of where the photo looks; fractions
    of the eye distance."""
    random = np.random.default_rng([seed, 3])
    right, down = np.zeros(frames, np.float32), np.zeros(frames, np.float32)
    at = random.uniform(*_BETWEEN_GLANCES)
    while at * fps < frames:
        span = slice(round(at * fps), round((at + random.uniform(*_GLANCE)) * fps))
        right[span] = random.choice((-1, 1)) * random.uniform(*_ASIDE)
        down[span] = random.uniform(-1, 1) * _UP_OR_DOWN
        at += random.uniform(*_BETWEEN_GLANCES)
    window = round(_SACCADE * fps)
    return _smooth(right, window).astype(np.float32), _smooth(down, window).astype(np.float32)


def head_poses(
    level: Curve, fps: int, eye_distance: float, expression: Expression
) -> Iterator[HeadPose]:
    """Yield the head pose of each frame: a slow sway, nods with stressed speech, breathing,
    glances, and a smile here and there.

    Args:
        level: loudness by frame, 0..1.
        fps: frames a second.
        eye_distance: pixels, the measure of the face.
        expression: how lively it is, where it looks, and the seed of its movements.
    """
    random = np.random.default_rng([expression.seed, 2])
    much = _HEAD[expression.liveliness]
    time = np.arange(len(level)) / fps
    phases = iter(random.uniform(0, 2 * np.pi, 16))
    speed = random.uniform(0.9, 1.1)

    def wave(hertz: float) -> npt.NDArray[np.float64]:
        return np.asarray(np.sin(2 * np.pi * hertz * speed * time + next(phases)))

    stress = _smooth(level, round(0.52 * fps))
    surprise = np.clip(stress - _smooth(level, round(2 * fps)) - 0.05, 0, 0.3) / 0.3
    right, down = np.zeros_like(level), np.zeros_like(level)
    if expression.gaze == "natural":
        right, down = glances(len(level), fps, expression.seed)
    smiling = np.clip(0.5 + wave(0.21) + 0.5 * wave(0.08), 0, 1)  # not at every stress
    curves = {
        "roll": much * np.deg2rad(0.9 * wave(0.17) + 0.5 * wave(0.41)),
        "right": much * eye_distance * (0.030 * wave(0.13) + 0.015 * wave(0.37)),
        "down": much * eye_distance * (0.020 * wave(0.23) + 0.024 * stress),
        "yaw": much * (0.055 * wave(0.11) + 0.025 * wave(0.33)),
        "pitch": much * (0.03 * wave(0.19) + 0.05 * (stress - 0.3)),
        "nearer": 1 + much * 0.006 * wave(0.22),
        "breath": eye_distance * 0.012 * (1 + wave(_BREATHS)),
        "brows": much * eye_distance * 0.035 * _smooth(surprise, round(0.3 * fps)),
        "gaze_right": eye_distance * right,
        "gaze_down": eye_distance * down,
        "smile": much * eye_distance * _SMILE * stress * smiling,
    }
    for frame in range(len(level)):
        yield HeadPose(**{name: float(curve[frame]) for name, curve in curves.items()})


def _smooth(curve: npt.NDArray[np.floating], frames: int) -> npt.NDArray[np.float64]:
    window = np.hanning(max(frames, 1) + 2)[1:-1]
    half = len(window) // 2
    padded = np.pad(curve, (half, len(window) - 1 - half), "edge")
    return np.convolve(padded, window / window.sum(), "valid")
