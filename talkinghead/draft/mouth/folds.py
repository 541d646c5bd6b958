"""Finds where the warp of the lips folds: where skin further down is drawn further up."""

import numpy as np

from talkinghead.draft.face_geometry import measure_face
from talkinghead.draft.mouth.lip_line import find_lip_line
from talkinghead.draft.mouth.lip_movement import LipMover
from talkinghead.draft.mouth.lip_warp import LipWarp, mouth_region, range_of_u
from talkinghead.draft.mouth.visemes import MouthCurves
from talkinghead.draft.portrait_fit import FittedPortrait

_WIDEST = 12  # poses that are tried: a fold comes with a wide mouth
_FOLDED = -0.02  # pixels that the map goes back from one row to the next; less is rounding


def folds(portrait: FittedPortrait, mouth: MouthCurves) -> bool:
    """Whether the map below the mouth's opening runs backwards anywhere, in the widest poses.

    Args:
        portrait: the face.
        mouth: the poses it takes.
    """
    face = measure_face(portrait.landmarks)
    height, width = portrait.image.shape[:2]
    region = mouth_region(face, height, width)
    lips = find_lip_line(portrait.image, face, *range_of_u(face, region))
    rows = np.arange(height, dtype=np.float32)
    ramp = np.repeat(rows[:, None], width, 1)  # each pixel says from which row it came
    warp = LipWarp(ramp, face, region, lips)  # type: ignore[arg-type]  # OpenCV moves floats as well
    mover = LipMover(face, lips)
    middle, zero = np.array([face.face_middle], np.float32), np.zeros(1, np.float32)
    x = np.arange(region[1].start, region[1].stop)
    columns = np.abs(x - face.places(middle, zero)[0]) < 0.5 * face.face_half_width
    lowest = float(lips.lower.max()) + float(face.places(middle, zero)[1][0])
    for frame in np.argsort(mouth.open)[-_WIDEST:]:
        came_from, _ = warp.apply(mover.movement(mouth.pose(int(frame))))
        below = np.asarray(came_from, np.float32)[:, columns]
        steps = np.diff(below, axis=0)
        if (steps[below[1:] > lowest + 2] < _FOLDED).any():
            return True
    return False
