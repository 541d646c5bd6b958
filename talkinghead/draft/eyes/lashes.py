"""The lashes and the liner of the photo, carried down along the edge of a closing lid."""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.eyes.eye_mask import EyeGrid
from talkinghead.draft.eyes.eye_opening import EyeOpening, Mask
from talkinghead.draft.face_geometry import FaceGeometry
from talkinghead.draft.image_sampling import Floats, blurred, look_up_at, sample, smoothstep

# Lengths are fractions of the eye's width.
_BAND, _BEYOND = 0.3, 0.3  # how far the band reaches upwards, and sideways from the corners
_FULL = 0.12  # up to which it is whole; what is further off may be a crease
_STEP = 0.5  # pixels between its rows and columns
_GAP = 0.05  # a lash that leans is not cut off by so much skin beside it
_FAINT, _CLEAR = 0.06, 0.2  # darkness against skin: beginning of a lash, and certainly one
_SOFT = 1.6  # pixels over which the band begins above the line of its roots
_USUAL, _MOST_ABOVE = 60, 1.25  # percentile of a row's darkness, and how much more one may be
_FLATTEST = 0.35  # lashes seen from their tips, as the lid passes the middle
_LINE = 0.02  # the width of the line where the lids meet
_SHADE, _SHADE_REACH = 0.18, 0.05  # of the line's darkness, which it throws below it
_LEAST_LINE = 0.75  # of the lashes' own darkness, in the line
_TAPER = 0.55  # the power of the line's fall to the corners
_LEAST_WIDTH = 0.65  # pixels


@dataclass(frozen=True, eq=False)
class Lashes:
    """The upper lashes of one eye.

    Attributes:
        bands: how much of the skin's light they take, 0..1, one (rows, columns) for each of
            R, G, B; rows go upwards from their roots.
        first: the row of the roots.
        along: column of each pixel of the eye's box in them.
        line_colour: what the line where the lids meet takes of R, G, B, 0..1.
        fall: how much of the line is seen at each pixel: less towards the corners.
        line, shade: widths in pixels.
    """

    bands: tuple[Floats, ...]
    first: int
    along: Floats
    line_colour: Floats
    fall: Floats
    line: float
    shade: float

    def darkness(self, below: Floats, amount: float) -> Floats:
        """Return how much of the light they take at each pixel, (rows, columns, 3).

        Args:
            below: how far below the lid's edge each pixel of the box is.
            amount: 0 open, the lashes point up .. 1 closed, they point down.
        """
        turn = 1 - 2 * amount
        turn = max(turn, _FLATTEST) if turn > 0 else min(turn, -_FLATTEST)
        rows = -below / np.float32(turn) / np.float32(_STEP)
        # What begins above the line of the roots is as soft however the lashes are turned.
        rows = np.where(rows < 0, -np.abs(below) / np.float32(_STEP), rows) + self.first
        rows = rows.astype(np.float32)
        own = np.stack([look_up_at(band, self.along, rows) for band in self.bands], -1)
        thick = self.line * (0.45 + 0.55 * self.fall)
        # Down a steep edge a pixel is nearer to it than it is below it.
        away = below / np.sqrt(1 + np.gradient(below, axis=1) ** 2)
        line = np.exp(-((away / thick) ** 2))
        shade = _SHADE * np.exp(-np.maximum(below, 0) / self.shade) * smoothstep(below / thick + 1)
        drawn = (self.fall * (1 - (1 - line) * (1 - shade)))[..., None] * self.line_colour
        return np.asarray(np.maximum(own, drawn), np.float32)


def carried_lashes(
    seen: Floats,
    skin: Floats,
    face: FaceGeometry,
    opening: EyeOpening,
    grid: EyeGrid,
    corner: tuple[int, int],
) -> Lashes:
    """Return the lashes of an eye as the photo shows them.

    Args:
        seen: the box around the eye, RGB float32 (rows, columns, 3).
        skin: likewise without the eye and its lashes.
        face: the face.
        opening: the eye.
        grid: the box's pixels.
        corner: x and y of the box's first pixel.
    """
    width, first = opening.width, float(opening.u[0]) - _BEYOND * opening.width
    columns = np.arange(first, float(opening.u[-1]) + _BEYOND * width, _STEP, dtype=np.float32)
    up = np.arange(0, _BAND * width, _STEP, dtype=np.float32)[:, None]
    root = np.interp(columns, opening.u, opening.root).astype(np.float32)
    x, y = face.places(columns[None], root[None] - up)
    dark = np.clip(1 - seen / np.maximum(skin, 8), 0, 1)
    band = sample(dark, x - np.float32(corner[0]), y - np.float32(corner[1]))
    band *= _joined(band.mean(-1), width)[..., None]
    band *= _alike(band.mean(-1), (columns > opening.u[0]) & (columns < opening.u[-1]))[..., None]
    band *= smoothstep((_BAND * width - up) / ((_BAND - _FULL) * width))[..., None]
    soft = np.linspace(0, 1, round(_SOFT / _STEP) + 2, dtype=np.float32)[1:-1, None, None]
    band = (1 - opening.shadow) * band
    band = np.concatenate([smoothstep(soft) * band[:1], band])
    across = np.clip((grid.u - opening.u[0]) / (opening.u[-1] - opening.u[0]), 0, 1)
    under = np.maximum(skin.reshape(-1, 3).mean(0), 8)
    colour = np.clip(1 - opening.lashes / under, 0, 1) * _LEAST_LINE * opening.lash_strength
    return Lashes(
        bands=tuple(np.ascontiguousarray(band[..., each]) for each in range(3)),
        first=len(soft),
        along=((grid.u - first) / _STEP).astype(np.float32),
        line_colour=np.asarray(colour, np.float32),
        fall=np.sin(np.pi * across).clip(0, 1).astype(np.float32) ** _TAPER,
        line=max(_LINE * width, _LEAST_WIDTH),
        shade=_SHADE_REACH * width,
    )


def _alike(dark: Floats, on_eye: Mask) -> Floats:
    """Return what makes no column much darker than most are: an iris under the lid is no lash."""
    most = _MOST_ABOVE * np.percentile(dark[:, on_eye], _USUAL, axis=1)[:, None] + _FAINT
    return np.asarray(np.minimum(1, most / np.maximum(dark, 1e-3)), np.float32)


def _joined(dark: Floats, width: float) -> Floats:
    """Return 1 where the darkness goes on from the roots, 0 beyond skin: a crease is no lash."""
    wide = np.maximum(dark, blurred(dark, max(_GAP * width / _STEP, 1.0)))
    reached = np.minimum.accumulate(wide, axis=0)
    return np.asarray(smoothstep((reached - _FAINT) / (_CLEAR - _FAINT)))
