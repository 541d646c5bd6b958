"""Matches the words of a known script to recognised phones.

The two rows of phones are laid side by side with the fewest changes. The recogniser mishears every
third phone, yet the true place wins clearly; so a recording of any length can be cut into pieces
whose words are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_VOWELS = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌ")
_SAME, _ALIKE, _OTHER = 0.0, 0.7, 1.3
_LEFT_OUT = 0.8
_ROUNDING = 1e-6
_SMALLEST_BAND = 300  # phones on either side of the straight line


@dataclass(frozen=True)
class Match:
    """Two aligned sequences.

    Attributes:
        places: for each heard phone the index of the expected one that it matches, shape
            (heard,); never falling.
        likeness: the share of expected phones that were heard as they are, 0 to 1.
    """

    places: NDArray[np.int64]
    likeness: float


def match(heard: Sequence[str], expected: Sequence[str]) -> Match:
    """Align the recognised phones with the expected ones."""
    rows, columns = len(heard), len(expected)
    if not rows or not columns:
        return Match(np.zeros(rows, np.int64), 0.0)
    band = max(_SMALLEST_BAND, columns // 6)
    starts = np.array([max(0, round(i * columns / rows) - band) for i in range(rows + 1)])
    steps = _steps(_codes(heard), _codes(expected), starts, 2 * band + 1)
    places = _traced(steps, starts, rows, columns)
    same = sum(heard[i] == expected[place] for i, place in enumerate(places))
    return Match(places, same / max(columns, rows))


def _codes(phones: Sequence[str]) -> NDArray[np.int32]:
    """Return a number per phone, negative for consonants."""
    return np.array([ord(p) if p in _VOWELS else -ord(p) for p in phones], np.int32)


def _steps(
    heard: NDArray[np.int32], expected: NDArray[np.int32], starts: NDArray[np.int64], width: int
) -> NDArray[np.int8]:
    """Return the step that reaches each cell: 0 both advance, 1 only the recognised, 2 only the
    expected.

    Row i is for i recognised phones; its column c for starts[i] + c expected ones.
    """
    steps = np.full((len(heard) + 1, width), 2, np.int8)
    columns = np.arange(width)
    cost = np.where(starts[0] + columns <= len(expected), columns * _LEFT_OUT, np.inf)
    for row, phone in enumerate(heard, 1):
        shift = int(starts[row] - starts[row - 1])
        before = np.concatenate([cost, np.full(shift + 1, np.inf)])
        stay = before[shift : shift + width] + _LEFT_OUT
        at = starts[row] + columns - 1  # the expected phone that this one would match
        inside = (at >= 0) & (at < len(expected))
        other = expected[np.clip(at, 0, len(expected) - 1)]
        change = np.where(
            other == phone, _SAME, np.where((other > 0) == (phone > 0), _ALIKE, _OTHER)
        )
        previous = np.concatenate(
            [[np.inf] if shift == 0 else [before[shift - 1]], before[shift : shift + width - 1]]
        )
        both = np.where(inside, previous + change, np.inf)
        best = np.where(starts[row] + columns <= len(expected), np.minimum(both, stay), np.inf)
        # Expected phones left out: a running minimum takes all of them at once.
        cost = np.minimum.accumulate(best - columns * _LEFT_OUT) + columns * _LEFT_OUT
        steps[row] = np.where(cost < best - _ROUNDING, 2, np.where(both <= stay, 0, 1))
    return steps


def _traced(
    steps: NDArray[np.int8], starts: NDArray[np.int64], rows: int, columns: int
) -> NDArray[np.int64]:
    """Return the path traced back from the end."""
    places = np.zeros(rows, np.int64)
    row, column = rows, columns
    while row > 0:
        at = min(max(column - int(starts[row]), 0), steps.shape[1] - 1)
        step = steps[row, at] if column > 0 else 1
        if step == 2:
            column -= 1
            continue
        row -= 1
        places[row] = min(max(column - 1, 0), columns - 1)
        column -= step == 0
    return places
