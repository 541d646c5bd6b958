"""Blinking: the skin of the upper eyelid is drawn down over the eye."""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.face_geometry import (
    LEFT_BROW,
    LEFT_LOWER_LID,
    LEFT_UPPER_LID,
    RIGHT_BROW,
    RIGHT_LOWER_LID,
    RIGHT_UPPER_LID,
    FaceGeometry,
)
from talkinghead.draft.image_sampling import Floats, Image, blurred, pixel_grid, sample, smoothstep

_CLOSED = 0.96  # of the eye's height that a full blink covers
_WIDER = 0.1  # of its width that a lid reaches beyond the corners as FaceMesh sees them
_FOLD = 0.7  # of the way from the lid up to the brow: from here on the lid's skin is even
_LASH_DARKNESS = 0.4
_LID_SHADE = 0.05  # a lid turned down catches less light
_RAMP = 0.35  # of a blink, over which the photo's own crease and lashes go
_LEAST = 0.02  # a blink below this is not drawn


@dataclass(frozen=True, eq=False)
class _Eye:
    """One eye; the arrays have the shape of its box.

    Attributes:
        box: its part of the picture.
        v: face coordinate.
        lid: v of the upper lid's edge, by pixel.
        height: of the open eye below the lid's edge, 0 beside it.
        even: 0..1, how much of the closed lid's even skin is seen above the open eye.
        skin: its colours, (rows, columns, 3).
        lashes: how dark the line of lashes is, 0..1: less towards the corners.
        lash_width: of that line, in pixels.
    """

    box: tuple[slice, slice]
    v: Floats
    lid: Floats
    height: Floats
    even: Floats
    skin: Floats
    lashes: Floats
    lash_width: float


class Eyelids:
    """Closes the eyes of one photo.

    Args:
        image: RGB uint8 (height, width, 3).
        face: the face in it.
    """

    def __init__(self, image: Image, face: FaceGeometry) -> None:
        self._image, self._face = image, face
        self._eyes = [
            self._measure(RIGHT_UPPER_LID, RIGHT_LOWER_LID, RIGHT_BROW),
            self._measure(LEFT_UPPER_LID, LEFT_LOWER_LID, LEFT_BROW),
        ]

    def _measure(self, upper: list[int], lower: list[int], brow: list[int]) -> _Eye:
        face = self._face
        top, bottom, over = (_ordered(face.points[line]) for line in (upper, lower, brow))
        first, last = float(top[0, 0]), float(top[-1, 0])
        width = max(last - first, 1.0)
        x, y = face.landmarks[upper, :2].mean(0)
        box = self._box(x, y, width)
        grid = pixel_grid(*box)
        u, v = face.coordinates(grid[..., 0], grid[..., 1])
        # The lines are drawn out to the sides, so that nothing of the eye is left uncovered.
        inner = (u - (first + last) / 2) / (1 + 2 * _WIDER) + (first + last) / 2
        lid = np.interp(inner, top[:, 0], top[:, 1])
        height = np.maximum(np.interp(inner, bottom[:, 0], bottom[:, 1]) - lid, 0)
        room = np.maximum(lid - np.interp(u, over[:, 0], over[:, 1]), 0.3 * width) * _FOLD
        across = np.clip((inner - first) / width, 0, 1)
        rise = smoothstep((v - lid + room) / np.maximum(room - 0.25 * height, 1))
        return _Eye(
            box=box,
            v=v,
            lid=lid.astype(np.float32),
            height=height.astype(np.float32),
            even=(rise * smoothstep(np.minimum(across, 1 - across) / 0.2)).astype(np.float32),
            skin=self._lid_skin(u, v, lid, height, room),
            lashes=np.sqrt(np.clip(np.sin(np.pi * across), 0, 1)).astype(np.float32),
            lash_width=0.03 * width,
        )

    def _lid_skin(self, u: Floats, v: Floats, lid: Floats, height: Floats, room: Floats) -> Floats:
        """Return the colours of the closed lid, a gradient from above the eye to below it.

        The photo's own lid is not drawn out: its lashes and crease would be a dark smear.
        """
        if not u.size:
            return np.zeros((*u.shape, 3), np.float32)
        wide = max(0.12 * u.shape[1], 1.0)
        tallest = float(height.max())
        above = sample(self._image, *self._face.places(u, lid - 0.75 * room))
        below = sample(self._image, *self._face.places(u, lid + height + 0.45 * tallest))
        down = np.clip((v - lid + room) / (room + tallest), 0, 1)[..., None]
        above, below = blurred(above, wide), blurred(below, wide)
        colour = above + (0.45 + 0.4 * down) * (below - above)
        # The lid is round over the eyeball: lightest in its middle.
        return np.asarray(colour * (0.95 + 0.11 * np.exp(-(((down - 0.5) / 0.3) ** 2))), np.float32)

    def _box(self, x: float, y: float, width: float) -> tuple[slice, slice]:
        rows, columns = self._image.shape[:2]
        return (
            slice(max(int(y - width), 0), max(min(int(y + 0.7 * width), rows), 0)),
            slice(max(int(x - 0.9 * width), 0), max(min(int(x + 0.9 * width), columns), 0)),
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
            if eye.v.size:
                self._close_one(eye, frame, amount)

    def _close_one(self, eye: _Eye, frame: Image, amount: float) -> None:
        ramp = min(amount / _RAMP, 1.0)
        edge = eye.lid + amount * _CLOSED * eye.height
        over_eye = np.clip(eye.v - eye.lid + 0.5, 0, 1) * (eye.height > 0)
        covered = (ramp * eye.even * (1 - over_eye) + over_eye) * np.clip(edge - eye.v + 0.5, 0, 1)
        from_edge = (eye.v - edge + eye.lash_width) / eye.lash_width
        shade = 1 - _LID_SHADE * amount
        shade = shade - _LASH_DARKNESS * ramp * eye.lashes * np.exp(-(from_edge**2))
        mask = blurred(covered.astype(np.float32), 0.7)[..., None]
        pixels = frame[eye.box]
        pixels[:] = np.clip(pixels + mask * (eye.skin * shade[..., None] - pixels), 0, 255)


def _ordered(points: Floats) -> Floats:
    return points[np.argsort(points[:, 0])]
