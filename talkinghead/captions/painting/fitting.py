"""Fits the captions of a video into the width there is: at one size, with long words broken."""

from collections.abc import Sequence
from dataclasses import dataclass

from talkinghead.captions.cues import Cue
from talkinghead.captions.painting.fonts import Face
from talkinghead.captions.painting.layout import longest_line, size_that_fits
from talkinghead.captions.painting.lines import MeasuredLine, Words, measured
from talkinghead.captions.styles import CaptionStyle, font_size, safe_area, smallest_scale
from talkinghead.captions.word_breaks import broken_word
from talkinghead.speech.text.language import language_of
from talkinghead.speech.text.tokens import is_right_to_left

_MOST_PIECES = 2  # of a word at its usual size: a word in more of them is hard to read


@dataclass(frozen=True)
class FittedCaptions:
    """All captions of a video as they will be drawn.

    Attributes:
        lines: of each cue.
        to_left: whether each cue is read from the right.
        size: pixels per em, of all of them.
    """

    lines: tuple[tuple[MeasuredLine, ...], ...]
    to_left: tuple[bool, ...]
    size: float

    @property
    def most_lines(self) -> int:
        """The lines of the highest cue."""
        return max(map(len, self.lines), default=1)


def fitted(
    cues: Sequence[Cue], style: CaptionStyle, width: int, height: int, faces: Sequence[Face]
) -> FittedCaptions:
    """Return the captions at the largest size at which every line fits the safe area.

    Lines that would need a size too small to be read are broken instead: between words, and where
    one word alone is too long, at the signs of an address or between syllables.

    Args:
        cues: in order.
        style: how they look.
        width, height: of the picture, pixels.
        faces: of the letters.
    """
    available = safe_area(width, height).width
    usual = font_size(style, width, height)
    smallest = usual * smallest_scale(style, width, height)
    to_left = tuple(is_right_to_left(cue.text) for cue in cues)
    whole = [
        [(words, measured(words, style, faces, turned)) for words in _rows(cue)]
        for cue, turned in zip(cues, to_left, strict=True)
    ]
    needed = [size_that_fits(line.ems, style, available) for rows in whole for _, line in rows]
    size = min([usual, *(each for each in needed if each >= smallest)])
    limit = longest_line(size, style, available)
    if any(line.ems > _MOST_PIECES * limit for rows in whole for _, line in rows):
        size, limit = smallest, longest_line(smallest, style, available)
    language = ""
    lines: list[tuple[MeasuredLine, ...]] = []
    for rows, turned in zip(whole, to_left, strict=True):
        found: list[MeasuredLine] = []
        for words, line in rows:
            if line.ems <= limit + 1e-6:
                found.append(line)
                continue
            language = language or language_of(" ".join(cue.text for cue in cues))[0]
            measure = _Measure(style, faces, turned, language)
            found += [measure(part) for part in _broken(words, measure, limit)]
        lines.append(tuple(found))
    return FittedCaptions(tuple(lines), to_left, size)


@dataclass(frozen=True)
class _Measure:
    """Measures words of one cue."""

    style: CaptionStyle
    faces: Sequence[Face]
    to_left: bool
    language: str

    def __call__(self, words: Words) -> MeasuredLine:
        return measured(words, self.style, self.faces, self.to_left)

    def width(self, text: str) -> float:
        """Return the ems of one word or piece."""
        return self(((0, text),)).ems


def _rows(cue: Cue) -> list[Words]:
    rows: list[Words] = []
    index = 0
    for line in cue.lines:
        rows.append(tuple((index + at, word.text) for at, word in enumerate(line)))
        index += len(line)
    return rows


def _broken(words: Words, measure: _Measure, limit: float) -> list[Words]:
    """Return a line that is too long in several, filled from the first."""
    rows: list[Words] = []
    held: Words = ()
    for index, text in words:
        if held and measure((*held, (index, text))).ems > limit:
            rows.append(held)
            held = ()
        # Arabic letters would be drawn unjoined on either side of a break.
        pieces = (
            (text,)
            if measure.to_left
            else broken_word(text, measure.width, limit, measure.language)
        )
        rows += [((index, piece),) for piece in pieces[:-1]]
        held = (*held, (index, pieces[-1]))
    return [*rows, held]
