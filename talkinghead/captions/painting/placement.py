"""Placement of captions on a video: as low as platforms allow and never over the mouth; beside the
face rather than over it, and on an even part of the picture rather than a busy one."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from talkinghead.av.face_path import FacePath
from talkinghead.av.frames import Plane
from talkinghead.av.overlays.areas import Area
from talkinghead.captions.styles import safe_area

Busyness = NDArray[np.float64]
"""How busy each row of a picture is behind captions, 0 to 1, shape (height,)."""

_MOUTH_MARGIN = 0.3  # of the mouth's width, around it: the lips move between the looks
_EDGE = 0.025  # of the height: where there is no other way, text may be so near the border
_STEP = 0.01
_HAIR = 0.2  # of the face's height, above it
_CHIN = 0.12  # of the face's height: so much of its lower end may be covered
# What it costs to leave the usual place, hide the face, be smaller, leave the safe area (at all,
# and by how much of the height), and stand on a busy ground.
_MOVED, _OVER_FACE, _SMALLER, _OUTSIDE, _FURTHER, _BUSY = 1.0, 12.0, 1.2, 0.2, 1.5, 0.3
_OVER_BROW = 5.0  # and stand in the hair, on the forehead or over the eyes: more than all of these
_CRAMPED = 0.76  # as a scale: below it fewer lines are better
_SCALES = (1.0, 0.92, 0.84, 0.76, 0.66, 0.55)
_LOOKED_AT = 160  # px of the width: finer detail does not disturb reading
_NOWHERE = Area(0.0, -1.0, 0.0, -1.0)
_BUSIEST = 24.0  # mean step of brightness from pixel to pixel, of 255


@dataclass(frozen=True)
class Placement:
    """The position of the block of lines.

    Attributes:
        bottom: of its lowest line, pixels from the top of the picture.
        area: within which lines may be as wide as they like.
        scale: by which the letters had to be smaller.
        over_brow: whether they stand in the hair, on the forehead or over the eyes.
    """

    bottom: float
    area: Area
    scale: float = 1.0
    over_brow: bool = False

    @property
    def is_cramped(self) -> bool:
        """Whether a lower block of captions would stand better."""
        return self.over_brow or self.scale < _CRAMPED

    def is_better(self, other: "Placement") -> bool:
        """Return whether captions stand better here: off the brow, or else larger."""
        return (self.over_brow, -self.scale) < (other.over_brow, -other.scale)


def place(
    width: int,
    height: int,
    block: float,
    path: FacePath,
    busyness: Busyness | None = None,
    *,
    occupied: Sequence[Area] = (),
) -> Placement:
    """Return one placement for the whole video, so that captions do not jump.

    Args:
        width, height: of the picture, pixels.
        block: the height of the highest caption, pixels.
        path: where the face is in this picture; text keeps clear of wherever the mouth ever is.
        busyness: of the picture's rows; None counts every row as even.
        occupied: what other overlays take; text keeps out of these rows.
    """
    area = safe_area(width, height)
    mouth = _mouth(path, width, height)
    if mouth is not None and (mouth.right < area.left or mouth.left > area.right):
        mouth = None
    usual = Area(area.left, area.bottom - block, area.right, area.bottom)
    if mouth is None and not any(usual.shares_rows(each) for each in occupied):
        return Placement(area.bottom, area)
    if busyness is None:
        busyness = np.zeros(height)
    ground = np.concatenate([[0.0], np.cumsum(busyness)])
    face = _NOWHERE if mouth is None else _face(path, height)
    kept_clear = [*occupied] if mouth is None else [mouth, *occupied]
    options: list[tuple[float, float, float]] = []
    for scale in _SCALES:
        cost, bottom = _best(block * scale, area, mouth or _NOWHERE, face, kept_clear, ground)
        options.append((cost + _SMALLER * (1 - scale), bottom, scale))
    cost, bottom, scale = min(options)
    if cost == float("inf"):
        return _last_resort(block * _SCALES[-1], height, area, occupied)
    over_brow = mouth is not None and bottom <= mouth.top and bottom > face.top
    return Placement(bottom, area, scale, over_brow)


def _last_resort(block: float, height: int, area: Area, occupied: Sequence[Area]) -> Placement:
    """Return where captions stand if the mouth fills the picture: the bottom hides least of it, or
    the top where another overlay is at the bottom."""
    bottoms = ((1 - _EDGE) * height, _EDGE * height + block)
    free = (
        bottom
        for bottom in bottoms
        if not any(Area(0, bottom - block, 1, bottom).shares_rows(each) for each in occupied)
    )
    return Placement(next(free, bottoms[0]), area, _SCALES[-1])


def row_busyness(brightness: Plane, area: Area) -> Busyness:
    """Return how busy each row of a picture is within the area's width: 0 is even, 1 is full of
    edges.

    Args:
        brightness: the picture's luma, shape (height, width).
        area: within which captions may be.
    """
    band = brightness[:, int(area.left) : max(int(area.right), int(area.left) + 2)]
    scale = min(_LOOKED_AT / band.shape[1], 1.0)
    size = (max(round(band.shape[1] * scale), 2), max(round(band.shape[0] * scale), 2))
    small = cv2.resize(band, size, interpolation=cv2.INTER_AREA).astype(np.float64)
    across = np.abs(np.diff(small, axis=1)).mean(axis=1)
    down = np.abs(np.diff(small, axis=0, append=small[-1:])).mean(axis=1)
    rows = np.clip((across + down) / _BUSIEST, 0.0, 1.0)
    places = np.linspace(0, len(rows) - 1, band.shape[0])
    return np.asarray(np.interp(places, np.arange(len(rows)), rows))


def _best(
    block: float,
    area: Area,
    mouth: Area,
    face: Area,
    kept_clear: Sequence[Area],
    ground: NDArray[np.float64],
) -> tuple[float, float]:
    """Return cost and bottom of the best position; infinite if there is none that is clear.

    Args:
        block: of the captions, pixels.
        area: that platforms do not cover.
        mouth, face: which part of the picture they take.
        kept_clear: in whose rows no caption stands: the mouth, and other overlays.
        ground: the sum of the busyness of all rows above each row.
    """
    height = len(ground) - 1
    places = np.arange(area.bottom, _EDGE * height + block - 1e-6, -_STEP * height)
    lower = np.arange(area.bottom, (1 - _EDGE) * height + 1e-6, _STEP * height)[1:]
    places = np.concatenate([places, lower, [(1 - _EDGE) * height]])
    if not len(places):
        return float("inf"), area.bottom
    tops = places - block
    is_clear = np.ones(len(places), bool)
    for each in kept_clear:
        is_clear &= (tops >= each.bottom) | (places <= each.top)
    hidden = np.clip(np.minimum(places, face.bottom) - np.maximum(tops, face.top), 0, None)
    beyond = np.clip(places - area.bottom, 0, None) + np.clip(area.top - tops, 0, None)
    rows = np.clip(np.stack([tops, places]), 0, height).astype(int)
    busy = (ground[rows[1]] - ground[rows[0]]) / block
    costs = _MOVED * np.abs(places - area.bottom) / height + _OVER_FACE * hidden / height
    costs += _OUTSIDE * (beyond > 0) + _FURTHER * beyond / height + _BUSY * busy
    costs += _OVER_BROW * ((places <= mouth.top) & (hidden > 0))
    costs = np.where(is_clear & (tops >= _EDGE * height - 1e-6), costs, np.inf)
    best = int(costs.argmin())
    return float(costs[best]), float(places[best])


def _mouth(path: FacePath, width: int, height: int) -> Area | None:
    """Return the region in px that the mouth covers at any time in the video."""
    if not len(path):
        return None
    left, top = path.mouths[:, :2].min(axis=0)
    right, bottom = path.mouths[:, 2:].max(axis=0)
    margin = _MOUTH_MARGIN * float(np.median(path.mouths[:, 2] - path.mouths[:, 0])) * width
    return Area(
        left * width - margin, top * height - margin, right * width + margin,
        bottom * height + margin,
    )  # fmt: skip


def _face(path: FacePath, height: int) -> Area:
    """Return the usual region of the face with its hair; covering the chin is acceptable."""
    top, bottom = (float(np.median(path.boxes[:, side])) * height for side in (1, 3))
    return Area(0, top - _HAIR * (bottom - top), 0, bottom - _CHIN * (bottom - top))
