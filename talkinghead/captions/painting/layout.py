"""Lays out the lines of a cue: position and size of each word."""

from collections.abc import Sequence
from dataclasses import dataclass

from talkinghead.captions.painting.lines import MeasuredLine
from talkinghead.captions.painting.placement import Placement
from talkinghead.captions.painting.text_runs import Run
from talkinghead.captions.styles import CaptionStyle

ASCENT = 0.78
"""Ems that letters reach above their baseline."""
_DESCENT, _DEEP_DESCENT = 0.24, 0.38  # ems below it; Arabic reaches deeper
GROWN = 1.14
"""How much larger a growing word becomes at most."""


@dataclass(frozen=True)
class PlacedWord:
    """A word with its position; lengths in px.

    Attributes:
        index: in its cue.
        pieces: from left to right.
        x, baseline: its left edge and its baseline.
        width: of all of its pieces.
        size: pixels per em.
        descent: ems that letters reach below the baseline.
    """

    index: int
    pieces: tuple[Run, ...]
    x: float
    baseline: float
    width: float
    size: float
    descent: float


@dataclass(frozen=True)
class Layout:
    """A cue with the positions of its words.

    Attributes:
        words: all of them.
        left, top, right, bottom: of the letters, without boxes and borders; pixels.
        size: pixels per em.
        to_left: whether it is read from the right.
    """

    words: tuple[PlacedWord, ...]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    to_left: bool


def lay_out(
    lines: Sequence[MeasuredLine],
    style: CaptionStyle,
    size: float,
    placement: Placement,
    *,
    to_left: bool,
) -> Layout:
    """Return the layout of a cue.

    Args:
        lines: what is shown, one under another.
        style: how.
        size: pixels per em. It becomes less only where a line could not be broken to fit.
        placement: where.
        to_left: whether the cue is read from the right.
    """
    widest = max(line.ems for line in lines)
    size *= placement.scale
    size = min(size, size_that_fits(widest, style, placement.area.width))
    step = style.line_height * size
    descent = _DEEP_DESCENT if to_left else _DESCENT
    lowest = placement.bottom - (descent + style.padding[1]) * size
    middle = (placement.area.left + placement.area.right) / 2
    words: list[PlacedWord] = []
    for number, line in enumerate(reversed(lines)):
        baseline = lowest - number * step
        words += _placed(
            line, _start(line, widest, middle, style, size, to_left), baseline, size, descent
        )
    return Layout(
        words=tuple(words),
        left=middle - widest * size / 2,
        top=lowest - (len(lines) - 1) * step - ASCENT * size,
        right=middle + widest * size / 2,
        bottom=lowest + descent * size,
        size=size,
        to_left=to_left,
    )


def size_that_fits(ems: float, style: CaptionStyle, width: float) -> float:
    """Return the largest size in px per em at which a line of so many ems, with its box, border
    and growing word, is no wider than `width` px."""
    return width / (ems * (GROWN if style.grows else 1.0) + 2 * style.padding[0] + style.outline)


def longest_line(size: float, style: CaptionStyle, width: float) -> float:
    """Return the ems that a line may have at a size, the inverse of `size_that_fits`."""
    return (width / size - 2 * style.padding[0] - style.outline) / (GROWN if style.grows else 1.0)


def block_height(style: CaptionStyle, size: float, lines: int) -> float:
    """Return the height in px of so many lines, including their box or border."""
    padding = style.padding[1] if style.box else style.outline
    return size * (ASCENT + _DEEP_DESCENT + (lines - 1) * style.line_height + 2 * padding)


def _start(
    line: MeasuredLine,
    widest: float,
    middle: float,
    style: CaptionStyle,
    size: float,
    to_left: bool,
) -> float:
    """Return the left edge of a line."""
    if not style.at_start:
        return middle - line.ems * size / 2
    return middle + (widest / 2 - line.ems if to_left else -widest / 2) * size


def _placed(
    line: MeasuredLine, x: float, baseline: float, size: float, descent: float
) -> list[PlacedWord]:
    words = []
    for (index, pieces), gap in zip(line.words, line.gaps, strict=True):
        width = sum(run.width(100) for run in pieces) / 100 * size
        words.append(PlacedWord(index, pieces, x, baseline, width, size, descent))
        x += width + gap * size
    return words
