"""The line of lashes along the edge of a closing lid."""

from dataclasses import dataclass

import cv2
import numpy as np

from talkinghead.draft.eyes.eye_opening import EyeOpening
from talkinghead.draft.image_sampling import Floats, look_up_at, smoothstep

# Lengths are fractions of the eye's width.
_COUNT = 24
_LENGTH, _OUTER_LENGTH = 0.07, 0.05  # of a lash, and how much longer one is at the outer corner
_SPREAD = 0.55  # of its length that a lash at a corner goes aside
_HAIRS = 0.4  # of the line's darkness
_LINE = 0.022  # its width
_SHADE, _SHADE_REACH = 0.22, 0.05  # of the line's darkness, which it throws below it
_FINER = 4  # the strokes are drawn so much larger
_TAPER = 0.55  # the power of the line's fall to the corners
_LEAST_WIDTH = 0.65  # pixels


@dataclass(frozen=True, eq=False)
class Lashes:
    """The lashes of one eye.

    Attributes:
        colour: RGB.
        strength: how dark they are, 0..1.
        hairs: how dark single ones are, 0..1, (rows, columns): pixels along and below the line.
        along: column of each pixel of the eye's box in it.
        fall: how much of the line is seen at each pixel: less towards the corners.
        line, shade: widths in pixels.
    """

    colour: Floats
    strength: float
    hairs: Floats
    along: Floats
    fall: Floats
    line: float
    shade: float

    def darkness(self, below: Floats) -> Floats:
        """Return how much of their colour each pixel has.

        Args:
            below: how far below the lid's edge each pixel of the box is.
        """
        thick = self.line * (0.45 + 0.55 * self.fall)
        # Down a steep edge a pixel is nearer to it than it is below it.
        away = below / np.sqrt(1 + np.gradient(below, axis=1) ** 2)
        line = np.exp(-((away / thick) ** 2))
        shade = _SHADE * np.exp(-np.maximum(below, 0) / self.shade) * smoothstep(below / thick + 1)
        hairs = look_up_at(self.hairs, self.along, below)
        dark = 1 - (1 - line) * (1 - shade) * (1 - _HAIRS * hairs)
        return np.asarray(self.strength * self.fall * dark, np.float32)


def draw_lashes(opening: EyeOpening, u: Floats, *, outer_is_left: bool) -> Lashes:
    """Return the lashes of an eye.

    Args:
        opening: the eye.
        u: of the pixels of its box.
        outer_is_left: whether its outer corner is the left one in the picture.
    """
    first, span = float(opening.u[0]), float(opening.u[-1] - opening.u[0])
    across = np.clip((u - first) / span, 0, 1)
    width = opening.width
    return Lashes(
        colour=opening.lashes,
        strength=opening.lash_strength,
        hairs=_hairs(width, span, outer_is_left=outer_is_left),
        along=(u - first).astype(np.float32),
        fall=np.sin(np.pi * across).clip(0, 1).astype(np.float32) ** _TAPER,
        line=max(_LINE * width, _LEAST_WIDTH),
        shade=_SHADE_REACH * width,
    )


def _hairs(width: float, span: float, *, outer_is_left: bool) -> Floats:
    """Return the strokes of single lashes, fanned out from the lid's middle; the same each time."""
    rows, columns = int((_LENGTH + _OUTER_LENGTH) * 1.3 * width) + 3, int(span) + 2
    canvas = np.zeros((rows * _FINER, columns * _FINER), np.uint8)
    random = np.random.default_rng(7)
    for place in np.linspace(0.06, 0.96, _COUNT) + random.uniform(-0.016, 0.016, _COUNT):
        aside = 2 * place - 1  # -1 at the inner corner
        length = (_LENGTH + _OUTER_LENGTH * max(aside, 0)) * width * random.uniform(0.6, 1.15)
        step = np.linspace(0, 1, 6)
        x = place * span + _SPREAD * length * aside * step**1.4
        y = length * (step - 0.25 * step**2)
        x = span - x if outer_is_left else x
        stroke = (np.stack([x, y], 1) * _FINER * 16).round().astype(np.int32)
        thick = max(round(0.012 * width * _FINER), 1)
        cv2.polylines(canvas, [stroke], False, 255, thick, cv2.LINE_AA, shift=4)
    hairs = cv2.resize(canvas, (columns, rows), interpolation=cv2.INTER_AREA)
    fade = np.linspace(1, 0.3, rows)[:, None]
    return np.asarray(hairs / 255 * fade, np.float32)
