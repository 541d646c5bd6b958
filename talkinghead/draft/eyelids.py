"""Blinking: skin in the colours around the eye is drawn down over it, with a line of lashes."""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.eye_opening import EyeOpening, Mask, find_lashes, lab, measure_opening
from talkinghead.draft.face_geometry import (
    LEFT_LOWER_LID,
    LEFT_UPPER_LID,
    RIGHT_LOWER_LID,
    RIGHT_UPPER_LID,
    FaceGeometry,
)
from talkinghead.draft.image_sampling import Floats, Image, blurred, pixel_grid, sample, smoothstep

_ABOVE = (0.1, 0.16, 0.22)  # rows above the eye, of its width, where lid skin may be seen
_BELOW = (0.1, 0.16, 0.24)  # likewise below it
# CIELAB L that the lid's top may be under the skin below the eye, a brow throws shadow, and that
# its middle may differ.
_DARKER, _ALIKE = 6.0, 2.0
_FEATHER = 0.14  # of the eye's width over which the lid begins above the eye
_LASH_REACH = 0.34  # of its width: how far above it the eye's own lashes go with the lid
_MOST_LASHES = 0.35  # of the skin up there that lashes cover
_SIDE = 1.2  # of its width to each side of its middle: the box around an eye
_LASHES = 0.75  # of the eye's own darkest colour in the line of lashes
_LASH_WIDTH = 0.028  # of the eye's width
_GRAIN = 0.8  # of the skin's own fine texture that the lid gets
_ROUND = 0.05  # how much lighter the lid is where it bulges over the eyeball
_RAMP = 0.35  # of a blink, over which the photo's own crease goes
_LEAST = 0.02  # a blink below this is not drawn


@dataclass(frozen=True, eq=False)
class _Eye:
    """One eye; the arrays have the shape of its box.

    Attributes:
        box: its part of the picture.
        v: face coordinate.
        top, bottom: v of its borders, by pixel; equal beside it.
        near: 0..1, how much of the lid's skin is seen above the open eye.
        skin: the lid's colours, (rows, columns, 3).
        lashes: how much of the line of lashes is seen, 0..1: less towards the corners.
        lash_colour: RGB.
        lash_width: of that line, in pixels.
    """

    box: tuple[slice, slice]
    v: Floats
    top: Floats
    bottom: Floats
    near: Floats
    skin: Floats
    lashes: Floats
    lash_colour: Floats
    lash_width: float


class Eyelids:
    """Closes the eyes of one photo.

    Args:
        image: RGB uint8 (height, width, 3).
        face: the face in it.
    """

    def __init__(self, image: Image, face: FaceGeometry) -> None:
        self._image, self._face = image, face
        openings = (
            measure_opening(image, face, RIGHT_UPPER_LID, RIGHT_LOWER_LID),
            measure_opening(image, face, LEFT_UPPER_LID, LEFT_LOWER_LID),
        )
        self._eyes = [eye for opening in openings if (eye := self._eye(opening)).v.size]

    def _eye(self, opening: EyeOpening) -> _Eye:
        box = self._box(opening)
        grid = pixel_grid(*box)
        u, v = self._face.coordinates(grid[..., 0], grid[..., 1])
        top = np.interp(u, opening.u, opening.top).astype(np.float32)
        bottom = np.interp(u, opening.u, opening.bottom).astype(np.float32)
        height, width = bottom - top, opening.width
        across = np.clip((u - opening.u[0]) / (opening.u[-1] - opening.u[0]), 0, 1)
        near = self._near(opening, box, top - v, height) if u.size else np.zeros_like(v)
        return _Eye(
            box=box,
            v=v,
            top=top,
            bottom=bottom,
            near=near.astype(np.float32),
            skin=self._lid_skin(opening, u, v, top, bottom),
            lashes=np.clip(np.sin(np.pi * across), 0, 1).astype(np.float32) ** 0.6,
            lash_colour=opening.lashes,
            lash_width=max(_LASH_WIDTH * width, 0.7),
        )

    def _near(
        self, opening: EyeOpening, box: tuple[slice, slice], above: Floats, height: Floats
    ) -> Floats:
        """Return how much of the lid's skin is seen at each pixel around the open eye, 0..1."""
        inside = (above <= 0) & (above >= -height) & (height > 0)
        lashes, foreign = find_lashes(self._image[box].astype(np.float32), opening, inside)
        there = smoothstep(height / (0.1 * opening.width))
        band = smoothstep(1 - above / (_FEATHER * opening.width))
        reached = smoothstep((_LASH_REACH - above / opening.width) / 0.06) * (height > 0)
        over = (above > 0) * reached
        # More than single hairs is the shadow of the brow, which a closed eye keeps.
        is_shadow = float((over * lashes).sum()) > _MOST_LASHES * float(over.sum())
        hairs = np.zeros_like(lashes) if is_shadow else reached * lashes
        near = np.maximum(band, blurred(hairs, 0.8)) * there * (1 - foreign)
        return np.asarray(near, np.float32)

    def _lid_skin(
        self, opening: EyeOpening, u: Floats, v: Floats, top: Floats, bottom: Floats
    ) -> Floats:
        """Return the colours of the closed lid, a gradient from above the eye to below it.

        The lightest rows count: others lie in the shadow of brow and lashes. The photo's own lid is
        not drawn out: its lashes and crease would be a dark smear.
        """
        if not u.size:
            return np.zeros((*u.shape, 3), np.float32)
        wide = max(0.2 * opening.width, 1.0)
        above = self._lightest([top - step * opening.width for step in _ABOVE], u, wide)
        below = self._lightest([bottom + step * opening.width for step in _BELOW], u, wide)
        above = _not_darker(above, below)
        down = np.clip((v - top) / np.maximum(bottom - top, 1), 0, 1)[..., None]
        bulge = np.exp(-(((down - 0.55) / 0.3) ** 2))
        colour: Floats = (above + down**0.6 * (below - above)) * (1 - 0.3 * _ROUND + _ROUND * bulge)
        under = sample(
            self._image, *self._face.places(u, bottom + 0.3 * opening.width + bottom - v)
        )
        colour = _as_light(colour, opening.skin[0], _middle(opening, u, v, top, bottom))
        grain = np.clip(under - blurred(under, max(0.03 * opening.width, 0.8)), -8, 8)
        return np.asarray(colour + _GRAIN * grain, np.float32)

    def _lightest(self, rows: list[Floats], u: Floats, wide: float) -> Floats:
        """Return the colours of the lightest of some rows below each other, blurred along them."""
        seen = [blurred(sample(self._image, *self._face.places(u, row)), wide) for row in rows]
        return seen[int(np.argmax([float(np.median(each.mean(-1))) for each in seen]))]

    def _box(self, opening: EyeOpening) -> tuple[slice, slice]:
        rows, columns = self._image.shape[:2]
        x, y = (
            float(part.mean())
            for part in self._face.places(opening.u, (opening.top + opening.bottom) / 2)
        )
        reach = 0.6 * opening.width + float((opening.bottom - opening.top).max())
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
    ramp = min(amount / _RAMP, 1.0)
    height = eye.bottom - eye.top
    edge = eye.top + amount * height
    over_eye = np.clip(eye.v - eye.top + 0.5, 0, 1)
    covered = np.maximum(ramp * eye.near, over_eye) * np.clip(height / eye.lash_width, 0, 1)
    covered = covered * np.clip(edge - eye.v + 0.5, 0, 1)
    mask = blurred(covered.astype(np.float32), 0.8)[..., None]
    pixels = frame[eye.box].astype(np.float32)
    pixels += mask * (eye.skin - pixels)
    thick = eye.lash_width * (0.45 + 0.55 * eye.lashes)
    line = np.exp(-(((eye.v - edge + 0.5 * thick) / thick) ** 2)) * eye.lashes
    pixels += (_LASHES * ramp * line)[..., None] * (eye.lash_colour - pixels)
    frame[eye.box] = np.clip(pixels, 0, 255).astype(np.uint8)


def _not_darker(above: Floats, below: Floats) -> Floats:
    """Return the colours above the eye, lifted where they are much darker than those below."""
    least = lab(below)[..., 0] - _DARKER
    light = np.maximum(lab(above)[..., 0], 1)
    return np.asarray(above * np.maximum(least / light, 1)[..., None], np.float32)


def _middle(opening: EyeOpening, u: Floats, v: Floats, top: Floats, bottom: Floats) -> Mask:
    """Return the pixels of the lid that are seen first: between the corners, above the lashes."""
    centre = (opening.u[0] + opening.u[-1]) / 2
    above_lashes = (v > top) & (v < top + 0.7 * (bottom - top))
    return np.asarray((np.abs(u - centre) < 0.35 * opening.width) & above_lashes)


def _as_light(colour: Floats, light: float, inside: Mask) -> Floats:
    """Return the lid's colours about as light as the skin under the eye, CIELAB L `light`."""
    if not inside.any():
        return colour
    own = max(float(np.median(lab(colour)[inside][:, 0])), 1.0)
    return np.asarray(colour * (np.clip(own, light - _ALIKE, light + _ALIKE) / own), np.float32)
