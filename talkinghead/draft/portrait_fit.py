"""Prepares the portrait for drawing: checked, cropped to the video's shape, sharpened if
enlarged."""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image as Pictures

from talkinghead.av.cropping import CropBox, crop, default_crop
from talkinghead.av.faces import Face, find_faces, follow_face
from talkinghead.core.errors import InvalidPortrait
from talkinghead.core.measures import Geometry
from talkinghead.draft.image_sampling import Floats, Image
from talkinghead.portraits.check import check_portrait

_SAME_ASPECT = 0.02  # a picture this near to the video's shape was cut by its owner: keep all of it
_USUAL_SIDE = 512  # px of the shorter side: a face is judged as if the video had at least this
_ENLARGED = 1.15  # from here on an enlarged picture looks soft
_MOST_SHARPENING = 0.7


@dataclass(frozen=True, eq=False)
class FittedPortrait:
    """A portrait in the size of the video.

    Attributes:
        image: RGB uint8 (height, width, 3).
        landmarks: (468, 3) of its face, in the image's pixels.
        box: x0, y0, x1, y1 of its face, in the image's pixels.
        score: how sure the detector is of the face, 0..1.
    """

    image: Image
    landmarks: Floats
    box: tuple[float, float, float, float]
    score: float


def fit_portrait(picture: Pictures.Image, geometry: Geometry) -> FittedPortrait:
    """Detect the face, crop head and shoulders to the video's shape, and resize.

    Args:
        picture: upright RGB.
        geometry: the video's shape, even sides.

    Raises:
        InvalidPortrait: no face, or one that cannot speak: too small, turned away, upside down.
    """
    faces = find_faces(np.asarray(picture))
    frame = _frame(picture, faces[0] if faces else None, geometry)
    _refuse_unusable(picture, faces, frame, geometry)
    face = faces[0]
    left, top, right, bottom = frame.pixels(picture.size)
    image = np.array(crop(picture, frame, geometry))
    scale_x, scale_y = geometry.width / (right - left), geometry.height / (bottom - top)
    image = _sharpened(image, scale_x)
    offset, scale = np.array([left, top, 0], np.float32), np.array([scale_x, scale_y, scale_x])
    landmarks = ((face.landmarks - offset) * scale).astype(np.float32)
    for _ in range(2):  # read again in the pixels that are drawn
        presence, landmarks = follow_face(image, landmarks)
    if presence < 0.5:
        raise InvalidPortrait(
            "The face is cut off in this crop. Show the whole head and try again."
        )
    x0, y0, x1, y1 = face.box
    box = ((x0 - left) * scale_x, (y0 - top) * scale_y)
    box_end = ((x1 - left) * scale_x, (y1 - top) * scale_y)
    return FittedPortrait(image, landmarks.astype(np.float32), (*box, *box_end), face.score)


def _frame(picture: Pictures.Image, face: Face | None, geometry: Geometry) -> CropBox:
    aspect = picture.width / picture.height
    if abs(aspect / geometry.aspect - 1) <= _SAME_ASPECT:
        return CropBox()
    return default_crop(picture, geometry.aspect, face)


def _refuse_unusable(
    picture: Pictures.Image, faces: list[Face], frame: CropBox, geometry: Geometry
) -> None:
    enlarge = max(1.0, _USUAL_SIDE / min(geometry.width, geometry.height))
    judged = Geometry(round(geometry.width * enlarge), round(geometry.height * enlarge))
    unlit = [None] * len(faces)  # bad light blocks nothing
    for finding in check_portrait(picture, faces, unlit, frame, 0, judged):
        if finding.blocks:
            raise InvalidPortrait(finding.text)


def _sharpened(image: Image, scale: float) -> Image:
    """Sharpen an enlarged picture: an unsharp mask as wide as its original pixels."""
    if scale < _ENLARGED:
        return image
    amount = min(0.3 + 0.25 * (scale - 1), _MOST_SHARPENING)
    soft = cv2.GaussianBlur(image, (0, 0), 0.6 * scale)
    return cv2.addWeighted(image, 1 + amount, soft, -amount, 0).astype(np.uint8)
