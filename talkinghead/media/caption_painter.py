"""A cue drawn as a small picture with transparency, ready to be laid over frames.

Colours are held multiplied by their opacity: pasting a colour through a mask is then exact, and so
is laying the whole over a frame.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from talkinghead.media.caption_layout import ASCENT, DESCENT, GROWN, Layout, PlacedWord
from talkinghead.media.caption_styles import BOX_PADDING, INK, CaptionStyle, Colour
from talkinghead.media.caption_text import is_spaceless

_FINE = 4  # boxes are drawn this much larger and reduced, since Pillow's have steps at the corners
_ACCENT_PADDING = (0.17, 0.08)  # ems around the word in an accent box, beside ASCENT and DESCENT
_ACCENT_ROUND, _BOX_ROUND = 0.24, 0.34
_BAR = (0.3, 0.11)  # ems: an accent bar's distance from the text and width
_SHADOW_BLUR, _SHADOW_DROP = 0.11, 0.05
_FAINT = 0.55  # a shadow without an outline is spread and doubled, to hold on white walls
GROWTH = (1.05, GROWN, 1.1)
"""How large the word being said is, frame after frame; it stays at the last."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Overlay:
    """What is laid over a frame.

    Attributes:
        rgba: uint8 (height, width, 4), colours multiplied by opacity; height and width are even.
        left, top: where it lies on the frame, even.
    """

    rgba: NDArray[np.uint8]
    left: int
    top: int


def paint(
    layout: Layout, style: CaptionStyle, active: int | None, step: int, frame: tuple[int, int]
) -> Overlay:
    """Draw a cue.

    Args:
        layout: its words in their places.
        style: how it looks.
        active: the index of the word being said; None for none.
        step: how many frames it has been said for, for words that grow.
        frame: width and height of the frame, beyond which nothing is drawn.
    """
    left, top, right, bottom = _bounds(layout, style, frame)
    canvas = _Canvas(right - left, bottom - top, left, top)
    words = [_grown(word, style, step) if word.index == active else word for word in layout.words]
    words.sort(key=lambda word: word.index == active)  # the one being said lies over the others
    if style.box:
        canvas.box(_around(layout), _BOX_ROUND * layout.size, INK, style.box)
        if style.accent:
            canvas.box(_bar(layout), layout.size, style.accent, 1.0)
    letters = canvas.letters(words, 0.0)
    if style.shadow:
        canvas.shadow(canvas.letters(words, style.outline * layout.size), style, layout.size)
    if style.accent_is_box and style.accent:
        for word in words:
            if word.index == active:
                canvas.box(_behind(word), _ACCENT_ROUND * word.size, style.accent, 1.0)
    if style.outline:  # a word in a box of its own needs none
        bordered = [w for w in words if not style.accent_is_box or w.index != active]
        canvas.ink(canvas.letters(bordered, style.outline * layout.size), INK)
    canvas.ink(letters, style.colour)
    if style.grows and style.accent:
        chosen = [word for word in words if word.index == active]
        canvas.ink(canvas.letters(chosen, style.outline * layout.size), INK)
        canvas.ink(canvas.letters(chosen, 0.0), style.accent)
    for word in words:
        canvas.emoji(word)
    return Overlay(np.asarray(canvas.image), left, top)


class _Canvas:
    """A transparent picture; places are those of the frame."""

    def __init__(self, width: int, height: int, left: int, top: int) -> None:
        self.image = Image.new("RGBA", (width, height))
        self._left, self._top = left, top

    def letters(self, words: list[PlacedWord], stroke: float) -> Image.Image:
        """The mask of words with a border of so many pixels."""
        mask = Image.new("L", self.image.size)
        for word in words:
            x = word.x - self._left
            for run in word.pieces:
                run.draw(mask, x, word.baseline - self._top, word.size, stroke)
                x += run.width(100) / 100 * word.size
        return mask

    def emoji(self, word: PlacedWord) -> None:
        """A word's emoji."""
        x = word.x - self._left
        for run in word.pieces:
            picture = run.picture(word.size)
            if picture is not None:
                place = (round(x), run.picture_top(word.baseline - self._top, word.size))
                self.image.paste(_opaque(picture), place, picture.getchannel("A"))
            x += run.width(100) / 100 * word.size

    def ink(self, mask: Image.Image, colour: Colour, opacity: float = 1.0) -> None:
        """Colour through a mask."""
        if opacity < 1:
            mask = mask.point([round(value * opacity) for value in range(256)])
        # An image, not a colour: pasting a plain colour, Pillow does not blend where all is clear.
        self.image.paste(Image.new("RGBA", mask.size, (*colour, 255)), (0, 0), mask)

    def shadow(self, mask: Image.Image, style: CaptionStyle, size: float) -> None:
        """A soft dark copy of the letters behind them."""
        spread = 1.0 if style.outline else 1.6
        soft = mask.filter(ImageFilter.GaussianBlur(_SHADOW_BLUR * spread * size))
        dropped = Image.new("L", mask.size)
        dropped.paste(soft, (0, round(_SHADOW_DROP * size)))
        if not style.outline:
            dropped = dropped.point([min(round(value / _FAINT), 255) for value in range(256)])
            near = mask.filter(ImageFilter.GaussianBlur(0.035 * size))
            self.ink(dropped, INK, style.shadow)
            self.ink(near, INK, style.shadow * 0.7)
            return
        self.ink(dropped, INK, style.shadow)

    def box(self, place: Box, radius: float, colour: Colour, opacity: float) -> None:
        """A rounded rectangle."""
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
        self.ink(mask, colour, opacity)


def _opaque(picture: Image.Image) -> Image.Image:
    solid = picture.copy()
    solid.putalpha(255)
    return solid


def _grown(word: PlacedWord, style: CaptionStyle, step: int) -> PlacedWord:
    """The word being said, larger around its middle."""
    if not style.grows:
        return word
    factor = GROWTH[min(step, len(GROWTH) - 1)]
    rise = (factor - 1) * word.size * (ASCENT - DESCENT) / 2
    return replace(
        word,
        x=word.x - word.width * (factor - 1) / 2,
        baseline=word.baseline + rise,
        width=word.width * factor,
        size=word.size * factor,
    )


def _around(layout: Layout) -> Box:
    across, up = (padding * layout.size for padding in BOX_PADDING)
    return (layout.left - across, layout.top - up, layout.right + across, layout.bottom + up)


def _bar(layout: Layout) -> Box:
    """A thin accent where the lines begin, within the box."""
    away, wide = (length * layout.size for length in _BAR)
    left = layout.right + away if layout.to_left else layout.left - away - wide
    return (left, layout.top, left + wide, layout.bottom)


def _behind(word: PlacedWord) -> Box:
    across, up = (padding * word.size for padding in _ACCENT_PADDING)
    if any(is_spaceless(run.text[0]) for run in word.pieces):
        across *= 0.4  # its neighbours stand close
    return (
        word.x - across,
        word.baseline - ASCENT * word.size - up,
        word.x + word.width + across,
        word.baseline + DESCENT * word.size + up,
    )


def _bounds(
    layout: Layout, style: CaptionStyle, frame: tuple[int, int]
) -> tuple[int, int, int, int]:
    """The part of the frame that is drawn, with even borders as 4:2:0 needs."""
    spare = layout.size * (BOX_PADDING[0] + 0.1 if style.box else 0.55 + style.outline)
    width, height = frame
    left, top = (max(int(side - spare) // 2 * 2, 0) for side in (layout.left, layout.top))
    right = min(-int(-(layout.right + spare) // 2) * 2, width)
    bottom = min(-int(-(layout.bottom + spare) // 2) * 2, height)
    return left, top, right, bottom
