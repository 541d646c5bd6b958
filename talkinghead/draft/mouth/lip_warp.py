"""Two-layer lip warp: moves the photo's skin so that jaw and lips take a given pose.

The upper and the lower half of the face are two layers, split at the lip line. For every pixel of
the frame each layer is asked where it came from (the backward map, solved by a few fixed-point
steps); where neither layer reaches is the inside of the mouth. So nothing tears, whatever the pose.
The smooth fields are solved on a coarse grid; only around the lips is the map exact to the pixel.
"""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.face_geometry import FaceGeometry
from talkinghead.draft.image_sampling import (
    Floats,
    Image,
    blurred,
    enlarged,
    look_up,
    moved,
    pixel_grid,
    smoothstep,
)
from talkinghead.draft.mouth.lip_line import LipLine
from talkinghead.draft.mouth.lip_movement import LipMovement
from talkinghead.draft.mouth.mouth_region import Box, chin_fade, within

_EDGE = 0.8  # pixels over which a lip's edge fades
_PARTED = 2.0  # of the shade between closed lips: parted so far they leave it
_CHEEK = 0.75  # of half the face's width: how far rounding lips draw in the cheeks
_STEPS = 3  # of the fixed point; the fields are smooth, three leave less than a tenth of a pixel
_LOWER_STEPS = 6  # likewise; a short chin makes the lower field steeper
_OPEN_REACH = 0.28  # of the eye distance: how far down an open mouth's inside can reach


@dataclass(frozen=True, eq=False)
class OpenMouth:
    """The area left open by the warp, in which the inside is drawn.

    Attributes:
        place: the part of the lip box that holds any of it; the arrays have its shape.
        inside: 0..1, how much of the pixel is inside of the mouth.
        top, bottom: v of the lips' edges above and below the pixel.
    """

    place: Box
    inside: Floats
    top: Floats
    bottom: Floats


@dataclass(frozen=True, eq=False)
class _Layers:
    """Maps the frame to the photo: u, and v in the upper and lower layer."""

    aside: Floats
    upper: Floats
    lower: Floats


class LipWarp:
    """Moves the lips of one photo.

    Args:
        image: RGB uint8 (height, width, 3).
        face: the face in it.
        region: the part of the picture that can move (from `mouth_region`).
        lips: its lip line; the tables cover the region.
        shade: pixels above and below the line that parted lips leave out, from `seam_shade`.

    Attributes:
        box: the lip box, rows and columns of the region.
        box_u, box_v: face coordinates of its pixels.
    """

    def __init__(
        self,
        image: Image,
        face: FaceGeometry,
        region: Box,
        lips: LipLine,
        shade: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        self._image, self._face, self._lips, self.region = image, face, lips, region
        rows, columns = region
        grid = pixel_grid(rows, columns)
        self._x, self._y = np.ascontiguousarray(grid[..., 0]), np.ascontiguousarray(grid[..., 1])
        self._step = step = max(3, round(face.eye_distance / 40))
        half = (step - 1) / 2
        x = np.arange(columns.start, columns.stop + step, step, dtype=np.float32) + half
        y = np.arange(rows.start, rows.stop + step, step, dtype=np.float32) + half
        coarse_x, coarse_y = np.meshgrid(x, y)
        self._u, self._v = face.coordinates(coarse_x, coarse_y)
        self._mouth_only = self._narrowing_field()
        self._find_lip_box()
        self._shade = shade

    def _narrowing_field(self) -> Floats:
        """Return u from the middle of the mouth, where rounding and spreading act: lips, less of
        the cheeks."""
        face = self._face
        offset = self._u - face.mouth_middle
        side = np.where(offset < 0, np.float32(-1), np.float32(1))
        corner = np.where(offset < 0, face.mouth_left, face.mouth_right) - face.mouth_middle
        edge = face.face_middle + side * _CHEEK * face.face_half_width - face.mouth_middle
        room = np.maximum(edge / corner - 1, 0.05)  # of the mouth's half width, to the cheek's edge
        beyond = np.clip(1 - (np.abs(offset / corner) - 1) / np.maximum(room, 0.35), 0, 1)
        # On a turned head the far corner is at the outline, which must not be drawn in.
        beyond *= smoothstep(room / 0.8)
        above, below = self._v / (0.72 * face.nose), self._v / (0.62 * face.chin)
        fade = np.exp(-(np.where(self._v < 0, above, below) ** 2))
        return blurred(np.asarray(beyond * fade * offset, np.float32), 1.5)

    def _find_lip_box(self) -> None:
        face, lips, step = self._face, self._lips, self._step
        half = 1.25 * face.mouth_half_width
        drop = _OPEN_REACH * face.eye_distance
        top = min(float(lips.upper.min()), 0.0) - 0.4 * face.lip_height - 0.1 * drop
        bottom = float(lips.lower.max()) + drop + 0.35 * face.lip_height
        middle = (face.mouth_left + face.mouth_right) / 2
        u = np.array([middle - half, middle + half] * 2, np.float32)
        x, y = face.places(u, np.array([top, top, bottom, bottom], np.float32))
        (height, width), (coarse_rows, coarse_columns) = self._x.shape, self._u.shape
        rows = within(y - self.region[0].start, height)
        columns = within(x - self.region[1].start, width)
        self.box = (rows, columns)
        self._coarse_rows, inner_rows = _coarse(rows, step, coarse_rows)
        self._coarse_columns, inner_columns = _coarse(columns, step, coarse_columns)
        self._inner = (inner_rows, inner_columns)
        self.box_u, self.box_v = face.coordinates(self._x[self.box], self._y[self.box])

    def apply(self, movement: LipMovement) -> tuple[Image, OpenMouth | None]:
        """Return the region with the lips moved, and the opening between them, or None."""
        aside = np.float32(movement.narrowing) * self._mouth_only
        positions = self._u + aside - np.float32(self._lips.start)
        seams = look_up(movement.seams, positions)
        upper = self._solve_upper(seams)
        lower = self._solve_lower(seams, look_up(movement.jaw, positions))
        dx, dy = self._face.in_picture(aside, _joined(seams, upper, lower) - self._v)
        height, width = self._x.shape
        x = self._x + enlarged(dx, self._step)[:height, :width]
        y = self._y + enlarged(dy, self._step)[:height, :width]
        opened = self._refine(x, y, movement, _Layers(aside, upper - self._v, lower - self._v))
        return moved(self._image, x, y), opened

    def _solve_upper(self, seams: Floats) -> Floats:
        """Return v in the photo for the upper layer: fixed at the nose, moved at the lip."""
        nose = np.float32(self._face.nose)
        slope = 1 / np.maximum(seams[..., 0] - nose, 1)
        source = self._v
        for _ in range(_STEPS):
            source = self._v - seams[..., 2] * smoothstep((source - nose) * slope)
        return source

    def _solve_lower(self, seams: Floats, jaw: Floats) -> Floats:
        """Return v in the photo for the lower layer: lip, jaw, then fixed below the chin."""
        chin, lip = np.float32(self._face.chin), seams[..., 1]
        slope = 1.15 / np.maximum(chin - lip, 1)
        fade = np.float32(chin_fade(self._face, float(jaw.max())))
        source = self._v
        for _ in range(_LOWER_STEPS):
            of_jaw = smoothstep((np.maximum(source, lip) - lip) * slope)
            down = seams[..., 3] + of_jaw * (jaw - seams[..., 3])
            source = self._v - down * (1 - smoothstep((source - chin) / fade))
        return source

    def _refine(
        self, x: Floats, y: Floats, movement: LipMovement, coarse: _Layers
    ) -> OpenMouth | None:
        """Refine the map in the lip box to pixel accuracy, and find the opening."""
        aside, upper, lower = map(self._in_lip_box, (coarse.aside, coarse.upper, coarse.lower))
        source_u, upper, lower = self.box_u + aside, self.box_v + upper, self.box_v + lower
        seams = look_up(movement.seams, source_u - np.float32(self._lips.start))
        dx, dy = self._face.in_picture(
            aside, _joined(self._without_shade(seams), upper, lower) - self.box_v
        )
        x[self.box] = self._x[self.box] + dx
        y[self.box] = self._y[self.box] + dy
        covered = np.maximum(seams[..., 0] - upper, lower - seams[..., 1])
        return self._open_part(source_u, seams, covered)

    def _without_shade(self, seams: Floats) -> Floats:
        """Return the seams where each lip ends in the photo, short of the shade in which they
        meet."""
        above, below = self._shade
        if not above + below:
            return seams
        opening = seams[..., 1] + seams[..., 3] - seams[..., 0] - seams[..., 2]
        parted = smoothstep(opening / (_PARTED * (above + below)))
        seams = seams.copy()
        seams[..., 0] -= above * parted
        seams[..., 1] += below * parted
        return seams

    def _in_lip_box(self, field: Floats) -> Floats:
        part = np.ascontiguousarray(field[self._coarse_rows, self._coarse_columns])
        return enlarged(part, self._step)[self._inner]

    def _open_part(self, source_u: Floats, seams: Floats, covered: Floats) -> OpenMouth | None:
        """Return where neither layer reaches; covered is how far the nearer one reaches over a
        pixel."""
        face = self._face
        # Down a steep edge a pixel is nearer to it than it is below it.
        across = np.gradient(covered, axis=1)
        inside = np.clip(0.5 - covered / (_EDGE * np.sqrt(1 + across * across)), 0, 1)
        inside[(source_u <= face.mouth_left) | (source_u >= face.mouth_right)] = 0
        rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
        if not rows.size:
            return None
        place = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        upper, lower, upper_down, lower_down = np.moveaxis(seams[place], -1, 0)
        top, bottom = upper + upper_down, lower + lower_down
        return OpenMouth(
            place, inside[place] * np.clip((bottom - top - 0.3) / 1.2, 0, 1), top, bottom
        )


def _joined(seams: Floats, upper: Floats, lower: Floats) -> Floats:
    """Return v in the photo for each pixel: from the layer that reaches further, never beyond its
    own lip."""
    of_upper, of_lower = np.minimum(upper, seams[..., 0]), np.maximum(lower, seams[..., 1])
    return np.where(lower - seams[..., 1] > seams[..., 0] - upper, of_lower, of_upper)


def _coarse(pixels: slice, step: int, count: int) -> tuple[slice, slice]:
    """Return the coarse cells around some pixels with one more, and the positions of those pixels
    in them."""
    start, stop = max(pixels.start // step - 1, 0), min(pixels.stop // step + 2, count)
    return slice(start, stop), slice(pixels.start - start * step, pixels.stop - start * step)
