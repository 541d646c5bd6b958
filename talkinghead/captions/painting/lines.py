"""Measures the lines of a cue: the text runs of their words, from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from talkinghead.captions.painting.fonts import Face
from talkinghead.captions.painting.text_runs import Run, runs, visual_order
from talkinghead.captions.styles import CaptionStyle
from talkinghead.speech.text.tokens import is_spaceless

Words = tuple[tuple[int, str], ...]
"""What one line shows: the index of each word in its cue, and its text or a piece of it."""


@dataclass(frozen=True)
class MeasuredLine:
    """One line in visual order.

    Attributes:
        words: the index of each word in its cue, and its text runs.
        gaps: ems of space after each word.
    """

    words: tuple[tuple[int, tuple[Run, ...]], ...]
    gaps: tuple[float, ...]

    @cached_property
    def ems(self) -> float:
        """Its width at one pixel per em, measured large since letters snap to pixels."""
        measured = sum(run.width(100) for _, pieces in self.words for run in pieces) / 100
        return measured + sum(self.gaps)


def measured(
    words: Words, style: CaptionStyle, faces: Sequence[Face], to_left: bool
) -> MeasuredLine:
    """Return a line with its width.

    Args:
        words: of the line, as they are spoken.
        style: how they look.
        faces: the first that has a letter draws it.
        to_left: whether the line is read from the right.
    """
    texts = [shown(text, style) for _, text in words]
    order = visual_order(texts, to_left)
    pieces = tuple((words[at][0], runs(texts[at], faces, to_left)) for at in order)
    return MeasuredLine(pieces, _gaps(texts, order, style.space))


def shown(text: str, style: CaptionStyle) -> str:
    """Return a word as its style writes it, for example in capitals."""
    return text.upper() if style.upper else text


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
