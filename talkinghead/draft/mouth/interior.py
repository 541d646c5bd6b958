"""Draws the inside of the mouth: cavity, tongue and teeth.

A photo with an open mouth keeps its own teeth; one with closed lips gets teeth that fit its light.
Teeth stay with the skull, the tongue goes with the jaw.
"""

import numpy as np

from talkinghead.draft.face_geometry import CHEEKS, FaceGeometry
from talkinghead.draft.image_sampling import (
    Floats,
    Image,
    blurred,
    sample,
    smooth_scalar,
    smoothstep,
)
from talkinghead.draft.mouth.lip_line import LipLine
from talkinghead.draft.mouth.lip_warp import LipWarp, OpenMouth
from talkinghead.draft.mouth.visemes import MouthPose

_CAVITY = np.array([92, 34, 34], np.float32)  # in the light of a well-lit portrait
_TONGUE = np.array([202, 112, 108], np.float32)
_BRIGHT_SKIN = 170.0  # mean of 255 of the cheeks in a well-lit portrait
_TOOTH_WIDTH = 0.235  # of half the mouth's width
_TEETH_LIKE_SKIN = 0.5  # how much of the skin's hue the light gives to the teeth


class MouthInterior:
    """Draws the inside of one photo's mouth.

    Args:
        image: the photo, RGB uint8 (height, width, 3).
        face: the face in it.
        lips: its lip line.
        warp: the warp that opens it; the inside is painted in its lip box.
    """

    def __init__(self, image: Image, face: FaceGeometry, lips: LipLine, warp: LipWarp) -> None:
        self._half, self._warp, self._own_teeth = face.mouth_half_width, warp, lips.is_open
        self._along = np.clip(face.along_mouth(warp.box_u), -1, 1)
        self._arch = np.sqrt(1 - self._along**2)  # how far forward the arch of the teeth is
        skin = _skin_colour(image, face)
        self._light = float(np.clip(skin.mean() / _BRIGHT_SKIN, 0.35, 1.1))
        if lips.is_open:
            self._teeth, self._gum = self._photo_teeth(image, face, lips)
        else:
            self._teeth, self._gum = self._drawn_teeth(face, skin, lips)

    def _photo_teeth(
        self, image: Image, face: FaceGeometry, lips: LipLine
    ) -> tuple[Floats, Floats]:
        """Return what the photo shows between its lips, extended downwards, and v of its lower
        edge."""
        u, v = self._warp.box_u, self._warp.box_v
        upper, lower = np.interp(u, lips.u, lips.upper), np.interp(u, lips.u, lips.lower)
        inset = np.minimum(0.12 * (lower - upper), 2.0) + 0.4  # the lips' own edges stay outside
        bounded = np.clip(v, upper + inset, np.maximum(lower - inset, upper + inset))
        return sample(image, *face.places(u, bounded)), lower.astype(np.float32)

    def _drawn_teeth(
        self, face: FaceGeometry, skin: Floats, lips: LipLine
    ) -> tuple[Floats, Floats]:
        """Return front teeth that darken towards the corners, and v of their upper edge."""
        u = self._warp.box_u
        place = (u - face.mouth_middle) / (self._half * _TOOTH_WIDTH)
        across = np.abs((place + 0.5) % 1 - 0.5) * 2  # 0 in a tooth's middle, 1 between two teeth
        relief = 1 - 0.14 * smoothstep((across - 0.6) / 0.4)
        shade = (0.5 + 0.5 * self._arch**1.5) * relief
        white = np.full(3, skin.mean(), np.float32)
        colour = 1.32 * (white + _TEETH_LIKE_SKIN * (skin - white))
        colour *= min(1.0, 236 / float(colour.max()))
        # The lip's own line bends too much for an arch of teeth.
        line = blurred(lips.upper[None], max(0.25 * self._half, 1.0))[0]
        hangs_from = np.interp(u, lips.u, line).astype(np.float32)
        return np.asarray(shade[..., None] * colour, np.float32), hangs_from

    def paint(self, region: Image, opened: OpenMouth, pose: MouthPose) -> None:
        """Draw into the open area.

        Args:
            region: the warp's region, changed in place.
            opened: what the warp left open.
            pose: the mouth's pose.
        """
        place, half = opened.place, self._half
        v, along = self._warp.box_v[place], self._along[place]
        depth, height = v - opened.top, np.maximum(opened.bottom - opened.top, np.float32(1e-3))
        colour = self._cavity(np.clip(depth / height, 0, 1), along)
        self._add_tongue(colour, opened.bottom - v, height, along, pose)
        self._add_teeth(colour, v, place, pose)
        # The lips throw their shade into the mouth, most of all the upper one and the corners.
        shade = 0.55 + 0.45 * smoothstep(depth / np.minimum(half * 0.16, 0.5 * height))
        shade *= 0.86 + 0.14 * smoothstep((opened.bottom - v) / (half * 0.1))
        shade *= 0.45 + 0.55 * smoothstep((1 - np.abs(along)) / 0.3)
        colour *= shade[..., None]
        pixels = region[self._warp.box][place]
        pixels[:] = np.clip(pixels + opened.inside[..., None] * (colour - pixels), 0, 255)

    def _cavity(self, fall: Floats, along: Floats) -> Floats:
        """Return the cavity: dark in the middle at the throat, redder towards cheeks and floor."""
        throat = np.exp(-((along / 0.62) ** 2) - ((fall - 0.4) / 0.36) ** 2)
        brightness = (0.72 + 0.5 * fall**2) * (1 - 0.72 * throat) * self._light
        return np.asarray(_CAVITY * brightness[..., None], np.float32)

    def _add_tongue(
        self, colour: Floats, above_lip: Floats, height: Floats, along: Floats, pose: MouthPose
    ) -> None:
        """Draw a dome behind the lower lip: lit in front, darker towards the throat and its
        sides."""
        half = self._half
        reach = np.minimum(half * (0.34 + 0.3 * pose.tongue), height * (0.62 + 0.3 * pose.tongue))
        dome = np.sqrt(np.clip(1 - (along / 0.74) ** 2, 0, 1))
        inwards = reach * dome - above_lip  # pixels from the tongue's far edge to the viewer
        seen = smoothstep(inwards / (half * 0.12)) * np.clip(height / (half * 0.3), 0, 1)
        front = smoothstep(inwards / (half * 0.36))
        groove = 1 - 0.2 * np.exp(-((along / 0.08) ** 2)) * front
        brightness = (0.3 + 0.62 * front) * groove * (0.6 + 0.4 * dome)
        gleam = np.exp(-(((np.abs(along) - 0.25) / 0.13) ** 2))
        gleam *= np.exp(-((inwards / half - 0.24) ** 2) / 0.006)
        tongue = _TONGUE * brightness[..., None] + 34 * gleam[..., None]
        colour += (0.95 * seen)[..., None] * (tongue * self._light - colour)

    def _add_teeth(
        self, colour: Floats, v: Floats, place: tuple[slice, slice], pose: MouthPose
    ) -> None:
        half, rounded = self._half, smooth_scalar(-pose.width / 0.85)
        if self._own_teeth:
            edge, shown = self._gum[place], 1 - rounded
        else:
            length = half * (0.1 + 0.16 * pose.teeth) * (1 - 0.5 * rounded)
            edge = self._gum[place] + length * np.sqrt(self._arch[place])
            shown = (0.55 + 0.45 * pose.teeth) * (1 - 0.9 * rounded)
        below = v - edge
        alpha = shown * (1 - smoothstep(below / max(half * 0.05, 0.8) + 0.5))
        # The biting edge is translucent and a little darker.
        edge_shade = 1 - 0.16 * smoothstep(below / (half * 0.1) + 1)
        teeth = self._teeth[place] * edge_shade[..., None]
        colour += alpha[..., None] * (teeth - colour)


def _skin_colour(image: Image, face: FaceGeometry) -> Floats:
    """Return RGB float32 (3,) of the cheeks."""
    height, width = image.shape[:2]
    points = face.landmarks[CHEEKS, :2].astype(int)
    x, y = np.clip(points[:, 0], 0, width - 1), np.clip(points[:, 1], 0, height - 1)
    return np.asarray(np.median(image[y, x].astype(np.float32), axis=0))
