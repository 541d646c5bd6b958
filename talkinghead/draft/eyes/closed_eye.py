"""Paints a closed eye once for a photo: the lid in the picture's own skin, light and grain.

The open eye with its lashes is cut out and the skin around it is inpainted, so that the lid begins
nowhere; then the eyeball's bulge, the crease and the skin's own texture are put on it.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from talkinghead.draft.eyes.eye_mask import EyeGrid, eye_and_lashes, grown
from talkinghead.draft.eyes.eye_opening import EyeOpening, Mask, lab
from talkinghead.draft.face_geometry import FaceGeometry
from talkinghead.draft.image_sampling import (
    Floats,
    Image,
    blurred,
    blurred_around,
    inpainted,
    sample,
    smoothstep,
)

# Lengths are fractions of the eye's width.
_SOFT = 0.03  # over which the painted skin becomes the photo's
_BLEED = 0.015  # beyond it, where the photo's own colours are not skin's yet
# CIELAB L under skin's: hair, or what is behind the head, where it is not the eye's own lashes.
_NO_SKIN, _MARGIN = 50.0, 0.06
_SMOOTH = 0.03  # the blur of the skin that is inpainted: its grain would become streaks
_ALIKE = 5.0  # CIELAB L that the lid may differ from the skin under the eye
_MOST_LIFT = 0.45  # of its brightness that the lid is lifted towards that
_LIFTED, _INWARDS = 0.09, 0.2  # over which the lift ends beside the eye, and inside the lid
_BULGE = 0.03  # lighter over the eyeball
_CREASE, _CREASE_WIDTH = 0.06, 0.03  # how much darker the crease is, and its width
_WHITE = 4.0  # CIELAB L that the white of an eye is lighter than skin
_BELOW = 0.05  # under the closed lid, over which the photo's own lower lid begins
_LOWER_SHADE = 0.1  # of the lid's edge on itself
_COARSE = 0.1  # the size of the skin's texture
_UNDER_EYE = 0.35  # below the eye, where it is seen without lashes
_MOST_GRAIN = 10.0  # of 255
_CARVED, _CARVED_BLUR = 0.42, 0.1  # of the open eye's light in a socket's shadow
_SMALLEST_BLUR = 0.7  # pixels


@dataclass(frozen=True, eq=False)
class ClosedEye:
    """What a closed eye looks like; arrays have the shape of its box.

    Attributes:
        colours: RGB float32 (rows, columns, 3).
        skin: likewise, before the light on the lid.
        weight: how much of them is seen when it is closed, 0..1.
    """

    colours: Floats
    skin: Floats
    weight: Floats


def paint_closed_eye(
    pixels: Image, face: FaceGeometry, image: Image, opening: EyeOpening, grid: EyeGrid
) -> ClosedEye:
    """Return what the eye looks like closed.

    Args:
        pixels: the box around the eye, RGB uint8.
        face, image: the face and its picture.
        opening: the eye.
        grid: the box's pixels.
    """
    seen, width = pixels.astype(np.float32), opening.width
    eye = (grid.v >= grid.top - 1) & (grid.v <= grid.bottom + 1) & (grid.height > 0)
    hole = eye_and_lashes(seen, opening, grid, eye)
    weight = blurred(hole.astype(np.float32), max(_SOFT * width, _SMALLEST_BLUR))
    hole = grown(hole, max(_BLEED * width, 0.5))
    behind = (lab(seen)[..., 0] < opening.skin[0] - _NO_SKIN) & ~grown(hole, _MARGIN * width)
    hole |= grown(behind, _MARGIN * width)
    skin = inpainted(_smooth_around(seen, hole, max(_SMOOTH * width, 0.8)), hole)
    plain = skin
    own_lower_lid = smoothstep((grid.v - grid.closed) / (_BELOW * width))
    weight *= np.maximum(1 - own_lower_lid, _white(seen, skin, width))
    skin = skin * _relief(opening, grid)[..., None] ** _shadow_hue(skin)
    skin = _lit(skin, opening, grid, _middle(eye, hole, width))
    # In a socket's shadow the lid has the eyeball's own light, as a carved one has.
    shadow = np.float32(_CARVED * opening.shadow)
    skin = skin + shadow * (blurred(seen, _CARVED_BLUR * width) - skin)
    skin += _texture(image, face, opening, grid)
    return ClosedEye(np.clip(skin, 0, 255), plain, weight)


def _middle(eye: Mask, hole: Mask, width: float) -> Floats:
    """Return 1 in the middle of the lid, 0 where what is painted ends: no rim is seen there."""
    inside: Floats = cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 5)  # type: ignore[assignment]  # float32
    soft = blurred(eye.astype(np.float32), _LIFTED * width)
    return np.asarray(smoothstep(soft) * smoothstep(inside / (_INWARDS * width)), np.float32)


def _white(seen: Floats, skin: Floats, width: float) -> Floats:
    """Return 1 where the photo is lighter than the skin: white of the eye in a corner."""
    lighter = lab(seen)[..., 0] > lab(skin)[..., 0] + _WHITE
    soft = blurred(grown(lighter, 1).astype(np.float32), max(_SOFT * width, _SMALLEST_BLUR))
    return np.asarray(np.minimum(1.3 * soft, 1), np.float32)


def _smooth_around(seen: Floats, hole: Mask, sigma: float) -> Floats:
    """Return the colours around a hole, blurred without those in it."""
    return np.where(hole[..., None], seen, blurred_around(seen, hole, sigma))


def _lit(skin: Floats, opening: EyeOpening, grid: EyeGrid, middle: Floats) -> Floats:
    """Return the lid about as light as the skin under the eye, most of all in its middle."""
    centre = (opening.u[0] + opening.u[-1]) / 2
    seen = (np.abs(grid.u - centre) < 0.3 * opening.width) & (grid.v > grid.top)
    seen &= grid.v < grid.top + 0.6 * grid.height
    if not seen.any():
        return skin
    own = max(float(np.median(lab(skin)[seen][:, 0])), 1.0)
    aim = float(np.clip(own, opening.skin[0] - _ALIKE, opening.skin[0] + _ALIKE))
    lift = (aim / own - 1) / max(float(middle[seen].mean()), 0.3)
    lift = np.clip(lift, -_MOST_LIFT, _MOST_LIFT)
    return np.asarray(skin * (1 + lift * middle)[..., None], np.float32)


def _relief(opening: EyeOpening, grid: EyeGrid) -> Floats:
    """Return the light on the lid: rounded by the eyeball, with a crease above it; 1 beside it."""
    width = opening.width
    along = np.clip((grid.u - opening.u[0]) / (opening.u[-1] - opening.u[0]), 0, 1) * 2 - 1
    down = (grid.v - grid.root) / np.maximum(grid.closed - grid.root, 1)
    side = np.clip(1 - along**2, 0, 1)
    ball = np.exp(-(((down - 0.5) / 0.36) ** 2)) * side
    relief = 1 + _BULGE * ball
    crease = grid.v - grid.root
    line = np.exp(-((crease / (_CREASE_WIDTH * width * np.where(crease < 0, 0.8, 1.6))) ** 2))
    relief -= _CREASE * line * side**1.5
    shade = smoothstep((down - 0.6) / 0.4) * smoothstep((1.6 - down) / 0.5)
    relief -= _LOWER_SHADE * shade * side
    return np.asarray(relief, np.float32)


def _shadow_hue(skin: Floats) -> Floats:
    """Return the power of the light on each channel: in skin's shadow the weaker ones sink more."""
    mean = np.maximum(skin.reshape(-1, 3).mean(0), 1)
    return np.asarray((mean.max() / mean) ** 0.5, np.float32)


def _texture(image: Image, face: FaceGeometry, opening: EyeOpening, grid: EyeGrid) -> Floats:
    """Return the texture of the skin under the eye, as it would be on the lid, around 0.

    It is moved by whole pixels: between them its finest grain would be lost.
    """
    width = opening.width
    down = float((opening.bottom - opening.top).max()) + _UNDER_EYE * width
    dx, dy = (float(np.round(way * down)) for way in face.down)
    x, y = face.places(grid.u, grid.v)
    skin = sample(image, np.round(x + dx), np.round(y + dy))
    texture = skin - blurred(skin, max(_COARSE * width, 1.0))
    return np.asarray(np.clip(texture, -_MOST_GRAIN, _MOST_GRAIN), np.float32)
