"""Checks a portrait for everything that spoils a video, before anything is paid.

The picture itself is only needed to measure the light, once; everything else follows from its size
and its faces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from talkinghead.av.cropping import CropBox, HasSize, Pixels, default_crop, face_extent
from talkinghead.av.faces import LEAST_HUMAN, Face
from talkinghead.core.measures import Geometry

# Tuned on three paintings and a photograph, and on blurred, darkened, brightened, turned, mirrored,
# shrunken and doubled copies of them.
_COMPARABLE = 0.3  # of the largest face; smaller ones are bystanders
_FACE_BLOCKS, _FACE_WARNS = 60, 110  # px of the face's height in the video
_YAW_WARNS, _YAW_BLOCKS = 35, 55  # degrees; the girl with the pearl earring looks over at 32
_PITCH_WARNS = 35
_ROLL_WARNS, _ROLL_BLOCKS = 25, 60
_ENLARGED_WARNS = 2.0
_SHARPNESS_FACE = 128  # px of the face's height at which sharpness is measured
_LEAST_SHARPNESS = 0.013  # variance of Laplacian over variance; sharp .05-.18, blurred under .01
_DARK = 70  # of 255: even the lightest tenth of the face is below; well-lit dark skin is far above
_BRIGHT = 232  # of 255: half of the face is above

# FaceMesh landmarks
_FOREHEAD, _CHIN = 10, 152
_EYES = (33, 133, 159, 145, 263, 362, 386, 374)
_MOUTH = (61, 291, 0, 17)
_HAIR = 0.25  # of the face's height, above the forehead's upper landmark

What = Literal[
    "no_face", "several_faces", "small", "cut_off", "turned", "tilted", "blurred", "dark", "bright",
    "low_resolution", "not_human",
]  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One problem of a portrait.

    Attributes:
        what: its kind.
        text: what it is and what to do about it.
        blocks: whether nothing can be rendered until it is fixed.
        turns: quarter turns clockwise that fix it; 0 where rotating does not help.
    """

    what: What
    text: str
    blocks: bool
    turns: int = 0


@dataclass(frozen=True)
class Light:
    """How a face is lit.

    Attributes:
        lightest: of 255, what its lightest tenth is above.
        middle: of 255, its median.
        sharpness: the variance of the Laplacian over that of the brightness, at a normal size.
    """

    lightest: float
    middle: float
    sharpness: float


def check_portrait(
    picture: HasSize,
    faces: Sequence[Face],
    lights: Sequence[Light | None],
    box: CropBox | None,
    chosen: int | None,
    geometry: Geometry,
) -> list[Finding]:
    """Return the problems of a picture for a video of this shape; empty if there are none.

    Args:
        picture: the upright picture's size.
        faces: all that were found in it, largest first.
        lights: of each face; None where nothing of it is in the picture.
        box: the frame, or None for the crop that follows the face by itself; with a surround it
            may reach beyond the picture.
        chosen: the face that speaks, by its place in `faces`.
        geometry: the video's shape.
    """
    if not faces:
        text = "No human face found. Use a front-facing, well-lit photo of a person."
        return [Finding("no_face", text, blocks=True)]
    rivals = [face for face in faces if face.eye_distance > _COMPARABLE * faces[0].eye_distance]
    if (chosen is None or chosen >= len(faces)) and len(rivals) > 1:
        text = f"There are {len(rivals)} faces in the photo. Choose who should speak."
        return [Finding("several_faces", text, blocks=True)]
    speaker = chosen if chosen is not None and chosen < len(faces) else 0
    face = faces[speaker]
    box = box or default_crop(picture, geometry.aspect, face)
    frame = box.pixels((picture.width, picture.height))
    return [
        *_check_place(face, frame, _enlargement(picture, box, geometry), geometry.width),
        *_check_bystanders(face, rivals, frame),
        *_check_human(face),
        *_check_pose(face),
        *_check_light(lights[speaker]),
    ]


def _enlargement(picture: HasSize, box: CropBox, geometry: Geometry) -> float:
    """Return how many px of the video a px of the picture becomes; infinite for an empty frame."""
    width, height = box.width * picture.width, box.height * picture.height
    if min(width, height) <= 0:
        return float("inf")
    return max(geometry.width / width, geometry.height / height)


def _check_place(face: Face, frame: Pixels, enlarged: float, video_width: int) -> Iterator[Finding]:
    if min(frame[2] - frame[0], frame[3] - frame[1]) < 1:
        yield Finding("cut_off", "The crop is empty. Move it over the face.", blocks=True)
        return
    yield from _check_cut(face, frame)
    height = _height(face) * enlarged
    if height < _FACE_WARNS:
        text = (
            f"The face is small: {height:.0f} px high in the video. "
            "Zoom in, or use a photo taken closer."
        )
        yield Finding("small", text, blocks=height < _FACE_BLOCKS)
    if enlarged >= _ENLARGED_WARNS:
        text = (
            f"Low resolution: {video_width / enlarged:.0f} px for a {video_width} px video. "
            "Use a larger photo, or zoom out."
        )
        yield Finding("low_resolution", text, blocks=False)


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _check_cut(face: Face, frame: Pixels) -> Iterator[Finding]:
    left, top, right, bottom = frame
    x, y = face.landmarks[:, 0], face.landmarks[:, 1]
    outside = (x < left) | (x > right) | (y < top) | (y > bottom)
    parts = {"eyes": _EYES, "mouth": _MOUTH, "chin": (_CHIN,)}
    cut = [name for name, points in parts.items() if outside[list(points)].any()]
    if cut:
        verb = "is" if len(cut) == 1 and cut != ["eyes"] else "are"
        text = (
            f"The {_listed(cut)} {verb} cut off. "
            "Move the crop, or use a photo that shows the whole face."
        )
        yield Finding("cut_off", text, blocks=True)
    elif not _within(_hair(face), frame) or outside.any():
        text = (
            "The head is slightly cut off. Move the crop, zoom out, or use a photo with more room."
        )
        yield Finding("cut_off", text, blocks=False)


def _check_bystanders(face: Face, rivals: list[Face], frame: Pixels) -> Iterator[Finding]:
    others = [each for each in rivals if each is not face]
    if any(_within(each.landmarks[:, :2].mean(0), frame) for each in others):
        text = "Another face is in the crop and may move too. Zoom in until only one is left."
        yield Finding("several_faces", text, blocks=False)


def _check_human(face: Face) -> Iterator[Finding]:
    if face.score < LEAST_HUMAN:
        text = (
            "This may not be a human face, so lips and eyes can look odd. "
            "Photos of people work best."
        )
        yield Finding("not_human", text, blocks=False)


def _check_pose(face: Face) -> Iterator[Finding]:
    if abs(face.roll) > _ROLL_BLOCKS:
        how = "upside down" if abs(face.roll) > 120 else "sideways"
        turns = round(-face.roll / 90) % 4
        yield Finding("tilted", f"The photo is {how}. Rotate it.", blocks=True, turns=turns)
    elif abs(face.roll) > _ROLL_WARNS:
        text = "The head is tilted and may look odd when it speaks. A level photo works better."
        yield Finding("tilted", text, blocks=False)
    if abs(face.yaw) > _YAW_BLOCKS:
        text = "The face is turned to the side. Use a photo that shows both eyes and the mouth."
        yield Finding("turned", text, blocks=True)
    elif abs(face.yaw) > _YAW_WARNS or abs(face.pitch) > _PITCH_WARNS:
        text = "The face is turned away, so the mouth may look odd. Front-facing works better."
        yield Finding("turned", text, blocks=False)


def _check_light(light: Light | None) -> Iterator[Finding]:
    if light is None:
        return
    if light.lightest < _DARK:
        text = "The face is dark. Use a brighter photo."
        yield Finding("dark", text, blocks=False)
    elif light.middle > _BRIGHT:
        text = "The face is overexposed. Use a photo with softer light."
        yield Finding("bright", text, blocks=False)
    if light.sharpness < _LEAST_SHARPNESS:
        text = "The face is blurry, and the video will be too. Use a sharper photo."
        yield Finding("blurred", text, blocks=False)


def measure_light(image: Image.Image, face: Face) -> Light | None:
    """Return how a face is lit in its upright picture; None if nothing of it is in there."""
    grey = _grey_face(image, face)
    if grey.size == 0:
        return None
    return Light(
        lightest=float(np.percentile(grey, 90)),
        middle=float(np.median(grey)),
        sharpness=_sharpness(grey, _height(face)),
    )


def _grey_face(image: Image.Image, face: Face) -> NDArray[np.uint8]:
    left, top, right, bottom = face_extent(face)
    inside = (
        max(round(left), 0),
        max(round(top), 0),
        min(round(right), image.width),
        min(round(bottom), image.height),
    )
    if inside[2] - inside[0] < 2 or inside[3] - inside[1] < 2:
        return np.empty((0, 0), np.uint8)
    return np.asarray(image.crop(inside).convert("L"))


def _sharpness(grey: NDArray[np.uint8], face_height: float) -> float:
    """Return the variance of the Laplacian at a normal size, over the contrast, so that darkness
    does not count."""
    scale = _SHARPNESS_FACE / face_height
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    normal = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=way)
    return float(cv2.Laplacian(normal, cv2.CV_64F).var() / max(float(normal.var()), 1.0))


def _height(face: Face) -> float:
    """Return the height from forehead to chin in px, for any pose."""
    forehead, chin = face.landmarks[_FOREHEAD, :2], face.landmarks[_CHIN, :2]
    return max(1.0, float(np.linalg.norm(forehead - chin)))


def _hair(face: Face) -> NDArray[np.float32]:
    forehead, chin = face.landmarks[_FOREHEAD, :2], face.landmarks[_CHIN, :2]
    return (forehead + _HAIR * (forehead - chin)).astype(np.float32)


def _within(point: NDArray[np.float32], frame: Pixels) -> bool:
    return bool(frame[0] <= point[0] <= frame[2] and frame[1] <= point[1] <= frame[3])
