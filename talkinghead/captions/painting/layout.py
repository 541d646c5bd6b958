"""Lays out the lines of a cue: position and size of each word."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from talkinghead.captions.cues import Cue
from talkinghead.captions.painting.fonts import Face
from talkinghead.captions.painting.placement import Placement
from talkinghead.captions.painting.text_runs import Run, runs, visual_order
from talkinghead.captions.styles import BOX_PADDING, CaptionStyle
from talkinghead.speech.text.tokens import is_right_to_left, is_spaceless

ASCENT = 0.78
"""Ems that letters reach above their baseline."""
_DESCENT, _DEEP_DESCENT = 0.24, 0.38  # ems below it; Arabic reaches deeper
GROWN = 1.14
"""How much larger a growing word becomes at most."""
_LEAST_SCALE = 0.45


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


@dataclass(frozen=True)
class _Line:
    """The text runs of each word of one line, in visual order."""

    words: tuple[tuple[int, tuple[Run, ...]], ...]
    gaps: tuple[float, ...]  # ems of space after each

    @cached_property
    def ems(self) -> float:
        """Its width at one pixel per em, measured large since letters snap to pixels."""
        measured = sum(run.width(100) for _, pieces in self.words for run in pieces) / 100
        return measured + sum(self.gaps)


def lay_out(
    cue: Cue, style: CaptionStyle, size: float, faces: Sequence[Face], placement: Placement
) -> Layout:
    """Return the layout of a cue.

    Args:
        cue: what is shown.
        style: how.
        size: pixels per em; less where a line would be wider than the area.
        faces: of the letters.
        placement: where.
    """
    to_left = is_right_to_left(cue.text)
    lines = _lines(cue, style, faces, to_left)
    padding_x, padding_y = BOX_PADDING if style.box else (0.0, 0.0)
    widest = max(line.ems for line in lines)
    size *= placement.scale
    spare = widest * (GROWN - 1) if style.grows else 0.0
    fits = placement.area.width / (widest + 2 * padding_x + style.outline + spare)
    size = max(min(size, fits), size * _LEAST_SCALE)
    step = style.line_height * size
    descent = _DEEP_DESCENT if to_left else _DESCENT
    lowest = placement.bottom - (descent + padding_y) * size
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


def block_height(style: CaptionStyle, size: float, lines: int) -> float:
    """Return the height in px of so many lines, including their box or border."""
    padding = BOX_PADDING[1] if style.box else style.outline
    return size * (ASCENT + _DEEP_DESCENT + (lines - 1) * style.line_height + 2 * padding)


def shown(text: str, style: CaptionStyle) -> str:
    """Return a word as its style writes it, for example in capitals."""
    return text.upper() if style.upper else text


def _lines(cue: Cue, style: CaptionStyle, faces: Sequence[Face], to_left: bool) -> list[_Line]:
    found: list[_Line] = []
    index = 0
    for row in cue.lines:
        texts = [shown(word.text, style) for word in row]
        order = visual_order(texts, to_left)
        pieces = tuple((index + at, runs(texts[at], faces, to_left)) for at in order)
        found.append(_Line(pieces, _gaps(texts, order, style.space)))
        index += len(row)
    return found


def _gaps(texts: Sequence[str], order: Sequence[int], space: float) -> tuple[float, ...]:
    """Return the space in ems to the right of each word, in visual order."""
    gaps = []
    for left, right in zip(order, [*order[1:], None], strict=True):
        if right is None:
            gaps.append(0.0)
            continue
        first, second = texts[min(left, right)], texts[max(left, right)]
        gaps.append(0.0 if is_spaceless(first[-1]) and is_spaceless(second[0]) else space)
    return tuple(gaps)


def _start(
    line: _Line, widest: float, middle: float, style: CaptionStyle, size: float, to_left: bool
) -> float:
    """Return the left edge of a line."""
    if not style.at_start:
        return middle - line.ems * size / 2
    return middle + (widest / 2 - line.ems if to_left else -widest / 2) * size


def _placed(
    line: _Line, x: float, baseline: float, size: float, descent: float
) -> list[PlacedWord]:
    words = []
    for (index, pieces), gap in zip(line.words, line.gaps, strict=True):
        width = sum(run.width(100) for run in pieces) / 100 * size
        words.append(PlacedWord(index, pieces, x, baseline, width, size, descent))
        x += width + gap * size
    return words
