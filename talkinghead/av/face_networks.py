"""The two face networks: BlazeFace short range (detection) and FaceMesh (468 landmarks).

Both are MediaPipe's published TFLite files (Apache-2.0), run by OpenCV. They are loaded on first
use, once in a process; a lock around each makes them safe to call from any thread.
"""

import math
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
"""RGB, (height, width, 3)."""
Floats = npt.NDArray[np.floating[Any]]

_DATA = Path(__file__).parent / "data"
_DETECTOR_SIDE = 128
_MESH_SIDE = 192
_MESH_MARGIN = 1.5  # FaceMesh was trained on the face's box, half as large again
_OVERLAP = 0.3  # boxes that share more than this are one face


@dataclass(frozen=True, eq=False)
class Detection:
    """A detection by BlazeFace.

    Attributes:
        score: 0..1.
        box: x0, y0, x1, y1 in pixels.
        roll: the angle of the eye line in radians, clockwise as seen.
    """

    score: float
    box: Floats
    roll: float

    @property
    def width(self) -> float:
        """Pixels."""
        return float(self.box[2] - self.box[0])

    def moved(self, x: float, y: float) -> "Detection":
        """Return the detection in a picture in which this one starts at (x, y) px."""
        return replace(self, box=self.box + np.array([x, y, x, y], np.float32))

    def scaled(self, factor: float) -> "Detection":
        """Return the detection in a picture scaled by the factor."""
        return replace(self, box=self.box * np.float32(factor))

    def turned_over(self, width: int, height: int) -> "Detection":
        """Return the detection in this picture, of width x height px, turned upside down."""
        x0, y0, x1, y1 = self.box
        box = np.array([width - x1, height - y1, width - x0, height - y0], np.float32)
        return replace(self, box=box, roll=self.roll + math.pi)


class _Network:
    """One TFLite interpreter; locked because it keeps its activations inside itself."""

    def __init__(self, name: str) -> None:
        path = str(_DATA / name)
        # Of OpenCV 5's engines only the classic one, 1, returns every output.
        engine = (1,) if int(cv2.__version__.split(".")[0]) >= 5 else ()
        self._network: Any = cv2.dnn.readNetFromTFLite(path, *engine)
        self._outputs = self._network.getUnconnectedOutLayersNames()
        self._lock = Lock()

    def __call__(self, pixels: Floats) -> dict[int, Floats]:
        """Run on (side, side, 3) floats; returns the outputs flattened, by size."""
        blob = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
        with self._lock:
            self._network.setInput(blob)
            return {part.size: part.ravel().copy() for part in self._network.forward(self._outputs)}


@cache
def _detector() -> _Network:
    return _Network("face_detection_short_range.tflite")


@cache
def _mesh() -> _Network:
    return _Network("face_landmark.tflite")


@cache
def _anchors() -> Floats:
    """Return the centres (896, 2) of BlazeFace's anchors: two per stride-8 cell, six per
    stride-16."""
    centres = []
    for stride, count in ((8, 2), (16, 6)):
        cells = (np.arange(_DETECTOR_SIDE // stride) + 0.5) * stride / _DETECTOR_SIDE
        y, x = np.meshgrid(cells, cells, indexing="ij")
        centres.append(np.repeat(np.stack([x.ravel(), y.ravel()], 1), count, axis=0))
    return np.concatenate(centres).astype(np.float32)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -60, 60))))


def detect(image: Image, threshold: float) -> list[Detection]:
    """Return the faces in the whole picture, best first; faces under 1/8 of it are missed."""
    height, width = image.shape[:2]
    side = max(height, width)
    left, top = (side - width) // 2, (side - height) // 2
    square = cv2.copyMakeBorder(
        image, top, side - height - top, left, side - width - left, cv2.BORDER_CONSTANT
    )
    small = cv2.resize(square, (_DETECTOR_SIDE, _DETECTOR_SIDE), interpolation=cv2.INTER_AREA)
    outputs = _detector()((small.astype(np.float32) / 127.5) - 1)
    scores = _sigmoid(outputs[896])
    chosen = np.flatnonzero(scores > threshold)
    if not chosen.size:
        return []
    points = outputs[896 * 16].reshape(-1, 8, 2)[chosen] / _DETECTOR_SIDE
    points[:, 0] += _anchors()[chosen]
    boxes = np.concatenate([points[:, 0] - points[:, 1] / 2, points[:, 0] + points[:, 1] / 2], 1)
    eye_lines = points[:, 3] - points[:, 2]
    found = _blend(scores[chosen], boxes * side, eye_lines)
    return [face.moved(-left, -top) for face in found]


def _blend(scores: Floats, boxes: Floats, eye_lines: Floats) -> list[Detection]:
    """Weighted non-maximum suppression: overlapping boxes are averaged, weighted by score."""
    found = []
    remaining = np.argsort(-scores)
    while remaining.size:
        first = remaining[0]
        same = remaining[_intersection_over_union(boxes[first], boxes[remaining]) > _OVERLAP]
        same = same if same.size else remaining[:1]
        weights = scores[same] / scores[same].sum()
        x, y = (eye_lines[same] * weights[:, None]).sum(0)
        box = (boxes[same] * weights[:, None]).sum(0)
        found.append(Detection(float(scores[first]), box, math.atan2(y, x)))
        remaining = np.setdiff1d(remaining, same, assume_unique=True)
        remaining = remaining[np.argsort(-scores[remaining])]
    return found


def _intersection(box: Floats, boxes: Floats) -> Floats:
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    return np.asarray(np.clip(sides, 0, None).prod(1))


def _intersection_over_union(box: Floats, boxes: Floats) -> Floats:
    both = _intersection(box, boxes)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    return np.asarray(both / np.maximum((box[2:] - box[:2]).prod() + areas - both, 1e-9))


def without_repeats(found: list[Detection]) -> list[Detection]:
    """Return one detection per face, the best: overlapping tiles see a face several times."""
    kept: list[Detection] = []
    for face in sorted(found, key=lambda face: -face.score):
        if not any(_repeats(face, other) for other in kept):
            kept.append(face)
    return kept


def _repeats(face: Detection, other: Detection) -> bool:
    smaller = min((box[2:] - box[:2]).prod() for box in (face.box, other.box))
    return bool(_intersection(face.box, other.box[None])[0] > _OVERLAP * smaller)


def landmarks_in_box(image: Image, detection: Detection) -> tuple[float, Floats]:
    """Return presence (0..1) and landmarks (468, 3) in px of a newly detected face."""
    x0, y0, x1, y1 = (float(side) for side in detection.box)
    size = _MESH_MARGIN * max(x1 - x0, y1 - y0)
    return _landmarks(image, ((x0 + x1) / 2, (y0 + y1) / 2), size, detection.roll)


def landmarks_again(image: Image, previous: Floats) -> tuple[float, Floats]:
    """Return presence (0..1) and landmarks (468, 3) in px, searched around their last position."""
    across = previous[263, :2] - previous[33, :2]
    roll = math.atan2(across[1], across[0])
    turn = np.array([[math.cos(roll), math.sin(roll)], [-math.sin(roll), math.cos(roll)]])
    upright = previous[:, :2] @ turn.T
    low, high = upright.min(0), upright.max(0)
    x, y = turn.T @ ((low + high) / 2)
    return _landmarks(image, (float(x), float(y)), _MESH_MARGIN * float((high - low).max()), roll)


def _landmarks(
    image: Image, centre: tuple[float, float], size: float, roll: float
) -> tuple[float, Floats]:
    """Run FaceMesh on the square of this size in px around the centre, rotated by roll."""
    oversampling = max(1, int(size / _MESH_SIDE))  # a large face is averaged down, not skipped over
    side = _MESH_SIDE * oversampling
    scale = max(size, 1.0) / side
    cosine, sine = math.cos(roll) * scale, math.sin(roll) * scale
    half = side / 2
    to_image = np.array(
        [
            [cosine, -sine, centre[0] - (cosine - sine) * half],
            [sine, cosine, centre[1] - (sine + cosine) * half],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    crop = cv2.warpAffine(
        image, to_image, (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    if oversampling > 1:
        crop = cv2.resize(crop, (_MESH_SIDE, _MESH_SIDE), interpolation=cv2.INTER_AREA)
    outputs = _mesh()(crop.astype(np.float32) / 255)
    landmarks = outputs[468 * 3].reshape(468, 3) * np.float32(oversampling)
    placed = landmarks[:, :2] @ to_image[:, :2].T + to_image[:, 2]
    presence = float(_sigmoid(outputs[1])[0])
    return presence, np.c_[placed, landmarks[:, 2] * scale].astype(np.float32)
