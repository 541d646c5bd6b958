"""Burns captions into frames: an overlay is drawn when the visible caption changes, and blended
onto every frame."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from talkinghead.av.frames import Picture
from talkinghead.av.overlays.areas import Area, OccupiedArea
from talkinghead.av.overlays.layer import Layer, OverlayImage, faded, lay_over, layer_of
from talkinghead.av.overlays.overlay import OverlayFrame
from talkinghead.captions.cues import Cue, single_lines
from talkinghead.captions.painting.fitting import fitted
from talkinghead.captions.painting.fonts import faces
from talkinghead.captions.painting.layout import block_height, lay_out
from talkinghead.captions.painting.painter import GROWTH, CuePainter
from talkinghead.captions.painting.placement import Busyness, Placement, place, row_busyness
from talkinghead.captions.styles import CaptionStyle, safe_area

_EARLY_SECONDS = 0.04  # a word lights up a frame before it is heard, never after
_GROWTH_FRAME_SECONDS = 0.04
_FADE_STEPS = 4
_SPARE = 0.3  # ems that a border, a shadow or a growing word reaches beyond the letters' block


@dataclass(frozen=True)
class Captions:
    """The captions to burn in, as an overlay step.

    Attributes:
        cues: made with `styles.rules_for` of this style and the result's size; one at least.
        style: how they look.
        region: whose Han characters; None finds out from the text.
    """

    cues: Sequence[Cue]
    style: CaptionStyle
    region: str | None = None

    needs_face: ClassVar[bool] = True

    def place(self, frame: OverlayFrame, occupied: Sequence[OccupiedArea]) -> "CaptionBurner":
        """Return the filter that burns them in."""
        return CaptionBurner(self.cues, self.style, frame, occupied, self.region)


@dataclass(frozen=True)
class _Look:
    """The visible state at a time; the overlay is redrawn when it changes."""

    cue: int
    active: int | None
    step: int


class CaptionBurner:
    """Frame filter that burns in captions.

    Args:
        cues: in order.
        style: how they look.
        frame: the pictures; captions keep clear of the mouth in them.
        occupied: what other overlays take: captions stand in no row of it.
        region: whose Han characters, see `fonts.faces`; None finds out from the text.
    """

    def __init__(
        self,
        cues: Sequence[Cue],
        style: CaptionStyle,
        frame: OverlayFrame,
        occupied: Sequence[OccupiedArea] = (),
        region: str | None = None,
    ) -> None:
        self._style = style
        self._frame = frame
        self._matrix = frame.colours.matrix
        self._occupied = tuple(each.area for each in occupied)
        width, height = frame.width, frame.height
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
        self._drawn: tuple[_Look, Layer] | None = None
        if frame.first is not None:
            self._place(frame.first)

    @property
    def areas(self) -> tuple[OccupiedArea, ...]:
        """The rows of the highest caption, while any is shown."""
        placement = self._place(None)
        size = self._fitted.size * placement.scale
        block = block_height(self._style, size, self._fitted.most_lines)
        spare = _SPARE * size
        area = Area(
            placement.area.left - spare,
            placement.bottom - block - spare,
            placement.area.right + spare,
            placement.bottom + spare,
        )
        return tuple(OccupiedArea(area, cue.start, cue.end) for cue in self._cues)

    def __call__(self, pictures: Iterator[Picture]) -> Iterator[Picture]:
        """Yield the frames with captions."""
        for picture in pictures:
            self._place(picture)
            look = self._look(picture.seconds)
            if look is not None:
                opacity = self._opacity(look.cue, picture.seconds)
                lay_over(picture, faded(self._layer(look), opacity))
            yield picture

    def overlay(self, cue: int, active: int | None = None, step: int = len(GROWTH)) -> OverlayImage:
        """Return the drawing of one cue; on an even picture, unless one was seen before."""
        return self._painter_of(cue).paint(active, step)

    def _place(self, first: Picture | None) -> Placement:
        """Return the position of all captions, which follows from the first picture."""
        if self._placement is None:
            area = safe_area(self._frame.width, self._frame.height)
            busyness = None if first is None else row_busyness(first.parts[0], area)
            self._placement = self._placed(busyness)
        return self._placement

    def _placed(self, busyness: Busyness | None = None) -> Placement:
        block = block_height(self._style, self._fitted.size, self._fitted.most_lines)
        spare = _SPARE * self._fitted.size
        occupied = [replace(e, top=e.top - spare, bottom=e.bottom + spare) for e in self._occupied]
        frame = self._frame
        return place(frame.width, frame.height, block, frame.path, busyness, occupied=occupied)

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

    def _layer(self, look: _Look) -> Layer:
        if self._drawn is None or self._drawn[0] != look:
            overlay = self.overlay(look.cue, look.active, look.step)
            self._drawn = (look, layer_of(overlay, self._matrix))
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
            frame = (self._frame.width, self._frame.height)
            self._painter = (number, CuePainter(layout, self._style, frame))
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
