"""Phonemes to mouth shapes: six curves with one value per frame.

Each phoneme asks for a shape; the shapes glide into one another the way lips do (a short window
over 5 ms steps), loud speech opens wider, and m, b, p close regardless of the phonemes around them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import numpy.typing as npt

from talkinghead.av.sound import Sound
from talkinghead.speech.local_voice.phonemes import PAUSE
from talkinghead.speech.text.utterance import Speech, TimedPhoneme

Curve = npt.NDArray[np.float32]

_STEPS = 200  # a second
_WINDOW = 0.13  # seconds over which one shape becomes the next
_SHORTEST_CLOSURE = 0.035  # seconds on either side of the middle of m, b, p
_CLOSING = 0.05  # seconds that lips take to press together once they have met
_FASTEST = 6.5  # openings a second: a jaw that goes faster is seen to snap
_SILENT = 10 ** (-35 / 20)  # of the loud parts: a voice that has ended
_LEAST_SILENCE = 0.12  # seconds; less is the stop of a "t"
_EARLY = 0.06  # seconds before a sound that its mouth may begin to open
_FRAME_INSTANT = 0.005  # seconds into a frame at which its mouth is read
_GLIDE = 0.55  # of a diphthong belongs to its first vowel


@dataclass(frozen=True)
class Shape:
    """The mouth shape of a phoneme.

    Attributes:
        open: jaw, 0 closed .. 1 as in "father".
        width: -1 rounded .. 1 spread; None where the lips go on towards the next sound.
        teeth: how much of the upper teeth shows, 0..1.
        tongue: its height, 0..1.
        closed: 1 where the lips press together.
        tuck: 1 where the lower lip goes under the upper teeth.
    """

    open: float
    width: float | None
    teeth: float = 0.5
    tongue: float = 0.2
    closed: float = 0.0
    tuck: float = 0.0


_REST = Shape(0.0, 0.0, teeth=0.3, tongue=0.1)
_AH = Shape(1.0, 0.1, teeth=0.6)
_EH = Shape(0.62, 0.35, teeth=0.8)
_EE = Shape(0.32, 0.7, teeth=0.95, tongue=0.4)
_AW = Shape(0.75, -0.45, teeth=0.2)
_OH = Shape(0.55, -0.75, teeth=0.05)
_OO = Shape(0.36, -1.0, teeth=0.0)
_UH = Shape(0.45, 0.0, teeth=0.5)
_SCHWA = Shape(0.38, 0.05, teeth=0.5)

# Where two follow one another it is a diphthong: a glide from the first to the second.
_SHAPES: dict[str, tuple[Shape, ...]] = {
    PAUSE: (_REST,),
    **dict.fromkeys("aɑæɒ", (_AH,)),
    **dict.fromkeys("ʌɐ", (replace(_UH, open=0.65),)),
    **dict.fromkeys("əᵊ", (_SCHWA,)),
    **dict.fromkeys("ɛe", (_EH,)),
    **dict.fromkeys("ɪᵻ", (replace(_EE, open=0.36, width=0.45),)),
    "i": (_EE,),
    "ɔ": (_AW,),
    "o": (_OH,),
    "u": (_OO,),
    "ʊ": (replace(_OO, open=0.34, width=-0.7),),
    **dict.fromkeys("ɜɚ", (Shape(0.42, -0.3, teeth=0.4),)),
    "A": (_EH, replace(_EE, width=0.5)),
    "I": (_AH, replace(_EE, open=0.38, width=0.4)),
    "O": (_OH, _OO),
    "Q": (replace(_SCHWA, open=0.5), _OO),
    "W": (replace(_AH, open=0.9), replace(_OO, open=0.35)),
    "Y": (_AW, replace(_EE, open=0.36)),
    "ɹ": (Shape(0.26, -0.5),),
    "w": (Shape(0.14, -1.0, teeth=0.0, tongue=0.0),),
    **dict.fromkeys("pbm", (Shape(0.0, None, teeth=0.0, tongue=0.0, closed=1.0),)),
    **dict.fromkeys("fv", (Shape(0.1, 0.1, teeth=0.9, tongue=0.0, tuck=1.0),)),
    **dict.fromkeys("θð", (Shape(0.25, 0.1, teeth=0.8, tongue=0.9),)),
    **dict.fromkeys("tdnɾT", (Shape(0.2, None, teeth=0.9, tongue=0.5),)),
    **dict.fromkeys("sz", (Shape(0.13, 0.35, teeth=1.0, tongue=0.1),)),
    **dict.fromkeys("ʃʒʤʧ", (Shape(0.22, -0.55, teeth=1.0, tongue=0.1),)),
    "l": (Shape(0.34, None, teeth=0.7, tongue=0.9),),
    **dict.fromkeys("kɡŋ", (Shape(0.28, None, teeth=0.6),)),
    "j": (Shape(0.22, 0.45, teeth=0.9),),
    **dict.fromkeys("hʔ", (Shape(0.38, None, teeth=0.6),)),
}


@dataclass(frozen=True, eq=False)
class MouthCurves:
    """One value a frame, float32 (frames,); the ranges are those of `Shape`."""

    open: Curve
    width: Curve
    closed: Curve
    teeth: Curve
    tongue: Curve
    tuck: Curve

    def __len__(self) -> int:
        return len(self.open)

    def pose(self, frame: int) -> "MouthPose":
        """Return the mouth pose of one frame."""
        return MouthPose(
            *(float(curve[frame]) for curve in (self.open, self.width, self.closed)),
            *(float(curve[frame]) for curve in (self.teeth, self.tongue, self.tuck)),
        )


@dataclass(frozen=True)
class MouthPose:
    """The mouth at one instant; the ranges are those of `Shape`."""

    open: float
    width: float = 0.0
    closed: float = 0.0
    teeth: float = 0.5
    tongue: float = 0.2
    tuck: float = 0.0


def frame_count(seconds: float, fps: int) -> int:
    """Return the number of frames for this many seconds, rounded up."""
    return ceil(round(seconds * fps, 6))


def mouth_curves(speech: Speech, fps: int, wide: float = 1.0) -> MouthCurves:
    """Return the mouth curves for the video of this speech.

    Args:
        speech: what is said.
        fps: frames a second.
        wide: how far the mouth opens, as a share of the usual.
    """
    steps = int(speech.sound.seconds * _STEPS) + _STEPS
    shapes = list(_timed_shapes(speech.phonemes))
    window = np.hanning(int(_WINDOW * _STEPS) + 2)[1:-1]

    def smooth(values: list[float], rest: float) -> Curve:
        curve = np.full(steps, rest, np.float32)
        for value, (_, start, end) in zip(values, shapes, strict=True):
            curve[_step(start) : _step(end)] = value
        return _smoothed(curve, window)

    closures = _closures(speech.phonemes, steps)
    opening = smooth([shape.open for shape, _, _ in shapes], 0.0)
    level = _level(speech.sound, steps)
    silences = _silences(level)
    opening *= (0.55 + 0.45 * _loudness(level)) * (1 - closures) * (1 - silences)
    opening = _unhurried(np.minimum(opening * np.float32(wide), 1.0))
    at = (
        (np.arange(frame_count(speech.sound.seconds, fps)) / fps + _FRAME_INSTANT) * _STEPS
    ).astype(int)
    closed = _kept_closures(closures, at)
    # The last sound before a silence lasts into it: its lips do not stay round.
    width = smooth(_filled_widths([shape.width for shape, _, _ in shapes]), 0.0)
    width *= 1 - _smoothed(silences, window)
    return MouthCurves(
        open=np.where(closed > 0.98, 0, opening[at]).astype(np.float32),
        width=width[at],
        closed=closed,
        teeth=smooth([shape.teeth for shape, _, _ in shapes], _REST.teeth)[at],
        tongue=smooth([shape.tongue for shape, _, _ in shapes], _REST.tongue)[at],
        tuck=smooth([shape.tuck for shape, _, _ in shapes], 0.0)[at],
    )


def _step(seconds: float) -> int:
    return max(round(seconds * _STEPS), 0)


def _timed_shapes(phonemes: tuple[TimedPhoneme, ...]) -> Iterator[tuple[Shape, float, float]]:
    """Yield shapes with their start and end; an unknown letter keeps the previous shape."""
    shapes: tuple[Shape, ...] = (_REST,)
    for phoneme in phonemes:
        shapes = _SHAPES.get(phoneme.symbol, shapes[-1:])
        middle = phoneme.start + _GLIDE * (phoneme.end - phoneme.start)
        if len(shapes) == 1:
            yield shapes[0], phoneme.start, phoneme.end
        else:
            yield shapes[0], phoneme.start, middle
            yield shapes[1], middle, phoneme.end


def _filled_widths(widths: list[float | None]) -> list[float]:
    """Interpolate the widths of sounds made behind the lips between their neighbours."""
    known = [place for place, width in enumerate(widths) if width is not None]
    if not known:
        return [0.0] * len(widths)
    values = [width for width in widths if width is not None]
    return [float(value) for value in np.interp(range(len(widths)), known, values)]


def _smoothed(curve: Curve, window: npt.NDArray[np.float64]) -> Curve:
    half = len(window) // 2
    padded = np.pad(curve, (half, len(window) - 1 - half), "edge")
    return np.convolve(padded, window / window.sum(), "valid").astype(np.float32)


def _level(sound: Sound, steps: int) -> Curve:
    """Return the root mean square of the sound at each step."""
    edges = (np.arange(steps) * sound.rate / _STEPS).astype(int)
    edges = edges[edges < len(sound.samples)]
    squares = np.add.reduceat(np.square(sound.samples), edges) * (_STEPS / sound.rate)
    curve = np.zeros(steps, np.float32)
    curve[: len(edges)] = _smoothed(np.sqrt(squares).astype(np.float32), np.ones(9))
    return curve


def _loudness(level: Curve) -> Curve:
    """Return the loudness of each step, 1 at the usual loudness of the speech."""
    loud = level[level > 0.05 * level.max()]
    if not loud.size:
        return np.zeros_like(level)
    return np.asarray(np.clip(level / np.percentile(loud, 80), 0, 1.1), np.float32)


def _silences(level: Curve) -> Curve:
    """Return 1 where nothing is heard for a while, else 0; it ends a little before the next
    sound."""
    silent = level <= _SILENT * np.percentile(level, 95)
    changes = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]])))
    curve = np.zeros(len(level), np.float32)
    for start, end in changes.reshape(-1, 2):
        if end - start >= _LEAST_SILENCE * _STEPS:
            curve[start : end - round(_EARLY * _STEPS)] = 1
    return curve


def _unhurried(opening: Curve) -> Curve:
    """Return the widest curve below this one that never changes faster than a jaw moves.

    What is closed stays closed: the mouth begins to close earlier instead.
    """
    slope = np.arange(len(opening), dtype=np.float32) * np.float32(_FASTEST / _STEPS)
    opening = np.minimum.accumulate(opening - slope) + slope
    return np.asarray(np.minimum.accumulate((opening + slope)[::-1])[::-1] - slope, np.float32)


def _closures(phonemes: tuple[TimedPhoneme, ...], steps: int) -> Curve:
    """Return how far the lips are pressed together by m, b, p at each step, 0..1."""
    closed = np.zeros(steps, np.float32)
    times = np.arange(steps) / _STEPS
    for phoneme in phonemes:
        if phoneme.symbol in "pbm":
            half = max((phoneme.end - phoneme.start) / 2, _SHORTEST_CLOSURE)
            reach = slice(_step(phoneme.start - 0.2), _step(phoneme.end + 0.2))
            distance = np.abs(times[reach] - (phoneme.start + phoneme.end) / 2)
            closed[reach] = np.maximum(
                closed[reach], np.clip(1 - (distance - half) / _CLOSING, 0, 1)
            )
    return np.asarray(closed * closed * (3 - 2 * closed), np.float32)


def _kept_closures(closures: Curve, at: npt.NDArray[np.int_]) -> Curve:
    """Return closures by frame; one that falls between two frames is assigned to the nearer."""
    around = np.stack(
        [closures[np.clip(at + offset, 0, len(closures) - 1)] for offset in range(-3, 5)]
    )
    best = around.max(0)
    return np.where(best > 0.98, best, closures[at]).astype(np.float32)
