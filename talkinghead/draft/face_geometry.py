"""Coordinates of a face for animation, and its measurements.

u runs along the eyes, v down the face; both in pixels, from the middle between the mouth's corners.
"""

from dataclasses import dataclass

import numpy as np

from talkinghead.draft.image_sampling import Floats

# FaceMesh's indices, each line from the picture's left to its right.
UPPER_INNER_LIP = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308]
LOWER_INNER_LIP = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308]
RIGHT_UPPER_LID = [33, 246, 161, 160, 159, 158, 157, 173, 133]
RIGHT_LOWER_LID = [33, 7, 163, 144, 145, 153, 154, 155, 133]
RIGHT_BROW = [46, 53, 52, 65, 55]
LEFT_UPPER_LID = [362, 398, 384, 385, 386, 387, 388, 466, 263]
LEFT_LOWER_LID = [362, 382, 381, 380, 374, 373, 390, 249, 263]
LEFT_BROW = [285, 295, 282, 283, 276]
OVAL = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
]  # fmt: skip
CHEEKS = [50, 280, 205, 425]
BROWS = [105, 334]
LIDS = [[159, 145], [386, 374]]  # the middles of the upper and the lower one
MOUTH_CORNERS = [61, 291]
_LEFT_CORNER, _RIGHT_CORNER, _MIDDLE = 78, 308, 13
_UPPER_OUTER, _LOWER_OUTER, _NOSE_BASE, _CHIN = 0, 17, 2, 152
_RIGHT_EYE, _LEFT_EYE = 33, 263
_RIGHT_CHEEK, _LEFT_CHEEK = 234, 454


@dataclass(frozen=True, eq=False)
class FaceGeometry:
    """One measured face; lengths in px.

    Attributes:
        landmarks: (468, 3), in the picture.
        points: (468, 2), the same in face coordinates.
        origin, across, down: the face coordinates' origin and unit vectors, in the picture.
        eye_distance: between the outer corners of the eyes.
        mouth_left, mouth_middle, mouth_right: u of the mouth's corners and of its middle; on a
            turned head the middle is nearer to one of them.
        lip_height: from the upper lip's upper to the lower lip's lower border.
        nose, chin: v of the nose's base (negative) and the chin.
        face_middle, face_half_width: u.
    """

    landmarks: Floats
    points: Floats
    origin: tuple[float, float]
    across: tuple[float, float]
    down: tuple[float, float]
    eye_distance: float
    mouth_left: float
    mouth_middle: float
    mouth_right: float
    lip_height: float
    nose: float
    chin: float
    face_middle: float
    face_half_width: float

    @property
    def mouth_half_width(self) -> float:
        """Half the distance between the corners of the mouth."""
        return (self.mouth_right - self.mouth_left) / 2

    def along_mouth(self, u: Floats) -> Floats:
        """-1 at the left corner, 0 in the middle, 1 at the right corner."""
        left = max(self.mouth_middle - self.mouth_left, 1.0)
        right = max(self.mouth_right - self.mouth_middle, 1.0)
        offset = u - np.float32(self.mouth_middle)
        return np.where(offset < 0, offset / left, offset / right).astype(np.float32)

    def coordinates(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return (u, v) face coordinates of positions in px."""
        dx, dy = x - np.float32(self.origin[0]), y - np.float32(self.origin[1])
        u = dx * self.across[0] + dy * self.across[1]
        return u.astype(np.float32), (dx * self.down[0] + dy * self.down[1]).astype(np.float32)

    def places(self, u: Floats, v: Floats) -> tuple[Floats, Floats]:
        """Return positions in px of (u, v) face coordinates."""
        x = self.origin[0] + u * self.across[0] + v * self.down[0]
        y = self.origin[1] + u * self.across[1] + v * self.down[1]
        return np.asarray(x, np.float32), np.asarray(y, np.float32)

    def in_picture(self, du: Floats, dv: Floats) -> tuple[Floats, Floats]:
        """Convert a displacement along u and v to one along x and y."""
        dx = du * np.float32(self.across[0]) + dv * np.float32(self.down[0])
        return dx, du * np.float32(self.across[1]) + dv * np.float32(self.down[1])


def measure_face(landmarks: Floats) -> FaceGeometry:
    """Return the geometry of a face from its 468 landmarks in px."""
    flat = landmarks[:, :2].astype(np.float64)
    eyes = flat[_LEFT_EYE] - flat[_RIGHT_EYE]
    eye_distance = float(np.linalg.norm(eyes))
    across = eyes / eye_distance
    down = np.array([-across[1], across[0]])
    origin = (flat[_LEFT_CORNER] + flat[_RIGHT_CORNER]) / 2
    points = np.stack([(flat - origin) @ across, (flat - origin) @ down], 1).astype(np.float32)
    u, v = points[:, 0].tolist(), points[:, 1].tolist()
    left, right = u[_LEFT_CORNER], u[_RIGHT_CORNER]
    margin = 0.25 * (right - left)  # a profile's landmarks may put the middle beyond a corner
    return FaceGeometry(
        landmarks=landmarks.astype(np.float32),
        points=points,
        origin=(float(origin[0]), float(origin[1])),
        across=(float(across[0]), float(across[1])),
        down=(float(down[0]), float(down[1])),
        eye_distance=eye_distance,
        mouth_left=left,
        mouth_middle=min(max(u[_MIDDLE], left + margin), right - margin),
        mouth_right=right,
        lip_height=max(v[_LOWER_OUTER] - v[_UPPER_OUTER], 0.1 * eye_distance),
        nose=min(v[_NOSE_BASE], -0.05 * eye_distance),
        chin=max(v[_CHIN], 0.2 * eye_distance),
        face_middle=(u[_LEFT_CHEEK] + u[_RIGHT_CHEEK]) / 2,
        face_half_width=abs(u[_LEFT_CHEEK] - u[_RIGHT_CHEEK]) / 2,
    )
