"""Face detection: boxes, pose, and 468 landmarks."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from talkinghead.av.face_networks import (
    Detection,
    Floats,
    Image,
    detect,
    landmarks_again,
    landmarks_in_box,
    without_repeats,
)

SCORE_GATE = 0.6  # things that are no faces score up to .58; a real face about .92
LEAST_HUMAN = 0.83  # of the score: animals reach .72-.85, people are at .85 or more
PRESENCE_GATE = 0.8  # things that are no faces have up to .75; a real face about 1.00
_LONGEST_SIDE = 1536  # px looked at for detection; landmarks are read from the full picture
_MOST_TILES = 40
_SMALL_FACE = 0.25  # of the short side; below it, finer tiles may show more faces
_FOREHEAD_SLOPE = 10.0  # degrees that FaceMesh's forehead lies behind its chin in a level portrait

RIGHT_EYE_OUTER, LEFT_EYE_OUTER = 33, 263
RIGHT_CHEEK, LEFT_CHEEK = 234, 454
FOREHEAD, CHIN = 10, 152


@dataclass(frozen=True, eq=False)
class Face:
    """One detected face.

    Attributes:
        score: BlazeFace's confidence, 0..1.
        presence: FaceMesh's confidence, 0..1.
        box: x0, y0, x1, y1 in pixels, from BlazeFace: brows to chin; may reach over the border.
        landmarks: (468, 3) pixels in FaceMesh's order; depth grows away from the viewer.
        yaw: degrees; positive turns to the picture's right side.
        pitch: degrees; positive looks down.
        roll: degrees clockwise as seen; near 180 is upside down.
        eye_distance: pixels between the outer corners of the eyes.
    """

    score: float
    presence: float
    box: tuple[float, float, float, float]
    landmarks: Floats
    yaw: float
    pitch: float
    roll: float
    eye_distance: float


def find_faces(image: Image) -> list[Face]:
    """Return every face detected with confidence, largest first.

    Args:
        image: RGB uint8 (height, width, 3).
    """
    faces = _find_upright(image)
    for quarters in (1, 3, 2):
        if _surest(faces) >= LEAST_HUMAN:
            break
        turned = np.ascontiguousarray(np.rot90(image, quarters))
        found = [_turned_back(face, image, quarters) for face in _find_upright(turned)]
        if not faces or _surest(found) >= LEAST_HUMAN:  # a sideways face may look like another
            faces = found
    return sorted(faces, key=lambda face: -face.eye_distance)


def _surest(faces: Sequence[Face]) -> float:
    return max((face.score for face in faces), default=0.0)


def follow_face(image: Image, previous: Floats) -> tuple[float, Floats]:
    """Track the face of the previous frame into this one.

    Args:
        image: RGB uint8 (height, width, 3).
        previous: its landmarks (468, 3) in that frame.

    Returns:
        Presence 0..1 and landmarks (468, 3) in pixels.
    """
    return landmarks_again(image, previous)


def face_from_landmarks(
    score: float, presence: float, box: tuple[float, float, float, float], landmarks: Floats
) -> Face:
    """Return a face with its pose, estimated from its landmarks in a weak-perspective view."""
    eyes = landmarks[LEFT_EYE_OUTER] - landmarks[RIGHT_EYE_OUTER]
    roll = math.atan2(eyes[1], eyes[0])
    across = landmarks[LEFT_CHEEK] - landmarks[RIGHT_CHEEK]
    down = landmarks[CHIN] - landmarks[FOREHEAD]
    along_eyes = across[0] * math.cos(roll) + across[1] * math.sin(roll)
    along_nose = down[1] * math.cos(roll) - down[0] * math.sin(roll)
    return Face(
        score=score,
        presence=presence,
        box=box,
        landmarks=landmarks,
        yaw=math.degrees(math.atan2(across[2], along_eyes)),
        pitch=math.degrees(math.atan2(down[2], along_nose)) - _FOREHEAD_SLOPE,
        roll=math.degrees(roll),
        eye_distance=float(np.linalg.norm(eyes[:2])),
    )


def _find_upright(image: Image) -> list[Face]:
    found = (_face(image, detection) for detection in _detect_everywhere(image))
    return [face for face in found if face is not None]


def _face(image: Image, detection: Detection) -> Face | None:
    """Return the face of a detection, or None if FaceMesh finds no landmarks."""
    detection = _right_way_up(image, detection)
    presence, landmarks = landmarks_in_box(image, detection)
    for _ in range(2):  # the crop around landmarks is better centred than the one around the box
        presence, landmarks = landmarks_again(image, landmarks)
    if presence < PRESENCE_GATE:
        return None
    x0, y0, x1, y1 = (float(side) for side in detection.box)
    return face_from_landmarks(detection.score, presence, (x0, y0, x1, y1), landmarks)


def _right_way_up(image: Image, detection: Detection) -> Detection:
    """Return the detection, turned upside down if that fits better: FaceMesh would be wrong with
    confidence."""
    x0, y0, x1, y1 = (float(side) for side in detection.box)
    x, y, reach = (x0 + x1) / 2, (y0 + y1) / 2, x1 - x0
    left, top = max(int(x - reach), 0), max(int(y - reach), 0)
    crop = image[top : int(y + reach), left : int(x + reach)]
    if not crop.size:
        return detection
    as_is = detect(crop, SCORE_GATE)
    over = detect(np.ascontiguousarray(crop[::-1, ::-1]), SCORE_GATE)
    if not over or (as_is and as_is[0].score >= over[0].score):
        return detection
    return over[0].turned_over(crop.shape[1], crop.shape[0]).moved(left, top)


def _detect_everywhere(image: Image) -> list[Detection]:
    """Return detections in the whole picture and in overlapping tiles, which a wide picture
    needs."""
    scale = min(1.0, _LONGEST_SIDE / max(image.shape[:2]))
    size = [max(1, round(side * scale)) for side in (image.shape[1], image.shape[0])]
    looked_at = image
    if scale < 1:
        looked_at = cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    short = min(size)
    found = detect(looked_at, SCORE_GATE)
    for part in (1, 2, 3):
        found = without_repeats(found)
        if part > 1 and any(face.width > _SMALL_FACE * short for face in found):
            break
        if part > 1 or size[0] != size[1]:
            found += _detect_in_tiles(looked_at, max(short // part, 96))
    return without_repeats([face.scaled(1 / scale) for face in found])


def _detect_in_tiles(image: Image, side: int) -> list[Detection]:
    height, width = image.shape[:2]
    corners = [(x, y) for y in _starts(height, side) for x in _starts(width, side)]
    if len(corners) > _MOST_TILES:
        return []
    return [
        face.moved(x, y)
        for x, y in corners
        for face in detect(image[y : y + side, x : x + side], SCORE_GATE)
    ]


def _starts(length: int, side: int) -> Iterator[int]:
    """Yield the starts of tiles along one side, overlapping by half, the last one flush with the
    end."""
    span = max(length - side, 0)
    count = math.ceil(span / (side / 2)) + 1
    yield from sorted({round(span * step / max(count - 1, 1)) for step in range(count)})


def _turned_back(face: Face, image: Image, quarters: int) -> Face:
    """Map a face found in the picture rotated by quarter turns back to the picture itself."""
    height, width = image.shape[:2]
    landmarks = face.landmarks.copy()
    corners = np.array([face.box[:2], face.box[2:]], np.float32)
    for points in (landmarks, corners):
        x, y = points[:, 0].copy(), points[:, 1].copy()
        if quarters == 1:
            points[:, 0], points[:, 1] = width - 1 - y, x
        elif quarters == 3:
            points[:, 0], points[:, 1] = y, height - 1 - x
        else:
            points[:, 0], points[:, 1] = width - 1 - x, height - 1 - y
    (x0, y0), (x1, y1) = corners.min(0).tolist(), corners.max(0).tolist()
    return face_from_landmarks(face.score, face.presence, (x0, y0, x1, y1), landmarks)
