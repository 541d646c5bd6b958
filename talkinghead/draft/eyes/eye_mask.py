"""Tells the pixels of an open eye and its lashes from skin, glasses and hair."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from talkinghead.draft.eyes.eye_opening import EyeOpening, Mask, lab
from talkinghead.draft.image_sampling import Floats, inpainted

# Lengths are fractions of the eye's width; darkness and lightness are of CIELAB L.
_TO_BROW = 0.42  # of the way up to the brow: its hairs begin below its landmarks
_ABOVE, _BELOW, _ASIDE = 0.34, 0.17, 0.42  # how far from the eye's borders its lashes reach
_THIN, _HAIR = 0.2, 0.09  # what differs from its surroundings and is thinner than this is no skin
_UNLIKE, _UNLIKE_BELOW = 4.5, 7.0  # what counts as different; bags under the eye are skin
_LASHES = 0.08  # around the eye: there its skin is not seen
_NEAR = 0.11  # likewise: beyond it, softer darkness is the shadow of the brow
_FRAME = 12.0  # how much darker hair is, or a frame of glasses
_WIDEST_LASHES = 1.5  # what is wider, or goes on beyond the box, is a frame
_OTHER_HUE, _MUCH_LIGHTER = 8.0, 10.0  # CIELAB a, b and L against skin: the white of the eye
_MARGIN = 0.05  # around the eye and its lashes, where their colour bleeds into the skin


@dataclass(frozen=True, eq=False)
class EyeGrid:
    """The pixels of a box around an eye.

    Attributes:
        u, v: face coordinates.
        top, bottom: v of the eye's borders above and below each.
        root, closed: v of the line of its upper lashes, and of where the lids meet.
        brow: v of the brow's lower edge.
    """

    u: Floats
    v: Floats
    top: Floats
    bottom: Floats
    root: Floats
    closed: Floats
    brow: Floats

    @property
    def height(self) -> Floats:
        """How high the eye is at each pixel's column."""
        return self.bottom - self.top


def eye_and_lashes(seen: Floats, opening: EyeOpening, grid: EyeGrid, eye: Mask) -> Mask:
    """Return the pixels of the open eye, and of what is joined to it and is no skin.

    Args:
        seen: the box around the eye, RGB float32 (rows, columns, 3).
        opening: the eye.
        grid: the box's pixels.
        eye: whether each is within the eye's borders.
    """
    width, light = opening.width, lab(seen)[..., 0]
    close, far = (grown(eye, reach * width) for reach in (_LASHES, _NEAR))
    plain = inpainted(light[..., None], close)[..., 0]
    plain = np.where(eye, plain, light).astype(np.float32)
    darker, much_darker = (
        cv2.morphologyEx(plain, cv2.MORPH_BLACKHAT, _kernel(thin * width))
        for thin in (_THIN, _HAIR)
    )
    lighter = cv2.morphologyEx(plain, cv2.MORPH_TOPHAT, _kernel(_THIN * width))
    foreign = _foreign((darker > _FRAME) & ~eye, opening)
    candidates = (darker > np.where(grid.v > grid.bottom, _UNLIKE_BELOW, _UNLIKE)) & far
    candidates |= (much_darker > _FRAME) | (_pale(seen, light, opening) & (lighter > _UNLIKE))
    candidates &= ~foreign
    labels = cv2.connectedComponents((eye | (candidates & _reach(opening, grid))).astype(np.uint8))[
        1
    ]
    joined = np.isin(labels, np.unique(labels[eye])) & (labels > 0)
    return np.asarray(grown(joined, max(_MARGIN * width, 1)) & ~foreign)


def _pale(seen: Floats, light: Floats, opening: EyeOpening) -> Mask:
    """Return what is like the white of an eye: of another hue than skin, or much lighter."""
    other = np.linalg.norm(lab(seen)[..., 1:] - opening.skin[1:], axis=-1) > _OTHER_HUE
    lighter = light - opening.skin[0]
    return np.asarray((other & (lighter > 0)) | (lighter > _MUCH_LIGHTER))


def _foreign(thin: Mask, opening: EyeOpening) -> Mask:
    """Return what must not be painted over, of dark and thin things: glasses, strands of hair."""
    labels, facts = cv2.connectedComponentsWithStats(thin.astype(np.uint8))[1:3]
    left, width = facts[:, cv2.CC_STAT_LEFT], facts[:, cv2.CC_STAT_WIDTH]
    foreign = (width > _WIDEST_LASHES * opening.width) | (left == 0)
    foreign |= left + width == thin.shape[1]
    foreign[0] = False
    return np.asarray(grown(foreign[labels], 1))


def _reach(opening: EyeOpening, grid: EyeGrid) -> Mask:
    """Return an oval around the eye that may hold its lashes."""
    width, half = opening.width, float((opening.bottom - opening.top).max()) / 2
    aside = (grid.u - (opening.u[0] + opening.u[-1]) / 2) / ((0.5 + _ASIDE) * width)
    down = grid.v - (grid.top + grid.bottom) / 2
    down /= half + np.where(down < 0, _ABOVE, _BELOW) * width
    return np.asarray(
        (aside**2 + down**2 < 1) & (grid.v > grid.top - _TO_BROW * (grid.top - grid.brow))
    )


def grown(mask: Mask, reach: float) -> Mask:
    """Return the mask with everything within so many pixels of it."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), _kernel(2 * reach)).astype(bool))


def _kernel(diameter: float) -> npt.NDArray[np.uint8]:
    size = 2 * max(round(diameter / 2), 1) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
