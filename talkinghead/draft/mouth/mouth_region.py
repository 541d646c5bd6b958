"""The region of a picture that a moving mouth can change."""

import numpy as np

from talkinghead.draft.face_geometry import FaceGeometry
from talkinghead.draft.image_sampling import Floats
from talkinghead.draft.mouth.lip_movement import JAW_DROP

# Of the chin's distance, and of its fall: over how much below it the skin gives.
_CHIN_FADE, _STEEPEST = 0.75, 2.3

Box = tuple[slice, slice]


def mouth_region(face: FaceGeometry, height: int, width: int) -> Box:
    """Return the region of a picture of this size that a moving mouth can change: nose to below the
    chin."""
    half = 1.7 * face.face_half_width
    left, right = face.face_middle - half, face.face_middle + half
    fall = JAW_DROP * face.eye_distance
    top, bottom = 1.9 * face.nose, 1.1 * face.chin + chin_fade(face, fall)
    u = np.array([left, right, right, left], np.float32)
    x, y = face.places(u, np.array([top, top, bottom, bottom], np.float32))
    return within(y, height), within(x, width)


def range_of_u(face: FaceGeometry, region: Box) -> tuple[float, float]:
    """Return the least and the greatest u in a region of the picture, with a margin."""
    rows, columns = region
    x = np.array([columns.start, columns.stop] * 2, np.float32)
    y = np.array([rows.start, rows.start, rows.stop, rows.stop], np.float32)
    u, _ = face.coordinates(x, y)
    return float(u.min()) - 8, float(u.max()) + 8


def chin_fade(face: FaceGeometry, fall: float) -> float:
    """Return over how many pixels below the chin its fall ends; over fewer, the skin would fold."""
    return max(_CHIN_FADE * face.chin, _STEEPEST * fall)


def within(places: Floats, length: int) -> slice:
    """Return the slice of whole pixels that contain all positions, clipped to the length."""
    return slice(max(int(places.min()), 0), max(min(int(places.max()) + 1, length), 1))
