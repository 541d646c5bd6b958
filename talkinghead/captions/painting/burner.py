"""Burns captions into frames: an overlay is drawn when the visible caption changes, and blended
onto every frame.

Only the caption's own rectangle of the three planes is touched.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from talkinghead.av.face_path import NO_FACE, FacePath
from talkinghead.av.frames import ColourSystem, Picture, Plane
from talkinghead.captions.cues import Cue, single_lines
from talkinghead.captions.painting.fitting import fitted
from talkinghead.captions.painting.fonts import faces
from talkinghead.captions.painting.layout import block_height, lay_out
from talkinghead.captions.painting.painter import GROWTH, CuePainter, Overlay
from talkinghead.captions.painting.placement import Busyness, Placement, place, row_busyness
from talkinghead.captions.styles import CaptionStyle, safe_area

_EARLY_SECONDS = 0.04  # a word lights up a frame before it is heard, never after
_GROWTH_FRAME_SECONDS = 0.04
_FADE_STEPS = 4

_Weights = NDArray[np.uint16]


@dataclass(frozen=True)
class _Look:
    """The visible state at a time; the overlay is redrawn when it changes."""

    cue: int
    active: int | None
    step: int


@dataclass(frozen=True, eq=False)
class _Layer:
    """An overlay as planes: what is added, and how much of the frame is kept, of 256."""

    left: int
    top: int
    added: tuple[_Weights, ...]
    kept: tuple[_Weights, ...]


class CaptionBurner:
    """Frame filter that burns in captions.

    Args:
        cues: in order.
        style: how they look.
        width, height: of the pictures, pixels.
        colours: how the pictures store colours.
        path: where the face is in these pictures: captions keep clear of the mouth.
        region: whose Han characters, see `caption_fonts.faces`; None finds out from the text.
    """

    def __init__(
        self,
        cues: Sequence[Cue],
        style: CaptionStyle,
        width: int,
        height: int,
        colours: ColourSystem,
        path: FacePath = NO_FACE,
        region: str | None = None,
    ) -> None:
        self._style = style
        self._frame = (width, height)
        self._matrix = colours.matrix
        self._path = path
        letters = faces(style.family, style.weight, region or han_region(cues))
        self._cues, self._fitted = tuple(cues), fitted(cues, style, width, height, letters)
        if (around := self._placed()).is_cramped and self._fitted.most_lines > 1:
            whole = self._cues, self._fitted
            self._cues = single_lines(cues)
            self._fitted = fitted(self._cues, style, width, height, letters)
            if not self._placed().is_better(around):
                self._cues, self._fitted = whole
        self._starts = [cue.start for cue in self._cues]
        self._placement: Placement | None = None
        self._painter: tuple[int, CuePainter] | None = None
        self._drawn: tuple[_Look, _Layer] | None = None

    def __call__(self, pictures: Iterator[Picture]) -> Iterator[Picture]:
        """Yield the frames with captions."""
        for picture in pictures:
            self._place(picture)
            look = self._look(picture.seconds)
            if look is not None:
                _lay_over(picture, self._layer(look), self._opacity(look.cue, picture.seconds))
            yield picture

    def overlay(self, cue: int, active: int | None = None, step: int = len(GROWTH)) -> Overlay:
        """Return the drawing of one cue; on an even picture, unless one was seen before."""
        return self._painter_of(cue).paint(active, step)

    def _place(self, first: Picture | None) -> Placement:
        """Return the position of all captions, which follows from the first picture."""
        if self._placement is None:
            width, height = self._frame
            busyness = (
                None if first is None else row_busyness(first.parts[0], safe_area(width, height))
            )
            self._placement = self._placed(busyness)
        return self._placement

    def _placed(self, busyness: Busyness | None = None) -> Placement:
        block = block_height(self._style, self._fitted.size, self._fitted.most_lines)
        return place(*self._frame, block, self._path, busyness)

    def _look(self, seconds: float) -> _Look | None:
        number = bisect_right(self._starts, seconds + 1e-6) - 1
        if number < 0 or seconds >= self._cues[number].end:
            return None
        if self._style.accent is None or self._style.box:
            return _Look(number, None, 0)
        words = self._cues[number].words
        starts = [word.start for word in words]
        active = max(bisect_right(starts, seconds + _EARLY_SECONDS) - 1, 0)
        said_for = max(seconds + _EARLY_SECONDS - starts[active], 0)
        last = len(GROWTH) - 1 if self._style.grows else 0
        return _Look(number, active, min(int(said_for / _GROWTH_FRAME_SECONDS + 1e-6), last))

    def _layer(self, look: _Look) -> _Layer:
        if self._drawn is None or self._drawn[0] != look:
            overlay = self.overlay(look.cue, look.active, look.step)
            self._drawn = (look, _layer(overlay, self._matrix))
        return self._drawn[1]

    def _painter_of(self, number: int) -> CuePainter:
        if self._painter is None or self._painter[0] != number:
            layout = lay_out(
                self._fitted.lines[number],
                self._style,
                self._fitted.size,
                self._place(None),
                to_left=self._fitted.to_left[number],
            )
            self._painter = (number, CuePainter(layout, self._style, self._frame))
        return self._painter[1]

    def _opacity(self, number: int, seconds: float) -> float:
        """Return the opacity: a cue fades in if its style does so, unless it replaces another."""
        fade = self._style.fade_seconds
        follows = number and self._cues[number - 1].end >= self._cues[number].start - 1e-3
        if not fade or follows:
            return 1.0
        part = (seconds - self._cues[number].start) / fade
        return min((int(part * _FADE_STEPS) + 1) / _FADE_STEPS, 1.0)


def han_region(cues: Sequence[Cue]) -> str:
    """Return which regional forms Han characters take: Japanese beside kana, Korean beside
    Hangul."""
    letters = {letter for cue in cues for letter in cue.text}
    if any("\u3040" <= letter <= "\u30ff" for letter in letters):
        return "ja"
    return "ko" if any("\uac00" <= letter <= "\ud7a3" for letter in letters) else "zh-hans"


def _layer(overlay: Overlay, matrix: NDArray[np.float32]) -> _Layer:
    """Convert the overlay to the video's colour system; colours are premultiplied."""
    rgba = overlay.rgba.astype(np.float32)
    # Offsets are multiplied by the opacity.
    planes = np.concatenate([cv2.transform(rgba, matrix), rgba[:, :, 3:]], axis=2)
    half = (rgba.shape[1] // 2, rgba.shape[0] // 2)
    halved = cv2.resize(planes, half, interpolation=cv2.INTER_AREA)
    parts, alphas = [], []
    for number in range(3):
        source = halved if number else planes
        part, alpha = source[:, :, number], source[:, :, 3]
        parts.append(np.clip(part * 256 + 128, 0, 65535).astype(np.uint16))
        alphas.append((256 - np.round(alpha * (256 / 255))).astype(np.uint16))
    return _Layer(overlay.left, overlay.top, tuple(parts), tuple(alphas))


def _lay_over(picture: Picture, layer: _Layer, opacity: float) -> None:
    for number, plane in enumerate(picture.parts):
        added, kept = layer.added[number], layer.kept[number]
        if opacity < 1:
            added = (added * np.float32(opacity)).astype(np.uint16)
            kept = (256 - (256 - kept) * np.float32(opacity)).astype(np.uint16)
        share = 1 if number == 0 else 2
        top, left = layer.top // share, layer.left // share
        part: Plane = plane[top : top + added.shape[0], left : left + added.shape[1]]
        # At most 255 * 256 together: the frame keeps what the overlay leaves.
        mixed = np.multiply(part, kept, dtype=np.uint16)
        np.add(mixed, np.minimum(added, 65535 - mixed), out=mixed)
        np.right_shift(mixed, 8, out=mixed)
        part[:] = mixed.astype(np.uint8)
