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
from talkinghead.draft.mouth.softness import softness
from talkinghead.draft.mouth.teeth import lower_teeth, upper_teeth
from talkinghead.draft.mouth.visemes import MouthPose

# Of half the mouth's width.
_SHORT, _LONGER = 0.12, 0.15  # how far upper teeth reach, and more where a sound shows them
_LOWER_TEETH = 0.17  # that they rise above the lip when wide open
_TEETH_EDGE = 0.035  # over which their edge fades
_LIP_SHADOW = 0.13  # how far down the upper lip's shadow reaches
_THIN = 0.14  # a mouth less open than this shows the lips' own shade
_LOWER_LIGHT = 0.8  # of the upper teeth's light
_DEEP = 0.55  # how much darker the throat is than cheeks and floor
_OF_SLOT = 0.72  # of a narrow opening that the upper teeth fill, and all of it in an "s"
_RAISED, _HIDDEN = 1.0, 0.3  # of the photo's own teeth behind wholly rounded lips
_PURSED = 0.5  # from how narrow a mouth on
_FLESH = 0.5  # of the lips' shade in it: a smile that narrows shows no black slit
_AMBIENT = 0.45  # of the lips' shade: what lights the mouth where no light from outside comes
_GRAIN = 0.5  # of the photo's own texture that is on what is painted
_MOST_GRAIN = 12.0  # of 255


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
        self._has_row = not (lips.shows_teeth or lips.teeth_above)  # none beside the photo's own
        self._along = np.clip(face.along_mouth(warp.box_u), -1, 1)
        self._arch = np.sqrt(1 - self._along**2)  # how far forward the arch of the teeth is
        self._colours = mouth_colours(image, face)
        self._ambient = np.asarray(_AMBIENT * self._colours.lip_shade, np.float32)
        self._soft = softness(image, face)
        self._grain = self._photo_grain(image, face)
        along = (warp.box_u - face.mouth_middle) / self._half
        self._lower = lower_teeth(along, self._half, self._colours.teeth, self._ambient)
        if lips.shows_teeth:
            self._teeth, self._gum = self._photo_teeth(image, face, lips)
            self._length = np.zeros_like(self._gum)
        else:
            row = upper_teeth(along, self._half, self._colours.teeth, self._ambient)
            self._teeth, self._length, self._gum = row.colours, row.length, self._gum_line(lips)

    def _photo_grain(self, image: Image, face: FaceGeometry) -> Floats:
        """Return the texture of the skin below the lips, around 0, for a mouth in the same
        paint."""
        below = self._warp.box_v + np.float32(0.5 * face.lip_height + 0.25 * self._half)
        x, y = face.places(self._warp.box_u, below)
        skin = sample(image, np.round(x), np.round(y)).mean(-1)
        grain = skin - blurred(skin, max(0.05 * self._half, 1.0))
        return np.asarray(_GRAIN * np.clip(grain, -_MOST_GRAIN, _MOST_GRAIN), np.float32)

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
        colour = self._cavity(np.clip(depth / height, 0, 1), along, height)
        if not self._colours.stone:
            self._add_tongue(colour, opened.bottom - v, height, along, pose)
            self._add_lower_teeth(colour, v, opened, pose)
            self._add_teeth(colour, v, opened, pose)
        # The lips throw their shade into the mouth, most of all the upper one and the corners.
        shade = 0.56 + 0.44 * smoothstep((depth + 0.02 * half) / (half * _LIP_SHADOW))
        shade *= 0.8 + 0.2 * smoothstep((opened.bottom - v) / (half * 0.12))
        colour = self._ambient + shade[..., None] * (colour - self._ambient)
        colour += self._grain[place][..., None]
        thin = smoothstep(height / (half * _THIN))[..., None]
        colour = self._colours.lip_shade + (0.35 + 0.65 * thin) * (colour - self._colours.lip_shade)
        inside = opened.inside
        if self._soft > 0:
            colour, inside = blurred(colour, self._soft), blurred(inside, self._soft)
        pixels = region[self._warp.box][place]
        pixels[:] = np.clip(pixels + inside[..., None] * (colour - pixels), 0, 255)

    def _cavity(self, fall: Floats, along: Floats, height: Floats) -> Floats:
        """Return the cavity: dark in the middle at the throat, redder towards cheeks and floor."""
        throat = np.exp(-((along / 0.62) ** 2) - ((fall - 0.4) / 0.36) ** 2)
        throat *= 0.5 + 0.5 * smoothstep(height / (0.5 * self._half))
        brightness = (0.8 + 0.4 * fall**2) * (1 - _DEEP * throat)
        return np.asarray(self._colours.cavity * brightness[..., None], np.float32)

    def _add_tongue(
        self, colour: Floats, above_lip: Floats, height: Floats, along: Floats, pose: MouthPose
    ) -> None:
        """Draw a dome behind the lower lip: lit in front, darker towards the throat and its
        sides."""
        half = self._half
        reach = np.minimum(half * (0.48 + 0.26 * pose.tongue), height * (0.62 + 0.3 * pose.tongue))
        dome = np.sqrt(np.clip(1 - (along / 0.74) ** 2, 0, 1))
        inwards = reach * dome - above_lip  # pixels from the tongue's far edge to the viewer
        seen = smoothstep(inwards / (half * 0.12)) * np.clip(height / (half * 0.3), 0, 1)
        front = smoothstep(inwards / (half * 0.42))
        groove = 1 - 0.2 * np.exp(-((along / 0.08) ** 2)) * front
        brightness = (0.3 + 0.62 * front) * groove * (0.6 + 0.4 * dome)
        gleam = np.exp(-(((np.abs(along) - 0.25) / 0.13) ** 2))
        gleam *= np.exp(-((inwards / half - 0.24) ** 2) / 0.006)
        tongue = self._colours.tongue * brightness[..., None]
        tongue += 12 * self._colours.light * gleam[..., None]
        colour += (0.95 * seen)[..., None] * (tongue - colour)

    def _add_lower_teeth(
        self, colour: Floats, v: Floats, opened: OpenMouth, pose: MouthPose
    ) -> None:
        """Draw the lower teeth, which a wide open mouth shows above its lip."""
        shown = smooth_scalar((pose.open - 0.4) / 0.35) * smooth_scalar(1 + pose.width / 0.5)
        if shown <= 0 or not self._has_row:
            return
        half, place, bottom = self._half, opened.place, opened.bottom
        arch = self._arch[place]
        # The row is flatter than the lip, which covers it towards the corners.
        rise = half * _LOWER_TEETH * shown * self._lower.length[place]
        inwards = v - (float(bottom.max()) - rise - 0.1 * half * (1 - arch))
        alpha = smoothstep(inwards / max(half * _TEETH_EDGE, 0.8))
        alpha *= smoothstep((arch - 0.72) / 0.2) * shown
        light = _LOWER_LIGHT - 0.22 * smoothstep(inwards / (half * _LOWER_TEETH) - 0.1)
        teeth = light[..., None] * self._lower.colours[place]
        colour += alpha[..., None] * (teeth - colour)

    def _add_teeth(self, colour: Floats, v: Floats, opened: OpenMouth, pose: MouthPose) -> None:
        if not (self._own_teeth or self._has_row):
            return
        half, place, rounded = self._half, opened.place, smooth_scalar(-pose.width / 0.85)
        edge = self._gum[place]
        if self._own_teeth:
            rounded = smooth_scalar((-pose.width - _PURSED) / (1 - _PURSED))
            colour += _FLESH * rounded * (self._colours.lip_shade - colour)
            edge = edge - _RAISED * rounded * np.maximum(edge - opened.top, 0)
            shown = 1 - _HIDDEN * rounded
        else:
            length = half * (_SHORT + _LONGER * pose.teeth) * (1 - 0.45 * rounded)
            share = _OF_SLOT + (1 - _OF_SLOT) * smooth_scalar((pose.teeth - 0.7) / 0.3)
            slot = opened.top + share * (opened.bottom - opened.top)
            edge = np.minimum(edge + length * self._length[place], slot)
            shown = (0.7 + 0.3 * pose.teeth) * (1 - 0.55 * rounded)
        below = v - edge
        alpha = shown * (1 - smoothstep(below / max(half * _TEETH_EDGE, 0.8) + 0.5))
        # The biting edge is translucent and a little darker.
        edge_shade = 1 - 0.14 * smoothstep(below / (half * 0.1) + 1)
        teeth = self._teeth[place] * edge_shade[..., None]
        colour += alpha[..., None] * (teeth - colour)
