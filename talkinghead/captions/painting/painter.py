"""Draws a cue as an image with transparency, to be blended onto frames.

Colours are held multiplied by their opacity: pasting a colour through a mask is then exact, and so
is laying the whole over a frame.
"""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from talkinghead.av.overlays.layer import OverlayImage
from talkinghead.captions.painting.layout import ASCENT, GROWN, Layout, PlacedWord
from talkinghead.captions.styles import INK, CaptionStyle, Colour
from talkinghead.speech.text.tokens import is_spaceless

_FINE = 4  # boxes are drawn this much larger and reduced, since Pillow's have steps at the corners
_ACCENT_PADDING = (0.17, 0.08)  # ems around the word in an accent box, beside its height
_ACCENT_ROUND, _BOX_ROUND = 0.24, 0.34
_BAR = (0.3, 0.11)  # ems: an accent bar's distance from the text and width
_SHADOW_BLUR, _SHADOW_DROP = 0.11, 0.05
_FAINT, _NEAR_BLUR = 0.55, 0.035
_SPARE = 0.35  # ems around a word, for what reaches over its width
_REACH = 0.6  # of the space between words that a growing one may take
GROWTH = (1.05, GROWN, 1.1)
"""The scale of the spoken word in each frame from its start; the last one is held."""

Box = tuple[float, float, float, float]


class CuePainter:
    """Draws one cue, each time its visible state changes.

    What stays the same is drawn once: the box, the shadow, and every word at rest.

    Args:
        layout: its words in their places.
        style: how it looks.
        frame: width and height of the frame, beyond which nothing is drawn.
    """

    def __init__(self, layout: Layout, style: CaptionStyle, frame: tuple[int, int]) -> None:
        self._style = style
        self._words = layout.words
        self._left, self._top, right, bottom = _bounds(layout, style, frame)
        self._border = style.outline * layout.size
        self._letters: dict[tuple[PlacedWord, bool], _Letters] = {}
        base = _Canvas(right - self._left, bottom - self._top, self._left, self._top)
        if style.box:
            base.box(_around(layout, style), _BOX_ROUND * layout.size, INK, style.box)
            if style.accent:
                base.box(_bar(layout), layout.size, style.accent, 1.0)
        if style.shadow:
            base.shadow([self._resting(word, self._border) for word in self._words], style, layout)
        self._base = base

    def paint(self, active: int | None = None, step: int = 0) -> OverlayImage:
        """Draw the cue.

        Args:
            active: the index of the word being said; None for none.
            step: how many frames it has been said for, for words that grow.
        """
        style, canvas = self._style, self._base.copy()
        resting = [word for word in self._words if word.index != active]
        chosen = [word for word in self._words if word.index == active]
        for word in chosen if style.accent_is_box and style.accent else ():
            canvas.box(_behind(word), _ACCENT_ROUND * word.size, style.accent or INK, 1.0)
        if style.outline:
            for word in resting:
                canvas.ink(self._resting(word, self._border), INK)
        for word in resting:
            canvas.ink(self._resting(word, 0.0), style.colour)
            canvas.emoji(word)
        for word in chosen:  # over the others
            self._stress(canvas, _grown(word, style, step))
        return OverlayImage(np.asarray(canvas.image), self._left, self._top)

    def _stress(self, canvas: "_Canvas", word: PlacedWord) -> None:
        """Draw the word being spoken; in a box of its own it needs no border."""
        style = self._style
        if style.outline and not style.accent_is_box:
            canvas.ink(_letters(word, self._border), INK)
        is_coloured = style.accent is not None and not style.accent_is_box
        canvas.ink(_letters(word, 0.0), style.accent or INK if is_coloured else style.colour)
        canvas.emoji(word)

    def _resting(self, word: PlacedWord, border: float) -> "_Letters":
        key = (word, border > 0)
        if key not in self._letters:
            self._letters[key] = _letters(word, border)
        return self._letters[key]


@dataclass(frozen=True, eq=False)
class _Letters:
    """The mask of a word and its position on the frame."""

    mask: Image.Image
    left: int
    top: int


def _letters(word: PlacedWord, border: float) -> _Letters:
    """Draw a word's letters, with a border of so many pixels."""
    spare = int(border + word.size * _SPARE) + 1
    left, top = int(word.x) - spare, int(word.baseline - word.size) - spare
    size = (int(word.width) + 2 * spare + 1, int(1.4 * word.size) + 2 * spare)
    mask = Image.new("L", size)
    x = word.x - left
    for run in word.pieces:
        run.draw(mask, x, word.baseline - top, word.size, border)
        x += run.width(100) / 100 * word.size
    return _Letters(mask, left, top)


class _Canvas:
    """A transparent image; coordinates are those of the frame."""

    def __init__(self, width: int, height: int, left: int, top: int) -> None:
        self.image = Image.new("RGBA", (width, height))
        self._left, self._top = left, top

    def copy(self) -> "_Canvas":
        """Return a copy."""
        twin = _Canvas(1, 1, self._left, self._top)
        twin.image = self.image.copy()
        return twin

    def ink(self, letters: _Letters, colour: Colour, opacity: float = 1.0) -> None:
        """Paint a colour through a mask."""
        mask = letters.mask
        if opacity < 1:
            mask = mask.point([round(value * opacity) for value in range(256)])
        # An image, not a colour: pasting a plain colour, Pillow does not blend where all is clear.
        solid = Image.new("RGBA", mask.size, (*colour, 255))
        self.image.paste(solid, (letters.left - self._left, letters.top - self._top), mask)

    def emoji(self, word: PlacedWord) -> None:
        """Paint a word's emoji."""
        x = word.x - self._left
        for run in word.pieces:
            picture = run.picture(word.size)
            if picture is not None:
                place = (round(x), run.picture_top(word.baseline - self._top, word.size))
                self.image.paste(_opaque(picture), place, picture.getchannel("A"))
            x += run.width(100) / 100 * word.size

    def shadow(self, words: list[_Letters], style: CaptionStyle, layout: Layout) -> None:
        """Paint a soft dark copy of the letters behind them."""
        whole = Image.new("L", self.image.size)
        for each in words:
            whole.paste(255, (each.left - self._left, each.top - self._top), each.mask)
        blur = _SHADOW_BLUR * layout.size
        drop = round(_SHADOW_DROP * layout.size)
        if style.outline:
            soft = whole.filter(ImageFilter.GaussianBlur(blur))
            self.ink(_Letters(soft, self._left, self._top + drop), INK, style.shadow)
            return
        # Without an outline it is wider and denser, to hold the letters on white walls.
        soft = whole.filter(ImageFilter.GaussianBlur(1.6 * blur))
        dense = soft.point([min(round(value / _FAINT), 255) for value in range(256)])
        self.ink(_Letters(dense, self._left, self._top + drop), INK, style.shadow)
        near = whole.filter(ImageFilter.GaussianBlur(_NEAR_BLUR * layout.size))
        self.ink(_Letters(near, self._left, self._top), INK, style.shadow * 0.7)

    def box(self, place: Box, radius: float, colour: Colour, opacity: float) -> None:
        """Paint a rounded rectangle."""
        left, top, right, bottom = place
        x, y = int(left - self._left), int(top - self._top)
        size = (round(right - left) + 2, round(bottom - top) + 2)
        fine = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
        inner = [(left - self._left - x) * _FINE, (top - self._top - y) * _FINE,
                 (right - self._left - x) * _FINE, (bottom - self._top - y) * _FINE]  # fmt: skip
        radius = min(radius, (right - left) / 2, (bottom - top) / 2) * _FINE
        ImageDraw.Draw(fine).rounded_rectangle(inner, radius, fill=255)
        mask = Image.new("L", self.image.size)
        mask.paste(fine.resize(size, Image.Resampling.BOX), (x, y))
        self.ink(_Letters(mask, self._left, self._top), colour, opacity)


def _opaque(picture: Image.Image) -> Image.Image:
    solid = picture.copy()
    solid.putalpha(255)
    return solid


def _grown(word: PlacedWord, style: CaptionStyle, step: int) -> PlacedWord:
    """Return the word being spoken, enlarged around its middle."""
    if not style.grows:
        return word
    spare = _REACH * style.space * word.size  # on either side, before it meets its neighbours
    factor = min(GROWTH[min(step, len(GROWTH) - 1)], 1 + 2 * spare / max(word.width, 1.0))
    rise = (factor - 1) * word.size * (ASCENT - word.descent) / 2
    return replace(
        word,
        x=word.x - word.width * (factor - 1) / 2,
        baseline=word.baseline + rise,
        width=word.width * factor,
        size=word.size * factor,
    )


def _around(layout: Layout, style: CaptionStyle) -> Box:
    across, up = (padding * layout.size for padding in style.padding)
    return (layout.left - across, layout.top - up, layout.right + across, layout.bottom + up)


def _bar(layout: Layout) -> Box:
    """Draw a thin accent at the start of the lines, within the box."""
    away, wide = (length * layout.size for length in _BAR)
    left = layout.right + away if layout.to_left else layout.left - away - wide
    return (left, layout.top, left + wide, layout.bottom)


def _behind(word: PlacedWord) -> Box:
    across, up = (padding * word.size for padding in _ACCENT_PADDING)
    if any(is_spaceless(run.text[0]) for run in word.pieces):
        across *= 0.4  # its neighbours are close
    return (
        word.x - across,
        word.baseline - ASCENT * word.size - up,
        word.x + word.width + across,
        word.baseline + word.descent * word.size + up,
    )


def _bounds(
    layout: Layout, style: CaptionStyle, frame: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Return the region of the frame that is drawn, with even borders for 4:2:0."""
    spare = layout.size * (style.padding[0] + 0.1 if style.box else 0.55 + style.outline)
    width, height = frame
    left, top = (max(int(side - spare) // 2 * 2, 0) for side in (layout.left, layout.top))
    right = min(-int(-(layout.right + spare) // 2) * 2, width)
    bottom = min(-int(-(layout.bottom + spare) // 2) * 2, height)
    return left, top, right, bottom
