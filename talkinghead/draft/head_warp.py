"""Small head movements: a smooth warp of the whole picture that is zero at its border."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from talkinghead.draft.face_geometry import (
    BROWS,
    CHEEKS,
    LIDS,
    MOUTH_CORNERS,
    OVAL,
    FaceGeometry,
)
from talkinghead.draft.image_sampling import (
    Floats,
    Image,
    blurred,
    enlarged,
    moved,
    pixel_grid,
    smoothstep,
)

_STEP = 8  # pixels of the coarse grid on which the warp is computed
_LEAST = 1e-3  # a weight below this moves nothing


@dataclass(frozen=True)
class HeadPose:
    """The pose of the head at one instant, relative to the photo.

    Attributes:
        roll: radians.
        right, down: pixels.
        yaw, pitch: pixels that a point moves for each pixel of its depth.
        nearer: the factor by which it grows, about 1.
        breath: pixels that the shoulders rise.
        brows: pixels that the brows rise.
        gaze_right, gaze_down: pixels that the irises move.
        smile: pixels that the corners of the mouth rise, and the cheeks less.
    """

    roll: float = 0.0
    right: float = 0.0
    down: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0
    nearer: float = 1.0
    breath: float = 0.0
    brows: float = 0.0
    gaze_right: float = 0.0
    gaze_down: float = 0.0
    smile: float = 0.0


class HeadWarp:
    """Moves the head of one photo.

    Args:
        face: the face in it.
        height, width: of the picture.
    """

    def __init__(self, face: FaceGeometry, height: int, width: int) -> None:
        rows, columns = -(-height // _STEP), -(-width // _STEP)
        centre = (_STEP - 1) / 2
        self._x, self._y = np.meshgrid(
            np.arange(columns, dtype=np.float32) * _STEP + centre,
            np.arange(rows, dtype=np.float32) * _STEP + centre,
        )
        self._measure(face, height, width)
        self._keep_what_moves(height, width)

    def _measure(self, face: FaceGeometry, height: int, width: int) -> None:
        middle = face.landmarks[OVAL, :2].mean(0)
        half = face.face_half_width
        u, v = face.coordinates(self._x, self._y)
        middle_u, middle_v = (float(part) for part in face.coordinates(*middle))
        u, v = u - middle_u, v - middle_v
        above, below = v / (half * 2.9), v / (half * 4.0)
        distance = np.sqrt((u / (half * 2.6)) ** 2 + np.where(v < 0, above, below) ** 2)
        # At the lower border the neck may move: nothing is seen coming in from there.
        border = np.minimum.reduce([self._x, self._y, width - self._x]) / (0.1 * min(height, width))
        self._weight = (1 - smoothstep((distance - 0.42) / 0.58)) * smoothstep(border)
        self._depth = self._smoothed_depth(face) * self._weight
        pivot = middle + np.array(face.down) * half * 2.2
        self._from_pivot_x = self._x - float(pivot[0])
        self._from_pivot_y = self._y - float(pivot[1])
        beside = np.minimum(self._x, width - self._x) / (0.12 * width)
        self._shoulders = smoothstep((v - half * 1.3) / (half * 1.6)) * smoothstep(beside)
        self._shoulders *= 1 - smoothstep((np.abs(u) / half - 2) / 1.5)
        reach = face.eye_distance
        points = face.landmarks[:, :2]
        self._brows = self._around(face, points[BROWS], 0.42 * reach, 0.22 * reach)
        self._irises = self._around(face, points[LIDS].mean(1), 0.13 * reach, 0.1 * reach)
        corners = self._around(face, points[MOUTH_CORNERS], 0.17 * reach, 0.2 * reach)
        cheeks = self._around(face, points[CHEEKS[:2]], 0.25 * reach, 0.22 * reach)
        self._smile = np.maximum(corners, 0.6 * cheeks)

    def _keep_what_moves(self, height: int, width: int) -> None:
        """Crop the arrays to the box in which anything moves."""
        weights = [self._weight, self._shoulders, self._brows, self._irises, self._smile]
        moves = np.maximum.reduce(weights) > _LEAST
        rows, columns = (_around(np.flatnonzero(moves.any(axis))) for axis in (1, 0))
        self._box = (_pixels(rows, height), _pixels(columns, width))
        grid = pixel_grid(*self._box)
        self._pixel_x, self._pixel_y = (np.ascontiguousarray(grid[..., axis]) for axis in (0, 1))
        fields = ("_weight", "_depth", "_shoulders", "_brows", "_irises", "_smile")
        for name in (*fields, "_from_pivot_x", "_from_pivot_y"):
            setattr(self, name, getattr(self, name)[rows, columns].astype(np.float32))

    def _smoothed_depth(self, face: FaceGeometry) -> Floats:
        """Return how far each position is outside the face's outline, in px; a smooth surface."""
        towards = np.median(face.landmarks[OVAL, 2]) - face.landmarks[:, 2]
        total = np.zeros_like(self._x)
        count = np.zeros_like(self._x)
        for (x, y), depth in zip((face.landmarks[:, :2] / _STEP).astype(int), towards, strict=True):
            if 0 <= y < total.shape[0] and 0 <= x < total.shape[1]:
                total[y, x] += depth
                count[y, x] += 1
        spread = max(face.eye_distance / _STEP * 0.28, 0.8)
        total, count = blurred(total, spread), blurred(count, spread)
        return np.asarray(total / (count + max(float(count.max()) * 0.02, 1e-6)))

    def _around(self, face: FaceGeometry, points: Floats, across: float, down: float) -> Floats:
        """Return bells around some points (n, 2), 1 at each, with these half-widths in px."""
        weights = []
        for x, y in points.tolist():
            u = (self._x - x) * face.across[0] + (self._y - y) * face.across[1]
            v = (self._x - x) * face.down[0] + (self._y - y) * face.down[1]
            weights.append(np.exp(-((u / across) ** 2) - (v / down) ** 2))
        return np.asarray(np.maximum.reduce(weights), np.float32)

    def apply(self, frame: Image, pose: HeadPose) -> Image:
        """Return the frame with the head in this pose, modified in place."""
        cosine, sine = math.cos(-pose.roll) / pose.nearer, math.sin(-pose.roll) / pose.nearer
        x, y = self._from_pivot_x, self._from_pivot_y
        weight = self._weight
        dx = weight * ((cosine - 1) * x - sine * y - pose.right) - pose.yaw * self._depth
        dy = weight * (sine * x + (cosine - 1) * y - pose.down) - pose.pitch * self._depth
        dy += pose.breath * self._shoulders + pose.brows * self._brows + pose.smile * self._smile
        if pose.gaze_right or pose.gaze_down:
            dx -= pose.gaze_right * self._irises
            dy -= pose.gaze_down * self._irises
        height, width = self._pixel_x.shape
        map_x = self._pixel_x + enlarged(dx, _STEP)[:height, :width]
        map_y = self._pixel_y + enlarged(dy, _STEP)[:height, :width]
        frame[self._box] = moved(frame, map_x, map_y, cv2.BORDER_REFLECT_101)
        return frame


def _around(cells: npt.NDArray[np.intp]) -> slice:
    """Return the slice from the first to the last cell, with one more on each side, where values
    are near zero."""
    return slice(max(int(cells[0]) - 1, 0), int(cells[-1]) + 2)


def _pixels(cells: slice, length: int) -> slice:
    return slice(cells.start * _STEP, min(cells.stop * _STEP, length))
