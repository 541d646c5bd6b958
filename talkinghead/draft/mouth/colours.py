"""Colours of the inside of a mouth, in the picture's own hues: a grey photo has a grey mouth."""

from dataclasses import dataclass

import cv2
import numpy as np

from talkinghead.draft.face_geometry import CHEEKS, FaceGeometry
from talkinghead.draft.image_sampling import Floats, Image, sample, smooth_scalar

_BRIGHT_SKIN = 170.0  # mean of 255 of the cheeks in a well-lit portrait
_CAVITY, _TONGUE = 50.0, 138.0  # mean of 255 in that light
_TEETH = 1.14  # brighter than the skin
_BRIGHTEST = 226.0  # of 255, of any tooth's channel
# Of the skin's red and blue against its green, what the light gives to the teeth: more of the red
# is the blood's own.
_TEETH_RED, _TEETH_BLUE = 0.6, 0.72
_VARNISH = 0.7  # of skin's green, blue that is less: everything in the picture is yellow
_GREY, _ONE_HUE, _ONLY_SHADOW = (0.8, 5.0), 2.0, 25.0  # CIELAB chroma, hue, L of stone
_DEEPEST = 1.75  # of the mean: the strongest channel of a tongue; painted lips may go beyond
_UNDER_LIPS = 0.9  # of the lips' brightness that a tongue has at most
_OF_LIPS = 0.55  # of the lips in the hue of the inside, the rest is skin
_LIP_SHADE = 0.46  # of the lips' brightness, where they meet
_UPPER_LIP, _LOWER_LIP = (0, 13), (14, 17)  # outer and inner borders
_REDDER = np.array([0.28, -0.22, -0.1])  # the inside against the lips, in a vivid picture
_LIP_ROWS, _LIP_COLUMNS = np.linspace(0.3, 0.7, 5), np.linspace(-0.4, 0.4, 9)


@dataclass(frozen=True, eq=False)
class MouthColours:
    """Colours RGB float32 (3,), and the light on them.

    Attributes:
        light: 1 in a well-lit portrait; the other colours are already in it.
        cavity, tongue, teeth: colours.
        lip_shade: what is seen between lips that hardly part.
        stone: whether the face is one of a statue, without teeth or tongue.
    """

    light: float
    cavity: Floats
    tongue: Floats
    teeth: Floats
    lip_shade: Floats
    stone: bool


def mouth_colours(image: Image, face: FaceGeometry) -> MouthColours:
    """Return the colours for the mouth of a photo, RGB uint8 (height, width, 3)."""
    skin, lips = _skin(image, face), _lips(image, face)
    light = float(np.clip(skin.mean() / _BRIGHT_SKIN, 0.35, 1.1))
    vivid = 1 - float(lips.min()) / max(float(lips.max()), 1.0)  # 0 in a grey picture
    hue, own = skin / max(float(skin.mean()), 1.0), lips / max(float(lips.mean()), 1.0)
    flesh = (_OF_LIPS * own + (1 - _OF_LIPS) * hue) * (1 + vivid * _REDDER)
    flesh = np.clip(flesh, 0.02, _DEEPEST)
    teeth = _TEETH * float(skin.mean()) * _lit_teeth(hue)
    tongue = min(_TONGUE * light, _UNDER_LIPS * float(lips.mean()))
    return MouthColours(
        light,
        cavity=np.asarray(_CAVITY * light * flesh**1.2, np.float32),
        tongue=np.asarray(tongue * flesh, np.float32),
        teeth=np.asarray(teeth * min(1.0, _BRIGHTEST / float(teeth.max())), np.float32),
        lip_shade=np.asarray(_LIP_SHADE * lips, np.float32),
        stone=_is_stone(skin, lips),
    )


def _is_stone(skin: Floats, lips: Floats) -> bool:
    """Return whether skin and lips are of one gray, which a photo in black and white has exactly,
    and the lips only shadow."""
    colours = np.stack([skin, lips])[None].astype(np.float32) / 255
    (skin_l, *skin_hue), (lips_l, *lips_hue) = cv2.cvtColor(colours, cv2.COLOR_RGB2LAB)[0]
    grey = _GREY[0] < float(np.hypot(*skin_hue)) < _GREY[1]
    alike = float(np.hypot(*np.subtract(lips_hue, skin_hue))) < _ONE_HUE
    return bool(grey and alike and lips_l < skin_l - _ONLY_SHADOW)


def _lit_teeth(hue: Floats) -> Floats:
    """Return the hue of teeth, of mean 1, in the light that gives skin this hue."""
    red, green, blue = hue.tolist()
    # Old varnish is on the teeth as well.
    varnish = smooth_scalar((_VARNISH - blue / max(green, 0.05)) / 0.12)
    of_red, of_blue = (of + 0.5 * varnish * (1 - of) for of in (_TEETH_RED, _TEETH_BLUE))
    lit = np.array([green + of_red * (red - green), green, green + of_blue * (blue - green)])
    return np.clip(lit / max(float(lit.mean()), 0.05), 0.05, None)


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
