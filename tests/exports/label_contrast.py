"""The contrast of the label's letters as they are drawn on frames."""

from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from talkinghead.av.frames import ColourSystem, Picture
from talkinghead.av.overlays.overlay import OverlayFrame
from talkinghead.captions.styles import WHITE
from talkinghead.catalogue.export import PLATFORM_SIZES, ExportLabel, Shape
from talkinghead.exports.label.contrast import contrast
from talkinghead.exports.label.drawing import draw_label
from talkinghead.exports.label.overlay import LabelStep
from talkinghead.exports.label.wordings import label_text

GROUNDS = ("white", "black", "noise", "stripes")
LABEL = ExportLabel(text=label_text("generated", "en"))


def ground(kind: str, width: int, height: int) -> Picture:
    """A frame that is as hard to read on as can be, in its way."""
    planes = np.full((height * 3 // 2, width), 128, np.uint8)
    luma = planes[:height]
    if kind == "noise":
        planes[:] = np.random.default_rng(7).integers(16, 236, planes.shape, np.uint8)
    elif kind == "stripes":
        luma[:] = np.where(np.arange(width) // 3 % 2, 235, 16)
    else:
        luma[:] = 235 if kind == "white" else 16
    return Picture(planes, 0.0)


def label_contrast(kind: str, shape: Shape) -> float:
    """The contrast of the letters with the lightest of what touches them: their median against the
    95th percentile of the plate around them."""
    width, height = PLATFORM_SIZES[shape]
    frame = OverlayFrame(width, height, 1.0, ColourSystem())
    overlay = LabelStep(LABEL).place(frame, ())
    drawn = next(overlay(iter([ground(kind, width, height)])))
    area = overlay.areas[0].area
    spare = 0.006 * height
    top, left = round(area.top + spare), round(area.left + spare)
    letters, around = _parts(width, height)
    region = drawn.parts[0][top : top + letters.shape[0], left : left + letters.shape[1]]
    lit = float(np.median(region[letters]))
    beside = float(np.percentile(region[around], 95))
    return contrast(_grey(lit), _grey(beside))


def least_contrast() -> float:
    """The least contrast on every ground in every shape."""
    return min(label_contrast(kind, shape) for kind, shape in product(GROUNDS, PLATFORM_SIZES))


def _parts(width: int, height: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pixels are letters through and through, and which are plate near them."""
    em, widest = 0.037 * min(width, height), float(width)
    light = draw_label(LABEL.text, LABEL.language, em, widest)[:, :, 0] > 250
    letters = light.astype(np.uint8)
    near, touching = (cv2.dilate(letters, np.ones((side, side))) for side in (9, 5))
    return letters > 0, (near - touching) > 0


def _grey(luma: float) -> tuple[int, int, int]:
    value = round((luma - 16) * 255 / 219)
    return (max(value, 0),) * 3 if value < WHITE[0] else WHITE
