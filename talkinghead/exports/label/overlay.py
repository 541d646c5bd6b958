"""The label as an overlay: where it stands, and when it is shown."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from talkinghead.av.frames import Picture
from talkinghead.av.overlays.areas import Area, OccupiedArea, free_of
from talkinghead.av.overlays.layer import Layer, OverlayImage, faded, lay_over, layer_of
from talkinghead.av.overlays.overlay import OverlayFrame
from talkinghead.captions.styles import safe_area
from talkinghead.catalogue.export import ExportLabel
from talkinghead.exports.label.drawing import draw_label

_EM = 0.037  # of the short side
_FADE_SECONDS = 0.24
_FADE_STEPS = 6
_SLIDE = 0.01  # of the height, from one tried place to the next
_AROUND = 0.006  # of the height, that other overlays keep off it


@dataclass(frozen=True)
class LabelStep:
    """The label that is wanted, as an overlay step."""

    label: ExportLabel

    needs_face: ClassVar[bool] = False

    def always(self) -> "LabelStep":
        """Return the same label, shown for the whole time."""
        return LabelStep(self.label.model_copy(update={"shown": "whole", "times": ()}))

    def place(self, frame: OverlayFrame, occupied: Sequence[OccupiedArea]) -> "LabelOverlay":
        """Return the label in its corner of the safe area, or as near as the others let it."""
        area = safe_area(frame.width, frame.height)
        em = _EM * min(frame.width, frame.height)
        rgba = draw_label(self.label.text, self.label.language, em, area.width)
        width, height = rgba.shape[1], rgba.shape[0]
        is_left = self.label.corner.endswith("left")
        left = int(area.left if is_left else area.right - width) // 2 * 2
        tops = _tops(self.label, area, height, frame.height)
        spare = _AROUND * frame.height
        image = OverlayImage(rgba, left, _free_top(tops, left, width, height, spare, occupied))
        return LabelOverlay(image, self.label.times or ((0.0, frame.seconds),), frame)


class LabelOverlay:
    """Frame filter that draws the label.

    Args:
        image: the label in its place.
        times: start and end in seconds of each time it is shown, in order.
        frame: the pictures.
    """

    def __init__(
        self, image: OverlayImage, times: Sequence[tuple[float, float]], frame: OverlayFrame
    ) -> None:
        self._times = tuple(times)
        self._starts = [start for start, _ in self._times]
        self._whole = self._times == ((0.0, frame.seconds),)
        layer = layer_of(image, frame.colours.matrix)
        self._levels = tuple(faded(layer, step / _FADE_STEPS) for step in range(1, _FADE_STEPS + 1))
        height, width = image.rgba.shape[:2]
        spare = _AROUND * frame.height
        self._area = Area(
            image.left - spare,
            image.top - spare,
            image.left + width + spare,
            image.top + height + spare,
        )

    @property
    def areas(self) -> tuple[OccupiedArea, ...]:
        """The label with a little air around it, each time it is shown."""
        return tuple(OccupiedArea(self._area, start, end) for start, end in self._times)

    def __call__(self, pictures: Iterator[Picture]) -> Iterator[Picture]:
        """Yield the frames with the label."""
        for picture in pictures:
            layer = self._shown(picture.seconds)
            if layer is not None:
                lay_over(picture, layer)
            yield picture

    def _shown(self, seconds: float) -> Layer | None:
        """Return the layer of this moment; fading in, except at the start, and out."""
        if self._whole:
            return self._levels[-1]
        number = bisect_right(self._starts, seconds + 1e-6) - 1
        if number < 0 or seconds >= self._times[number][1]:
            return None
        start, end = self._times[number]
        since = seconds - start if start > 0 else _FADE_SECONDS
        share = min(since, end - seconds, _FADE_SECONDS) / _FADE_SECONDS
        return self._levels[min(int(share * _FADE_STEPS), _FADE_STEPS - 1)]


def label_of(values: Mapping[str, Any] | None) -> LabelStep | None:
    """Return the step for an order's "label"; None for none."""
    return None if values is None else LabelStep(ExportLabel.model_validate(values))


def _tops(label: ExportLabel, area: Area, height: int, frame_height: int) -> list[int]:
    """Return the rows at which the label may begin, the nearest to its corner first."""
    first, last = area.top, max(area.bottom - height, area.top)
    tops = np.arange(first, last + 1e-6, _SLIDE * frame_height)
    places = [*tops.tolist(), last]
    ordered = places if label.corner.startswith("top") else places[::-1]
    return [int(top) // 2 * 2 for top in ordered]


def _free_top(
    tops: Sequence[int],
    left: int,
    width: int,
    height: int,
    spare: float,
    occupied: Sequence[OccupiedArea],
) -> int:
    """Return the first row where no other overlay is met; the corner's own if there is none."""
    around = Area(left - spare, 0, left + width + spare, height + 2 * spare)
    free = (
        top
        for top in tops
        if free_of(replace(around, top=top - spare, bottom=top + height + spare), occupied)
    )
    return next(free, tops[0])
