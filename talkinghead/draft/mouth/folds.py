"""Finds where the warp of the lips folds: where skin further down is drawn further up."""

import numpy as np

from talkinghead.draft.face_geometry import measure_face
from talkinghead.draft.image_sampling import pixel_grid
from talkinghead.draft.mouth.lip_line import find_lip_line
from talkinghead.draft.mouth.lip_movement import LipMover
from talkinghead.draft.mouth.lip_warp import LipWarp
from talkinghead.draft.mouth.mouth_region import mouth_region, range_of_u
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
    grid = pixel_grid(slice(0, height), slice(0, width))
    u, v = face.coordinates(grid[..., 0], grid[..., 1])
    # A picture whose pixels say from how far down they came; OpenCV moves floats as well.
    warp = LipWarp(v, face, region, lips)  # type: ignore[arg-type]
    mover = LipMover(face, lips)
    columns = np.abs(u[region] - face.face_middle) < 0.5 * face.face_half_width
    lowest = float(lips.lower.max()) + 2
    for frame in np.argsort(mouth.open)[-_WIDEST:]:
        came_from, _ = warp.apply(mover.movement(mouth.pose(int(frame))))
        below = np.asarray(came_from, np.float32)
        steps = np.diff(below, axis=0)
        if (steps[(below[1:] > lowest) & columns[1:]] < _FOLDED).any():
            return True
    return False
