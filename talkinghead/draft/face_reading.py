"""Measures a finished video of a face, to evaluate how it was drawn: lids, lips, colours."""

from collections.abc import Sequence

import av
import cv2
import numpy as np

from talkinghead.draft.face_geometry import (
    LEFT_LOWER_LID,
    LEFT_UPPER_LID,
    LOWER_INNER_LIP,
    OVAL,
    RIGHT_LOWER_LID,
    RIGHT_UPPER_LID,
    UPPER_INNER_LIP,
    FaceGeometry,
    measure_face,
)
from talkinghead.draft.image_sampling import Floats, Image, sample

_EYES = ((RIGHT_UPPER_LID, RIGHT_LOWER_LID), (LEFT_UPPER_LID, LEFT_LOWER_LID))
_LIPS = (61, 291, 0, 17)
_ON_LID = (0.1, 0.6)  # of the open eye's height below its top
_UNDER_EYE = (0.2, 0.45)  # of its width below its bottom: under lashes and the eyes of drawings
_DARKER = 0.45  # of the lips' brightness: what is darker is the inside of the mouth
_PALER = 0.5  # of the lips' redness: what is paler and lighter is teeth
_OWN_COLOURS = 600  # pixels of the picture whose hues stand for all of them


def lightness(image: Image) -> Floats:
    """Return CIELAB (height, width, 3), L 0..100, of an RGB picture."""
    return np.asarray(cv2.cvtColor(image.astype(np.float32) / 255, cv2.COLOR_RGB2LAB))


def lid_differences(closed: Image, landmarks: Floats) -> list[float]:
    """Return, for each eye, the difference in CIELAB L between the closed lid and the skin under
    the eye.

    Args:
        closed: a frame with closed eyes.
        landmarks: (468, 3) of the face with its eyes open, a moment before.
    """
    light, face = lightness(closed), measure_face(landmarks)
    found = []
    for upper, lower in _EYES:
        top, bottom = face.points[upper][2:-2], face.points[lower][2:-2]
        height = float(np.abs(bottom[:, 1] - top[:, 1]).max())
        width = float(np.ptp(face.points[upper][:, 0]))
        lid, under = (
            _sampled(light, face, start[:, 0], [start[:, 1] + step * unit for step in steps])
            for start, unit, steps in (
                (top, height, np.linspace(*_ON_LID, 6)),
                (bottom, width, np.linspace(*_UNDER_EYE, 6)),
            )
        )
        found.append(abs(float(np.median(lid[..., 0]) - np.median(under[..., 0]))))
    return found


def lip_gap(frame: Image, landmarks: Floats) -> float:
    """Return how much teeth or darkness is seen between the lips, as a fraction of the eye
    distance: the mean thickness over the middle half of the mouth.

    FaceMesh reports a gap of .02 between lips that touch, so that pixels decide.
    """
    face = measure_face(landmarks)
    u = face.mouth_middle + face.mouth_half_width * np.linspace(-0.5, 0.5, 21, dtype=np.float32)
    top, bottom = (_line(face, line, u) for line in (UPPER_INNER_LIP, LOWER_INNER_LIP))
    margin = 0.12 * face.lip_height
    rows = np.linspace(0, 1, 41)
    between = _sampled(
        frame, face, u, [top - margin + step * (bottom - top + 2 * margin) for step in rows]
    )
    lips = _sampled(frame, face, u, [top - 1.6 * margin, bottom + 1.8 * margin]).reshape(-1, 3)
    bright, red = np.median(lips.mean(-1)), np.median(_redness(lips))
    paler = (_redness(between) < _PALER * red) & (between.mean(-1) > 1.08 * bright)
    inside = (between.mean(-1) < _DARKER * bright) | (paler & (red > 8))
    thickness = inside.mean(0) * (bottom - top + 2 * margin)
    return float(thickness.mean() / face.eye_distance)


def hue_error(frame: Image, landmarks: Floats, own: Floats) -> float:
    """Return how far the hues inside an open mouth are from the nearest of the picture's own.

    Args:
        frame: one with an open mouth.
        landmarks: (468, 3) of the face in it.
        own: CIELAB a and b of the picture's face, from `own_hues`.

    Returns:
        The mean distance in a and b; 0 where no mouth is open.
    """
    outline = np.concatenate([landmarks[UPPER_INNER_LIP], landmarks[LOWER_INNER_LIP][::-1]])
    hues = lightness(frame)[_filled(frame, outline)][:, 1:]
    if not len(hues):
        return 0.0
    distances = np.linalg.norm(hues[:, None] - own[None], axis=-1)
    return float(distances.min(1).mean())


def own_hues(image: Image, landmarks: Floats) -> Floats:
    """Return CIELAB a and b (n, 2) of pixels spread evenly over the picture's face."""
    hues = lightness(image)[_filled(image, landmarks[OVAL])][:, 1:]
    return np.asarray(hues[:: max(len(hues) // _OWN_COLOURS, 1)])


def mouth_psnr(drawn: Image, seen: Image, landmarks: Floats) -> float:
    """Return the PSNR in dB of the mouth in a decoded frame against the frame as it was drawn."""
    lips = landmarks[list(_LIPS), :2]
    (left, top), (right, bottom) = lips.min(0).astype(int), lips.max(0).astype(int)
    reach = max((right - left) // 5, 2)
    rows, columns = (
        slice(max(top - reach, 0), bottom + reach),
        slice(max(left - reach, 0), right + reach),
    )
    error = drawn[rows, columns].astype(np.float64) - seen[rows, columns]
    return float(10 * np.log10(255**2 / max((error**2).mean(), 1e-9)))


def shown(frame: av.VideoFrame) -> Image:
    """Return a decoded frame as a player shows it, RGB, with its chroma interpolated.

    PyAV's own conversion is faster and rounds: it costs half a decibel.
    """
    size = (frame.width, frame.height)
    light, blue, red = (
        np.frombuffer(bytes(plane), np.uint8).reshape(-1, plane.line_size)[
            : plane.height, : plane.width
        ]
        for plane in frame.planes
    )
    u, v = (cv2.resize(plane, size).astype(np.float32) - 128 for plane in (blue, red))
    grey = (light.astype(np.float32) - 16) * 1.16438
    colours = [grey + 1.59603 * v, grey - 0.39176 * u - 0.81297 * v, grey + 2.01723 * u]
    return np.clip(np.stack(colours, -1) + 0.5, 0, 255).astype(np.uint8)


def _line(face: FaceGeometry, indices: list[int], u: Floats) -> Floats:
    points = face.points[indices]
    points = points[np.argsort(points[:, 0])]
    return np.interp(u, points[:, 0], points[:, 1]).astype(np.float32)


def _sampled(
    image: Image | Floats, face: FaceGeometry, u: Floats, rows: Sequence[Floats]
) -> Floats:
    """Return the colours (rows, columns, 3) at each u on lines of v."""
    places = [face.places(u, np.asarray(v)) for v in rows]
    x, y = (np.stack([place[axis] for place in places]).astype(np.float32) for axis in (0, 1))
    return sample(image, x, y)


def _redness(colours: Floats) -> Floats:
    return np.asarray(colours[..., 0] - colours[..., 1:].mean(-1))


def _filled(image: Image, outline: Floats) -> Floats:
    """Return the mask (height, width) of a polygon, bool."""
    mask = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(mask, [outline[:, :2].round().astype(np.int32)], 1)
    return np.asarray(mask.astype(bool))
