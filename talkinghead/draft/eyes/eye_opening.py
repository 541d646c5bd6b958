"""Finds the borders of an eye in the photo's pixels: landmarks miss lashes and drawn eyes."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from talkinghead.draft.face_geometry import FaceGeometry
from talkinghead.draft.image_sampling import (
    Floats,
    Image,
    blurred,
    sample,
    smooth_scalar,
    smoothstep,
)

_WIDER = 0.1  # of its width that an eye reaches beyond the corners as FaceMesh sees them
_COLUMNS = 48
_UNDER_EYE = (0.2, 0.45)  # of its width below it: skin, under lashes and drawn eyes
_UNLIKE = 17.0  # CIELAB distance from that skin: a part of the eye, or a lash
_FURTHEST = 0.56  # of the eye's height that a border may be beyond its landmarks
_TILT = 0.5  # of what one half of a border is further out than the other
_STEPS = 24
_ROOT = (-0.1, 0.0)  # of its width from the landmarks' line: where its lashes may grow from
_SOCKET = (0.15, 0.3, 0.45, 0.6)  # of the way from an eye to its brow
_DIM, _BLACK = 22.0, 12.0  # CIELAB L between which that is in deep shadow
_DARKEST = 8  # percentile of the eye's colours: its lashes
_LEAST_LASHES = 0.25  # of the darkness of black ones: the shade that a lid throws


Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class EyeOpening:
    """One eye as the pixels show it.

    Attributes:
        u: of the columns, from beyond one corner to beyond the other.
        top, bottom: v of its borders at each u, lashes included; equal at both ends.
        root: v at each u of the line that the upper lashes grow from.
        closed: v at each u where the lids meet.
        brow: v at each u of the brow's lower edge.
        width: pixels between its corners.
        skin: CIELAB (3,) of the skin under it.
        lashes: RGB (3,) of its darkest part.
        lash_strength: how much darker than skin its upper border is, 0 not at all .. 1 black.
        shadow: how deep the shadow is that it lies in, 0 not at all .. 1 black.
    """

    u: Floats
    top: Floats
    bottom: Floats
    root: Floats
    closed: Floats
    brow: Floats
    width: float
    skin: Floats
    lashes: Floats
    lash_strength: float
    shadow: float


def measure_opening(
    image: Image, face: FaceGeometry, upper: list[int], lower: list[int], brow: list[int]
) -> EyeOpening:
    """Return the borders of an eye.

    Args:
        image: RGB uint8 (height, width, 3).
        face: the face in it.
        upper, lower: landmarks of its lids, from the picture's left to its right.
        brow: likewise of its brow's lower edge.
    """
    over = _ordered(face.points[brow])
    lids = [_ordered(face.points[line]) for line in (upper, lower)]
    first, last = float(lids[0][0, 0]), float(lids[0][-1, 0])
    width = max(last - first, 1.0)
    u = np.linspace(first - _WIDER * width, last + _WIDER * width, _COLUMNS, dtype=np.float32)
    inner = first + (u - u[0]) * np.float32(width / (u[-1] - u[0]))
    top, bottom = (np.interp(inner, line[:, 0], line[:, 1]) for line in lids)
    bottom = np.maximum(bottom, top)
    under = [bottom + step * width for step in np.linspace(*_UNDER_EYE, 5)]
    middle = slice(_COLUMNS // 5, -_COLUMNS // 5)
    skin = np.median(lab(_rows(image, face, u, under))[:, middle], axis=(0, 1))
    tallest, lower_lid = float((bottom - top).max()), bottom
    strength = _lash_strength(image, face, u, top, width, float(skin[0]))
    root = top + _to_root(image, face, u, top, width)
    reach = _FURTHEST * tallest + 0.03 * width
    top, bottom = (
        _border(image, face, u, top, -reach, skin),
        _border(image, face, u, bottom, reach, skin),
    )
    colours = _rows(image, face, u, [top + step * (bottom - top) for step in np.linspace(0, 1, 12)])
    return EyeOpening(
        u=u,
        top=top.astype(np.float32),
        bottom=bottom.astype(np.float32),
        root=np.asarray(np.maximum(root, top), np.float32),
        closed=((bottom + lower_lid) / 2).astype(np.float32),
        brow=np.interp(u, over[:, 0], over[:, 1]).astype(np.float32),
        width=width,
        skin=skin.astype(np.float32),
        lashes=_darkest(colours.reshape(-1, 3)),
        lash_strength=strength,
        shadow=_shadow(image, face, u, top, np.interp(u, over[:, 0], over[:, 1])),
    )


def lab(colours: Floats) -> Floats:
    """Return CIELAB, L 0..100, of RGB colours 0..255 of shape (rows, columns, 3)."""
    return np.asarray(cv2.cvtColor(colours.astype(np.float32) / 255, cv2.COLOR_RGB2LAB))


def _border(
    image: Image, face: FaceGeometry, u: Floats, line: Floats, reach: float, skin: Floats
) -> Floats:
    """Return v of the eye's border: from the landmarks' line outwards to where skin begins."""
    steps = np.linspace(0, 1, _STEPS) * reach
    colours = blurred(_rows(image, face, u, [line + step for step in steps]), 0.8)
    unlike = np.linalg.norm(lab(colours) - skin, axis=-1) > _UNLIKE
    skin_from = np.where(unlike.all(0), 0, (~unlike).argmax(0))  # no end is a shadow, not an eye
    # An eye's border is a plain bow: single lashes and highlights do not bend it.
    bow = np.sin(np.pi * np.linspace(0, 1, len(u))) ** 0.7
    share = 70 if reach > 0 else 30
    halves = [
        np.percentile((steps[skin_from] / np.maximum(bow, 0.1))[part], share)
        for part in (slice(len(u) // 6, len(u) // 2), slice(len(u) // 2, -len(u) // 6))
    ]
    across = smoothstep((np.linspace(0, 1, len(u)) - 0.15) / 0.7)
    beyond = float(np.mean(halves)) + (across - 0.5) * _TILT * (halves[1] - halves[0])
    return np.asarray(line + beyond * bow)


def _to_root(image: Image, face: FaceGeometry, u: Floats, top: Floats, width: float) -> float:
    """Return how far below the landmarks' line the darkest line of the lid's edge is."""
    steps = np.linspace(*_ROOT, 15) * width
    light = lab(blurred(_rows(image, face, u, [top + step for step in steps]), 0.8))[..., 0]
    return float(np.median(steps[light[:, _COLUMNS // 6 : -_COLUMNS // 6].argmin(0)]))


def _shadow(image: Image, face: FaceGeometry, u: Floats, top: Floats, brow: Floats) -> float:
    """Return how black it is between an eye and its brow: no lid can be seen there."""
    rows: list[Floats] = [top + share * (brow - top) for share in _SOCKET]
    light = lab(_rows(image, face, u, rows))[..., 0][:, _COLUMNS // 5 : -_COLUMNS // 5]
    return smooth_scalar((_DIM - float(np.median(light))) / (_DIM - _BLACK))


def _lash_strength(
    image: Image, face: FaceGeometry, u: Floats, top: Floats, width: float, skin: float
) -> float:
    """Return how dark the lid's edge is where no iris is behind it; pictures may have no lashes."""
    rows = [top + step * width for step in np.linspace(-0.07, 0.05, 9)]
    darkest = lab(_rows(image, face, u, rows))[..., 0].min(0)[_COLUMNS // 6 : -_COLUMNS // 6]
    lighter = float(np.percentile(darkest, 60))
    return float(np.clip((skin - lighter - 12) / 35, _LEAST_LASHES, 1))


def _darkest(colours: Floats) -> Floats:
    light = colours.mean(-1)
    return np.asarray(colours[light <= np.percentile(light, _DARKEST)].mean(0), np.float32)


def _rows(image: Image, face: FaceGeometry, u: Floats, rows: list[Floats]) -> Floats:
    """Return the colours (rows, columns, 3) at each u on lines of v."""
    places = [face.places(u, np.asarray(row, np.float32)) for row in rows]
    x, y = (np.stack([place[axis] for place in places]) for axis in (0, 1))
    return sample(image, x, y)


def _ordered(points: Floats) -> Floats:
    return points[np.argsort(points[:, 0])]
