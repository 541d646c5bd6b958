"""How soft a photo is around its mouth, and how wide the shade is in which its lips meet."""

import cv2
import numpy as np

from talkinghead.draft.face_geometry import FaceGeometry
from talkinghead.draft.image_sampling import Floats, Image, sample
from talkinghead.draft.mouth.lip_line import LipLine

_AROUND = (61, 291, 0, 17)  # the outer borders of the lips
_STEEPEST = 99  # percentile of the steps in the photo's mouth
_STEP = 24.0  # pixels times the step of 255 a pixel: what an edge in the mouth is softened for
_SHARP = 0.3  # pixels of blur that an edge has anyhow
_MOST = 0.05  # of half the mouth's width
_SHADE_REACH = 0.2  # of the lips' height on each side of the line between them
_MOST_SHADE = 0.15  # likewise, at most
_OPEN_FRINGE = (0.6, 1.0)  # pixels of teeth on the edges of an open photo's lips
_RECOVERED = 0.6  # of the way from the darkest to the lip


def softness(image: Image, face: FaceGeometry) -> float:
    """Return the blur in pixels that makes a painted edge as soft as those of the photo's lips."""
    (left, top), (right, bottom) = (
        limit.astype(int)
        for limit in (
            face.landmarks[list(_AROUND), :2].min(0),
            face.landmarks[list(_AROUND), :2].max(0),
        )
    )
    reach = max((right - left) // 10, 2)
    rows, columns = (
        slice(max(top - reach, 0), bottom + reach),
        slice(max(left - reach, 0), right + reach),
    )
    mouth = image[rows, columns]
    if not mouth.size:
        return 0.0
    light = cv2.cvtColor(mouth, cv2.COLOR_RGB2GRAY).astype(np.float32)
    steps = np.hypot(*(cv2.Sobel(light, cv2.CV_32F, *way) / 8 for way in ((1, 0), (0, 1))))
    steepest = max(float(np.percentile(steps, _STEEPEST)), 1.0)
    return float(np.clip(_STEP / steepest - _SHARP, 0, _MOST * face.mouth_half_width))


def seam_shade(image: Image, face: FaceGeometry, lips: LipLine) -> tuple[float, float]:
    """Return how many pixels above and below the line of closed lips are in its shade.

    As they open it would go with both of them, as a black outline of the mouth.
    """
    if lips.is_open:
        return _OPEN_FRINGE
    columns = face.mouth_middle + face.mouth_half_width * np.linspace(
        -0.5, 0.5, 21, dtype=np.float32
    )
    line = np.interp(columns, lips.u, lips.upper)
    steps = np.linspace(0, _SHADE_REACH * face.lip_height, 24)
    most = _MOST_SHADE * face.lip_height
    sides = []
    for way in (-1, 1):
        rows = [line + way * step for step in steps]
        light = np.stack([_row(image, face, columns, row) for row in rows]).mean(1)
        level = light[0] + _RECOVERED * max(float(light.max() - light[0]), 0.0)
        sides.append(min(float(steps[int((light >= level).argmax())]), most))
    return sides[0], sides[1]


def _row(image: Image, face: FaceGeometry, u: Floats, v: Floats) -> Floats:
    x, y = face.places(u[None], v.astype(np.float32)[None])
    return np.asarray(sample(image, x, y)[0].mean(-1))
