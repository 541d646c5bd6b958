"""Blinking: the eye as it looks closed is uncovered from above, behind a moving line of lashes."""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.eyes.closed_eye import ClosedEye, paint_closed_eye
from talkinghead.draft.eyes.eye_mask import EyeGrid
from talkinghead.draft.eyes.eye_opening import EyeOpening, measure_opening
from talkinghead.draft.eyes.lashes import Lashes, carried_lashes
from talkinghead.draft.face_geometry import (
    LEFT_BROW,
    LEFT_LOWER_LID,
    LEFT_UPPER_LID,
    RIGHT_BROW,
    RIGHT_LOWER_LID,
    RIGHT_UPPER_LID,
    FaceGeometry,
)
from talkinghead.draft.image_sampling import Floats, Image, pixel_grid

_SIDE = 1.2  # of its width to each side of its middle: the box around an eye
_UPWARDS = 0.6  # of its width above and below its middle, beside its height
_SHUT = 1.12  # an eye is shut a little before its blink is whole: no slit is left
_RAMP = 0.35  # of a blink, over which the open eye's lashes and crease go
_LOWER_FROM = 0.55  # of a blink, from where on the lower lashes go
_LEAST = 0.02  # a blink below this is not drawn


@dataclass(frozen=True, eq=False)
class _Eye:
    """One eye; the arrays have the shape of its box.

    Attributes:
        box: its part of the picture.
        v: face coordinate.
        top, line: v of its upper border, and of the lashes when it is closed.
        closed: what it looks like closed.
        lashes: those at the lid's edge.
    """

    box: tuple[slice, slice]
    v: Floats
    top: Floats
    line: Floats
    closed: ClosedEye
    lashes: Lashes


class Eyelids:
    """Closes the eyes of one photo.

    Args:
        image: RGB uint8 (height, width, 3).
        face: the face in it.
    """

    def __init__(self, image: Image, face: FaceGeometry) -> None:
        self._image, self._face = image, face
        openings = (
            measure_opening(image, face, RIGHT_UPPER_LID, RIGHT_LOWER_LID, RIGHT_BROW),
            measure_opening(image, face, LEFT_UPPER_LID, LEFT_LOWER_LID, LEFT_BROW),
        )
        eyes = [self._eye(opening) for opening in openings]
        self._eyes = [eye for eye in eyes if eye is not None]

    def _eye(self, opening: EyeOpening) -> _Eye | None:
        """Return what is drawn of an eye, or None where it is outside the picture."""
        box = self._box(opening)
        points = pixel_grid(*box)
        if not points.size:
            return None
        u, v = self._face.coordinates(points[..., 0], points[..., 1])
        top, bottom, root, line, brow = (
            np.interp(u, opening.u, border).astype(np.float32)
            for border in (opening.top, opening.bottom, opening.root, opening.closed, opening.brow)
        )
        grid = EyeGrid(u, v, top, bottom, root, line, brow)
        closed = paint_closed_eye(self._image[box], self._face, self._image, opening, grid)
        seen = self._image[box].astype(np.float32)
        corner = (box[1].start, box[0].start)
        return _Eye(
            box=box,
            v=v,
            top=root,
            line=line,
            closed=closed,
            lashes=carried_lashes(seen, closed.skin, self._face, opening, grid, corner),
        )

    def _box(self, opening: EyeOpening) -> tuple[slice, slice]:
        rows, columns = self._image.shape[:2]
        x, y = (
            float(part.mean())
            for part in self._face.places(opening.u, (opening.top + opening.bottom) / 2)
        )
        reach = _UPWARDS * opening.width + float((opening.bottom - opening.top).max())
        side = _SIDE * opening.width
        return (
            slice(max(int(y - reach), 0), max(min(int(y + reach), rows), 0)),
            slice(max(int(x - side), 0), max(min(int(x + side), columns), 0)),
        )

    def close(self, frame: Image, amount: float) -> None:
        """Draw the lids in place.

        Args:
            frame: RGB uint8, of the photo's size.
            amount: 0 open .. 1 closed.
        """
        if amount < _LEAST:
            return
        for eye in self._eyes:
            _close_one(eye, frame, amount)


def _close_one(eye: _Eye, frame: Image, amount: float) -> None:
    amount = min(amount * _SHUT, 1)
    edge = eye.top + amount * (eye.line - eye.top)
    # Above the eye its lashes go as it begins to close, below it as the lid arrives.
    ramp, late = min(amount / _RAMP, 1.0), max(amount - _LOWER_FROM, 0) / (1 - _LOWER_FROM)
    over, under = np.clip(eye.v - eye.top + 0.5, 0, 1), np.clip(eye.v - edge + 0.5, 0, 1)
    share = ramp + over * (1 - ramp)
    below = late * np.clip(eye.v - eye.line + 0.5, 0, 1)
    mask = eye.closed.weight * (share + under * (below - share))
    pixels = frame[eye.box].astype(np.float32)
    pixels += mask[..., None] * (eye.closed.colours - pixels)
    pixels *= 1 - ramp * eye.lashes.darkness(eye.v - edge, amount)
    frame[eye.box] = np.clip(pixels + 0.5, 0, 255).astype(np.uint8)
