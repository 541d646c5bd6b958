"""Finds the line between the lips in the photo's pixels: landmarks show a gap even for closed
lips."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talkinghead.draft.face_geometry import (
    LOWER_INNER_LIP,
    UPPER_INNER_LIP,
    FaceGeometry,
)
from talkinghead.draft.image_sampling import Floats, Image, blurred, sample

_WIDE_GAP = 0.05  # of the eye distance: what FaceMesh reports at most on closed lips
_PARTED = 0.035  # likewise: more than on most lips that touch
_LEAST_GAP = 0.018  # likewise, as pixels show it: less is the shade of a seam
_GLIMMER = 0.1  # of what is seen between lips that hardly part: teeth, no gleam
_LEAST_TEETH = 0.35  # of what is seen between the lips
_DARKER = 0.45  # of the lips' brightness: what is darker is the inside of the mouth
_LIGHTER, _PALER = 1.1, 0.6  # of the lips' brightness and redness: teeth
_RED = 8.0  # of 255: lips with less redness are those of a grey picture
_FRINGE = 0.9  # pixels of blur at a border, which would go with the lips as a white line
_AROUND = 0.12  # of the lips' height beyond their landmarks that is looked at
_NEUTRAL_WIDTH = 0.53  # of the eye distance between the inner corners of a resting mouth


Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class LipLine:
    """The line between the lips of the photo.

    Attributes:
        start: the u of the tables' first value; one value a pixel.
        upper: v of the upper lip's lower edge, by u.
        lower: v of the lower lip's upper edge, by u; equals upper if the mouth is closed.
        is_open: whether the photo shows an open mouth.
        shows_teeth: whether the photo's own teeth are seen in it.
        teeth_above: whether teeth glimmer between lips that hardly part, and go with the upper.
        gap: pixels between the lips in the middle; 0 where closed.
        smile: 0 at rest .. 1 for the widest smile.
        bow: pixels by which the middle of the line hangs below its corners, as in a smile.
    """

    start: float
    upper: Floats
    lower: Floats
    is_open: bool
    shows_teeth: bool
    teeth_above: bool
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
    reported = float(face.points[14, 1] - face.points[13, 1]) / face.eye_distance
    inside = _find_inside(image, face, u, upper, lower, is_wide=reported > _WIDE_GAP)
    parted = inside is None and reported > _PARTED
    teeth_above = parted and _glimmers(image, face, u, upper, lower)
    if inside is None:
        # Lips hardly parted: what glimmers between them goes with the upper one, as teeth do.
        seam = _darkest_line(image, face, u, (upper + lower) / 2, lower - upper)
        upper = lower = lower if parted else seam
    else:
        upper, lower = inside.upper, inside.lower
    middle = np.abs(u - face.mouth_middle) < 0.25 * face.mouth_half_width
    gap = float((lower - upper)[middle].mean()) if inside else 0.0
    width = (face.mouth_right - face.mouth_left) / face.eye_distance
    lowest = float(np.interp(face.mouth_middle, u, (upper + lower) / 2))
    return LipLine(
        start=float(first_u),
        upper=upper.astype(np.float32),
        lower=lower.astype(np.float32),
        is_open=inside is not None,
        shows_teeth=inside is not None and inside.teeth > _LEAST_TEETH,
        teeth_above=teeth_above,
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


@dataclass(frozen=True, eq=False)
class _Inside:
    """What is seen between parted lips: v of its borders by u, and the share of teeth in it."""

    upper: Floats
    lower: Floats
    teeth: float


def _find_inside(
    image: Image, face: FaceGeometry, u: Floats, upper: Floats, lower: Floats, *, is_wide: bool
) -> _Inside | None:
    """Return what the pixels show between the lips, or None where lips touch.

    Args:
        image: RGB uint8 (height, width, 3).
        face: the face in it.
        u: of the tables.
        upper, lower: v of the lips' edges by u, as the landmarks have them.
        is_wide: the landmarks report more of a gap than they do on closed lips: the borders are
            theirs. A narrow gap they miss by its own height: then they are those of the pixels.
    """
    columns = np.linspace(face.mouth_left, face.mouth_right, 41, dtype=np.float32)
    margin = (0 if is_wide else _AROUND) * face.lip_height
    top, bottom = np.interp(columns, u, upper) - margin, np.interp(columns, u, lower) + margin
    rows = np.linspace(0, 1, 33)[:, None] * (bottom - top) + top
    colours = np.stack([_pixels(image, face, columns, row) for row in rows.astype(np.float32)])
    around = _AROUND * face.lip_height
    beside = [_pixels(image, face, columns, row) for row in (top - around, bottom + around)]
    teeth, dark = _teeth_and_dark(colours, np.concatenate([each[10:-10] for each in beside]))
    inside, middle = teeth | dark, slice(10, -10)
    thickness = float((inside.mean(0) * (bottom - top))[middle].mean()) / face.eye_distance
    if thickness < (_LEAST_GAP if not is_wide else 0.5 * _WIDE_GAP):
        return None
    share = float(teeth[:, middle].sum() / max(inside[:, middle].sum(), 1))
    if is_wide:
        return _Inside(upper, lower, share)
    first, last = _borders(inside, rows)
    first, last = first - _FRINGE, last + _FRINGE
    # Towards the corners few pixels tell: the lips meet there.
    trust = np.clip((1 - np.abs(np.linspace(-1, 1, len(columns)))) / 0.2, 0, 1)
    seam = np.interp(columns, u, (upper + lower) / 2)
    lines = [seam + trust * (blurred(line[None], 1.5)[0] - seam) for line in (first, last)]
    outside = (u < face.mouth_left) | (u > face.mouth_right)
    first, last = (
        np.where(outside, (upper + lower) / 2, np.interp(u, columns, line)) for line in lines
    )
    return _Inside(first, np.maximum(first, last), share)


def _glimmers(image: Image, face: FaceGeometry, u: Floats, upper: Floats, lower: Floats) -> bool:
    """Whether something lighter and paler than the lips is seen between them."""
    columns = np.linspace(face.mouth_left, face.mouth_right, 41, dtype=np.float32)[10:-10]
    top, bottom = np.interp(columns, u, upper), np.interp(columns, u, lower)
    rows = [top + step * (bottom - top) for step in np.linspace(0.1, 0.9, 9)]
    colours = np.stack([_pixels(image, face, columns, row.astype(np.float32)) for row in rows])
    around = _AROUND * face.lip_height
    beside = [
        _pixels(image, face, columns, row.astype(np.float32))
        for row in (top - around, bottom + around)
    ]
    return float(_teeth_and_dark(colours, np.concatenate(beside))[0].mean()) > _GLIMMER


def _teeth_and_dark(colours: Floats, lips: Floats) -> tuple[Mask, Mask]:
    """Return where teeth are seen, lighter and less red than lips, and where it is much darker.

    In a grey picture a light spot may be a gleam on a lip: only the dark counts.
    """
    bright, red = float(np.median(lips.mean(-1))), float(np.median(_redness(lips)))
    light = colours.mean(-1)
    teeth = (light > _LIGHTER * bright) & (_redness(colours) < _PALER * red) & (red > _RED)
    return teeth, light < _DARKER * bright


def _borders(inside: Mask, rows: npt.NDArray[np.floating]) -> tuple[Floats, Floats]:
    """Return v of the first and the last row that is inside, by column; both in the middle where
    none is."""
    some = inside.any(0)
    first = np.where(some, inside.argmax(0), len(inside) // 2)
    last = np.where(some, len(inside) - 1 - inside[::-1].argmax(0), len(inside) // 2)
    column = np.arange(inside.shape[1])
    return rows[first, column].astype(np.float32), rows[last, column].astype(np.float32)


def _redness(colours: Floats) -> Floats:
    return np.asarray(colours[..., 0] - colours[..., 1:].mean(-1))


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
