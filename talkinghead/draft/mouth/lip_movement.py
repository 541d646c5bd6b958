"""Converts a mouth pose to the displacement of each part of the lips, as tables along the mouth."""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.face_geometry import FaceGeometry
from talkinghead.draft.image_sampling import Floats, smooth_scalar, smoothstep
from talkinghead.draft.mouth.lip_line import LipLine
from talkinghead.draft.mouth.visemes import MouthPose

# Lengths are fractions of the distance between the eyes' outer corners.
JAW_DROP = 0.21  # at its widest
_JAW_REACH = 0.78  # of half the face's width
_PRESS = 0.018  # that closed lips press into each other
_TUCK_UP, _TUCK_DOWN = 0.035, 0.035  # upper lip lifted off the teeth, lower lip drawn in
_POUT = 0.022  # that the upper lip rises when rounded
_CHIN_FOLLOWS = 0.92  # of the jaw's drop
_SEALED = 0.1  # of half the mouth's width at each corner that stays shut, and more when rounded
_LIFT, _DROP = 0.28, 0.59  # of the jaw's drop: the upper lip's rise, the lower lip's further fall
_REST_CLOSING = 0.72  # of its gap that a photo with an open mouth closes when it says nothing
_REST_BELOW = 0.8  # of the opening; below it the gap closes little by little


@dataclass(frozen=True, eq=False)
class LipMovement:
    """The displacements of a pose, in px.

    Attributes:
        seams: (1, length, 4) by u: v in the photo of the upper and the lower lip's edge, and how
            far down each goes.
        jaw: (1, length) by u: how far down the chin goes.
        narrowing: by how much u in the photo is further out, as a fraction.
    """

    seams: Floats
    jaw: Floats
    narrowing: float


class LipMover:
    """Converts poses of one mouth to movements.

    Args:
        face: its measures.
        lips: its lip line.
    """

    def __init__(self, face: FaceGeometry, lips: LipLine) -> None:
        self._lips, self._eyes = lips, face.eye_distance
        self._along = np.abs(face.along_mouth(lips.u))
        self._gap = lips.lower - lips.upper
        self._corners = 0.28 * np.exp(-((self._along / 2) ** 4))
        beside = (lips.u - face.face_middle) / (face.face_half_width * _JAW_REACH)
        self._jaw = np.exp(-(beside**4))[None].astype(np.float32)
        # The corners without the middle: what a smile lifts.
        self._smile = np.clip(self._along, 0, 1) ** 2 * np.exp(-((self._along / 1.5) ** 4))

    def movement(self, pose: MouthPose) -> LipMovement:
        """Return the displacements in this pose."""
        rounded = max(-pose.width, 0.0)
        jaw = JAW_DROP * self._eyes * pose.open * (1 - 0.2 * rounded)
        along, lips = self._lip_profile(rounded)
        arch = 1 - along**2  # of the upper lip; the lower one hangs as a rounder bow
        both = jaw * self._corners + 0.55 * rounded * self._lips.bow * self._smile
        closing = self._closing(pose)
        sealed = closing + (1 - closing) * rounded * smoothstep((self._along - 0.5) / 0.35)
        press = pose.closed * _PRESS * self._eyes
        slack = max(0.0, 1 - self._lips.gap / (0.08 * self._eyes))  # an open photo shows its teeth
        upper = lips * (press - pose.tuck * slack * _TUCK_UP * self._eyes) - arch * _LIFT * jaw
        upper -= lips * (_POUT * self._eyes * rounded * min(pose.open / 0.3, 1.0))
        upper += self._gap * (0.42 * sealed + 0.4 * rounded * (1 - sealed))
        lower = lips * (_DROP * jaw - press - pose.tuck * _TUCK_DOWN * self._eyes)
        lower -= self._gap * (0.58 * sealed + (0.45 * rounded + 0.55 * pose.tuck) * (1 - sealed))
        tables = [self._lips.upper, self._lips.lower, both + upper, both + lower]
        return LipMovement(
            seams=np.stack(tables, -1)[None].astype(np.float32),
            jaw=np.float32(_CHIN_FOLLOWS * jaw) * self._jaw,
            narrowing=self._narrowing(pose, rounded),
        )

    def _lip_profile(self, rounded: float) -> tuple[Floats, Floats]:
        """Return each position, 0 in the middle .. 1 where lips are sealed, and how open it is."""
        along = np.clip(self._along / (1 - _SEALED - 0.14 * rounded), 0, 1)
        return along, np.asarray((1 - along ** (2.5 - 0.5 * rounded)) ** (0.8 + 0.1 * rounded))

    def _narrowing(self, pose: MouthPose, rounded: float) -> float:
        smile = self._lips.smile
        spread = 0.09 * max(pose.width, 0.0) * (1 - smile)
        return rounded * (0.32 + 0.1 * smile) + 0.16 * pose.open * (1 - rounded) - spread

    def _closing(self, pose: MouthPose) -> float:
        if not self._lips.is_open:
            return pose.closed
        silent = (1 - smooth_scalar(pose.open / _REST_BELOW)) * (1 - pose.tuck)
        return max(pose.closed, _REST_CLOSING * silent)
