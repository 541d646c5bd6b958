"""Placement of captions on a video: as low as platforms allow, and never over the mouth."""

from dataclasses import dataclass

import numpy as np

from talkinghead.av.face_path import FacePath
from talkinghead.captions.styles import Area, safe_area

_MOUTH_MARGIN = 0.3  # of the mouth's width, around it: the lips move between the looks
_EDGE = 0.025  # of the height: where there is no other way, text may be so near the border
_STEP = 0.01
# What it costs to leave the usual place, hide the face, be smaller, leave the safe area.
_MOVED, _OVER_FACE, _SMALLER, _OUTSIDE = 1.0, 2.5, 1.2, 0.5
_SCALES = (1.0, 0.92, 0.84, 0.76, 0.66, 0.55)


@dataclass(frozen=True)
class Placement:
    """The position of the block of lines.

    Attributes:
        bottom: of its lowest line, pixels from the top of the picture.
        area: within which lines may be as wide as they like.
        scale: by which the letters had to be smaller.
    """

    bottom: float
    area: Area
    scale: float = 1.0


def place(width: int, height: int, block: float, path: FacePath) -> Placement:
    """Return one placement for the whole video, so that captions do not jump.

    Args:
        width, height: of the picture, pixels.
        block: the height of the highest caption, pixels.
        path: where the face is in this picture; text keeps clear of wherever the mouth ever is.
    """
    area = safe_area(width, height)
    mouth = _mouth(path, width, height)
    if mouth is None or mouth.right < area.left or mouth.left > area.right:
        return Placement(area.bottom, area)
    face = _face(path, height)
    zones = ((0.0, area.top, area.bottom), (_OUTSIDE, _EDGE * height, (1 - _EDGE) * height))
    options: list[tuple[float, float, float]] = []
    for scale in _SCALES:
        for penalty, top, bottom in zones:
            cost, place = _best(block * scale, top, bottom, area.bottom, mouth, face, height)
            options.append((cost + penalty + _SMALLER * (1 - scale), place, scale))
    cost, bottom, scale = min(options)
    if cost == float("inf"):  # the mouth fills the picture: the bottom hides least of it
        return Placement((1 - _EDGE) * height, area, _SCALES[-1])
    return Placement(bottom, area, scale)


def _best(
    block: float, top: float, bottom: float, usual: float, mouth: Area, face: Area, height: int
) -> tuple[float, float]:
    """Return cost and bottom of the best position between two heights; infinite if there is
    none."""
    places = np.arange(bottom, top + block - 1e-6, -_STEP * height)
    if not len(places):
        return float("inf"), bottom
    tops = places - block
    is_clear = (tops >= mouth.bottom) | (places <= mouth.top)
    hidden = np.clip(np.minimum(places, face.bottom) - np.maximum(tops, face.top), 0, None)
    costs = _MOVED * np.abs(places - usual) / height + _OVER_FACE * hidden / height
    costs = np.where(is_clear, costs, np.inf)
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
    """Return the usual region of eyes and nose; covering chin and hair is acceptable."""
    top, bottom = (float(np.median(path.boxes[:, side])) * height for side in (1, 3))
    return Area(0, top + 0.1 * (bottom - top), 0, bottom - 0.12 * (bottom - top))
