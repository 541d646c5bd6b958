"""Measures the lips in a finished video, to evaluate its lip sync."""

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from talkinghead.av.faces import find_faces, follow_face
from talkinghead.draft.image_sampling import Floats

_UPPER_LIP, _LOWER_LIP = 0, 17  # the outer borders; FaceMesh hardly sees a gap between painted lips
_LEFT_CORNER, _RIGHT_CORNER = 61, 291
_RIGHT_EYE, _LEFT_EYE = 33, 263
_LIDS = ((159, 145), (386, 374))


@dataclass(frozen=True, eq=False)
class LipReading:
    """Lip measures per frame; lengths are fractions of the distance between the eyes.

    Attributes:
        opening: from the upper lip's upper to the lower lip's lower border, (frames,).
        width: between the corners, (frames,).
        eyes: between the lids, the mean of both eyes, (frames,).
        presence: how sure FaceMesh is that it sees a face, 0..1, (frames,).
    """

    opening: Floats
    width: Floats
    eyes: Floats
    presence: Floats


def read_lips(video: Path) -> LipReading:
    """Return the measures of the lips on every frame.

    Raises:
        ValueError: the first frame shows no face.
    """
    rows = []
    landmarks: Floats | None = None
    with av.open(str(video)) as file:
        for frame in file.decode(video=0):
            image = frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)
            if landmarks is None:
                faces = find_faces(image)
                if not faces:
                    raise ValueError("No face found in the first frame.")
                landmarks = faces[0].landmarks
            presence, landmarks = follow_face(image, landmarks)
            rows.append([*_measures(landmarks), presence])
    return LipReading(*np.array(rows, np.float32).T)


def _measures(landmarks: Floats) -> tuple[float, float, float]:
    def distance(first: int, second: int) -> float:
        return float(np.linalg.norm(landmarks[first, :2] - landmarks[second, :2]))

    eyes = distance(_RIGHT_EYE, _LEFT_EYE)
    lids = sum(distance(upper, lower) for upper, lower in _LIDS) / len(_LIDS)
    width = distance(_LEFT_CORNER, _RIGHT_CORNER)
    return distance(_UPPER_LIP, _LOWER_LIP) / eyes, width / eyes, lids / eyes


def best_lag(seen: Floats, expected: Floats, most: int = 8) -> tuple[int, float]:
    """Return the lag in frames between two curves with the best correlation, and that correlation.

    Args:
        seen: (frames,).
        expected: (frames,).
        most: frames looked at either way.

    Returns:
        The lag in frames, positive where `seen` is late, and Pearson's correlation at that lag.
    """
    agreement = {}
    for lag in range(-most, most + 1):
        late = seen[max(lag, 0) : len(seen) + min(lag, 0)]
        early = expected[max(-lag, 0) : len(expected) - max(lag, 0)]
        agreement[lag] = float(np.corrcoef(late, early)[0, 1])
    lag = max(agreement, key=lambda frames: agreement[frames])
    return lag, agreement[lag]
