"""Colours of the inside of a mouth, in the picture's own hues: a grey photo has a grey mouth."""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.face_geometry import CHEEKS, FaceGeometry
from talkinghead.draft.image_sampling import Floats, Image, sample

_BRIGHT_SKIN = 170.0  # mean of 255 of the cheeks in a well-lit portrait
_CAVITY, _TONGUE = 46.0, 146.0  # mean of 255 in that light
_TEETH = 1.3  # brighter than the skin
_BRIGHTEST = 232.0  # of 255, of any tooth's channel
_TEETH_LIKE_SKIN = 0.45  # the power of the skin's hue that the light gives to the teeth
_DEEPEST = 1.9  # of the mean: the strongest channel of a tongue; painted lips may go beyond
_UPPER_LIP, _LOWER_LIP = (0, 13), (14, 17)  # outer and inner borders
_REDDER = np.array([0.28, -0.22, -0.1])  # the inside against the lips, in a vivid picture
_LIP_ROWS, _LIP_COLUMNS = np.linspace(0.3, 0.7, 5), np.linspace(-0.4, 0.4, 9)


@dataclass(frozen=True, eq=False)
class MouthColours:
    """Colours RGB float32 (3,), and the light on them.

    Attributes:
        light: 1 in a well-lit portrait; the other colours are already in it.
        cavity, tongue, teeth: colours.
    """

    light: float
    cavity: Floats
    tongue: Floats
    teeth: Floats


def mouth_colours(image: Image, face: FaceGeometry) -> MouthColours:
    """Return the colours for the mouth of a photo, RGB uint8 (height, width, 3)."""
    skin, lips = _skin(image, face), _lips(image, face)
    light = float(np.clip(skin.mean() / _BRIGHT_SKIN, 0.35, 1.1))
    vivid = 1 - float(lips.min()) / max(float(lips.max()), 1.0)  # 0 in a grey picture
    flesh = np.clip(lips / max(float(lips.mean()), 1.0) * (1 + vivid * _REDDER), 0, _DEEPEST)
    hue = skin / max(float(skin.mean()), 1.0)
    teeth = _TEETH * skin.mean() * np.clip(hue, 0.05, None) ** _TEETH_LIKE_SKIN
    return MouthColours(
        light,
        cavity=np.asarray(_CAVITY * light * flesh**1.25, np.float32),
        tongue=np.asarray(_TONGUE * light * (0.85 * flesh + 0.15 * hue), np.float32),
        teeth=np.asarray(teeth * min(1.0, _BRIGHTEST / float(teeth.max())), np.float32),
    )


def _skin(image: Image, face: FaceGeometry) -> Floats:
    height, width = image.shape[:2]
    points = face.landmarks[CHEEKS, :2].astype(int)
    x, y = np.clip(points[:, 0], 0, width - 1), np.clip(points[:, 1], 0, height - 1)
    return np.asarray(np.median(image[y, x].astype(np.float32), axis=0))


def _lips(image: Image, face: FaceGeometry) -> Floats:
    """Return the median colour of both lips."""
    u = face.mouth_middle + face.mouth_half_width * _LIP_COLUMNS[None]
    rows = [
        face.points[first, 1] + _LIP_ROWS * (face.points[last, 1] - face.points[first, 1])
        for first, last in (_UPPER_LIP, _LOWER_LIP)
    ]
    v = np.concatenate(rows)[:, None]
    u, v = np.broadcast_arrays(u.astype(np.float32), v.astype(np.float32))
    return np.asarray(np.median(sample(image, *face.places(u, v)).reshape(-1, 3), axis=0))
