"""Finds the line between the lips in the photo's pixels: landmarks show a gap even for closed
lips."""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.face_geometry import (
    LOWER_INNER_LIP,
    UPPER_INNER_LIP,
    FaceGeometry,
)
from talkinghead.draft.image_sampling import Floats, Image, blurred, sample

_SMALLEST_GAP = 0.05  # of the eye distance: what FaceMesh reports on closed lips
_PARTED = 0.035  # likewise: more than on lips that touch
_NEUTRAL_WIDTH = 0.53  # of the eye distance between the inner corners of a resting mouth


@dataclass(frozen=True, eq=False)
class LipLine:
    """The line between the lips of the photo.

    Attributes:
        start: the u of the tables' first value; one value a pixel.
        upper: v of the upper lip's lower edge, by u.
        lower: v of the lower lip's upper edge, by u; equals upper if the mouth is closed.
        is_open: whether the photo shows an open mouth.
        gap: pixels between the lips in the middle; 0 where closed.
        smile: 0 at rest .. 1 for the widest smile.
        bow: pixels by which the middle of the line hangs below its corners, as in a smile.
    """

    start: float
    upper: Floats
    lower: Floats
    is_open: bool
    gap: float
    smile: float
    bow: float

    @property
    def u(self) -> Floats:
        """The u of each value."""
        return (self.start + np.arange(len(self.upper))).astype(np.float32)


def find_lip_line(image: Image, face: FaceGeometry, first_u: float, last_u: float) -> LipLine:
    """Return the lip line of the photo.

    Args:
        image: RGB uint8 (height, width, 3).
        face: the face in it.
        first_u, last_u: the range that the tables cover, in pixels.
    """
    u = first_u + np.arange(int(last_u - first_u) + 2, dtype=np.float32)
    upper, lower = _by_landmarks(face, u, UPPER_INNER_LIP), _by_landmarks(face, u, LOWER_INNER_LIP)
    lower = np.maximum(lower, upper)
    gap = max(float(face.points[14, 1] - face.points[13, 1]), 0.0)
    is_open = gap > _SMALLEST_GAP * face.eye_distance and _shows_inside(
        image, face, u, upper, lower
    )
    if not is_open:
        # Lips hardly parted: what glimmers between them goes with the upper one, as teeth do.
        parted = gap > _PARTED * face.eye_distance
        middle, reach = (upper + lower) / 2, lower - upper
        upper = lower = lower if parted else _darkest_line(image, face, u, middle, reach)
        gap = 0.0
    width = (face.mouth_right - face.mouth_left) / face.eye_distance
    lowest = float(np.interp(face.mouth_middle, u, (upper + lower) / 2))
    return LipLine(
        start=float(first_u),
        upper=upper.astype(np.float32),
        lower=lower.astype(np.float32),
        is_open=is_open,
        gap=gap,
        smile=float(np.clip((width / _NEUTRAL_WIDTH - 1) / 0.3, 0, 1)),
        bow=max(lowest, 0.0),
    )


def _by_landmarks(face: FaceGeometry, u: Floats, indices: list[int]) -> Floats:
    points = face.points[indices]
    points = points[np.argsort(points[:, 0])]
    return np.interp(u, points[:, 0], points[:, 1]).astype(np.float32)


def _pixels(image: Image, face: FaceGeometry, u: Floats, v: Floats) -> Floats:
    """Return colours (n, 3) at positions in face coordinates."""
    x, y = face.places(u[None], v[None])
    return np.asarray(sample(image, x, y)[0])


def _shows_inside(
    image: Image, face: FaceGeometry, u: Floats, upper: Floats, lower: Floats
) -> bool:
    """Whether between the lips there is something less red or much darker than the lips."""
    half = 0.5 * face.mouth_half_width
    columns = np.linspace(face.mouth_middle - half, face.mouth_middle + half, 15, dtype=np.float32)
    top, bottom = np.interp(columns, u, upper), np.interp(columns, u, lower)
    between = _pixels(image, face, columns, (top + bottom) / 2)
    lips = np.concatenate(
        [
            _pixels(image, face, columns, top - 0.12 * face.lip_height),
            _pixels(image, face, columns, bottom + 0.15 * face.lip_height),
        ]
    )

    def redness(colours: Floats) -> float:
        return float(np.median(colours[:, 0] - colours[:, 1:].mean(1)))

    darker = np.median(between.mean(1)) < 0.5 * np.median(lips.mean(1))
    return bool(redness(between) < 0.55 * redness(lips) or darker)


def _darkest_line(
    image: Image, face: FaceGeometry, u: Floats, middle: Floats, gap: Floats
) -> Floats:
    """Return the seam of closed lips: the darkest position of each column near the landmarks'
    line."""
    columns = np.linspace(face.mouth_left, face.mouth_right, 41, dtype=np.float32)
    line = np.interp(columns, u, middle).astype(np.float32)
    reach = np.maximum(np.interp(columns, u, gap), 0.1 * face.lip_height).astype(np.float32)
    rows = [line + step * reach for step in np.linspace(-0.85, 0.85, 25, dtype=np.float32)]
    brightness = np.stack([_pixels(image, face, columns, row).mean(1) for row in rows])
    darkest = blurred(brightness, 1.2).argmin(0)
    seam = blurred(np.stack(rows)[darkest, np.arange(len(columns))][None], 3.2)[0]
    # At the corners the dark of the cheek's fold would lead it away.
    trust = np.clip((1 - np.abs(np.linspace(-1, 1, len(columns)))) / 0.25, 0, 1)
    seam = seam * trust + line * (1 - trust)
    inside = (u >= face.mouth_left) & (u <= face.mouth_right)
    return np.where(inside, np.interp(u, columns, seam), middle).astype(np.float32)
