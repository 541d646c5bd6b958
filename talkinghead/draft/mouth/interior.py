"""Draws the inside of the mouth: cavity, tongue and teeth.

A photo with an open mouth keeps its own teeth; one with closed lips gets teeth that fit its light.
Teeth stay with the skull, the tongue goes with the jaw.
"""

import numpy as np

from talkinghead.draft.face_geometry import FaceGeometry
from talkinghead.draft.image_sampling import (
    Floats,
    Image,
    blurred,
    sample,
    smooth_scalar,
    smoothstep,
)
from talkinghead.draft.mouth.colours import mouth_colours
from talkinghead.draft.mouth.lip_line import LipLine
from talkinghead.draft.mouth.lip_warp import LipWarp, OpenMouth
from talkinghead.draft.mouth.visemes import MouthPose

_TOOTH_ANGLE = 0.3  # radians of the dental arch that a front tooth takes
_BETWEEN_TEETH = 0.1  # how much darker it is between two teeth
_LOWER_TEETH = 0.1  # of half the mouth's width that they rise above the lip when wide open
_LOWER_SHADE = 0.72  # of the upper teeth's light


class MouthInterior:
    """Draws the inside of one photo's mouth.

    Args:
        image: the photo, RGB uint8 (height, width, 3).
        face: the face in it.
        lips: its lip line.
        warp: the warp that opens it; the inside is painted in its lip box.
    """

    def __init__(self, image: Image, face: FaceGeometry, lips: LipLine, warp: LipWarp) -> None:
        self._half, self._warp, self._own_teeth = face.mouth_half_width, warp, lips.shows_teeth
        self._along = np.clip(face.along_mouth(warp.box_u), -1, 1)
        self._arch = np.sqrt(1 - self._along**2)  # how far forward the arch of the teeth is
        self._colours = mouth_colours(image, face)
        self._row = self._shaded_row(face)
        if lips.shows_teeth:
            self._teeth, self._gum = self._photo_teeth(image, face, lips)
        else:
            self._teeth, self._gum = self._row, self._gum_line(lips)

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

    def _shaded_row(self, face: FaceGeometry) -> Floats:
        """Return the colours of a row of front teeth that darkens towards the corners."""
        along = np.clip((self._warp.box_u - face.mouth_middle) / self._half, -1, 1)
        place = np.arcsin(0.95 * along) / _TOOTH_ANGLE  # teeth beside are seen from their side
        across = np.abs((place + 0.5) % 1 - 0.5) * 2  # 0 in a tooth's middle, 1 between two teeth
        relief = 1 - _BETWEEN_TEETH * smoothstep((across - 0.7) / 0.3)
        shade = (0.45 + 0.55 * self._arch**1.5) * relief
        return np.asarray(shade[..., None] * self._colours.teeth, np.float32)

    def _gum_line(self, lips: LipLine) -> Floats:
        """Return v of the upper teeth's upper edge; the lip's own line bends too much for it."""
        line = blurred(lips.upper[None], max(0.25 * self._half, 1.0))[0]
        return np.asarray(np.interp(self._warp.box_u, lips.u, line), np.float32)

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
        self._add_lower_teeth(colour, v, opened, pose)
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
        brightness = (0.72 + 0.5 * fall**2) * (1 - 0.72 * throat)
        return np.asarray(self._colours.cavity * brightness[..., None], np.float32)

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
        tongue = self._colours.tongue * brightness[..., None]
        tongue += 30 * self._colours.light * gleam[..., None]
        colour += (0.95 * seen)[..., None] * (tongue - colour)

    def _add_lower_teeth(
        self, colour: Floats, v: Floats, opened: OpenMouth, pose: MouthPose
    ) -> None:
        """Draw the lower teeth, which a wide open mouth shows above its lip."""
        shown = smooth_scalar((pose.open - 0.4) / 0.35) * smooth_scalar(1 + pose.width / 0.5)
        if shown <= 0:
            return
        half, arch, bottom = self._half, self._arch[opened.place], opened.bottom
        # The row is flatter than the lip, which covers it towards the corners.
        rise = half * _LOWER_TEETH * shown
        inwards = v - (float(bottom.max()) - rise - 0.12 * half * (1 - arch))
        alpha = smoothstep(inwards / max(half * 0.06, 0.8)) * smoothstep((arch - 0.7) / 0.25)
        alpha *= smoothstep((bottom - v) / (0.06 * half) + 0.6)
        teeth = (_LOWER_SHADE - 0.2 * smoothstep(inwards / rise - 0.2))[..., None] * self._row[
            opened.place
        ]
        colour += (alpha * shown)[..., None] * (teeth - colour)

    def _add_teeth(
        self, colour: Floats, v: Floats, place: tuple[slice, slice], pose: MouthPose
    ) -> None:
        half, rounded = self._half, smooth_scalar(-pose.width / 0.85)
        if self._own_teeth:
            edge, shown = self._gum[place], 1 - 0.85 * rounded
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
