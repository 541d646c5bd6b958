"""A picture inside a frame of another shape: what the picture leaves free is filled."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from talkinghead.av.cropping import (
    CropBox,
    HasSize,
    Pixels,
    crop,
    face_extent,
    visible_part,
)
from talkinghead.core.measures import Geometry

if TYPE_CHECKING:  # a page names surrounds without the face networks
    from talkinghead.av.faces import Face

_BLUR_SHARE = 1 / 24
"""The surround is drawn at this share of the size, which is what blurs it; as exports do it."""
_BLUR_RADIUS = 1.6  # px at that share
_DARKENED = 0.62
_LEAST_FACE = 0.24
"""Of the frame's shorter side: a face that is lower in the whole picture is enlarged to it."""


@dataclass(frozen=True)
class Surround:
    """What is drawn around a picture that does not fill its frame.

    Attributes:
        fill: a soft, darker copy of the picture, or one color.
        colour: RGB, 0 to 255, of a "colour" fill.
    """

    fill: Literal["blur", "colour"]
    colour: tuple[int, int, int] = (18, 19, 24)


def surrounded_box(picture: HasSize, aspect: float, face: "Face | None") -> CropBox:
    """Return the smallest frame with the whole picture in it; one closer to the face where that
    would be too small.

    Args:
        picture: the upright picture's size.
        aspect: width over height of the frame, kept exactly.
        face: whom it follows when it is closer.
    """
    height = max(picture.height, picture.width / aspect)
    if face is not None:
        x0, y0, x1, y1 = face_extent(face)
        shorter = min(1.0, aspect)  # the frame's shorter side, in heights of the frame
        height = min(height, (y1 - y0) / (_LEAST_FACE * shorter))
        middle = (x0 + x1) / 2, (y0 + y1) / 2
    else:
        middle = picture.width / 2, picture.height / 2
    left = _start(picture.width, height * aspect, middle[0])
    top = _start(picture.height, height, middle[1])
    return CropBox(
        left / picture.width,
        top / picture.height,
        height * aspect / picture.width,
        height / picture.height,
    )


def framed(
    image: Image.Image, box: CropBox, size: Geometry | int, surround: Surround | None
) -> Image.Image:
    """Return what is in the frame.

    Args:
        image: the upright picture.
        box: the frame; with a surround it may reach beyond the picture.
        size: as in `crop`.
        surround: what fills the rest; None takes the picture's part of the frame alone.
    """
    if surround is None:
        return crop(image, box, size)
    frame = _frame(image, box, size)
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    if isinstance(size, Geometry):
        target = (size.width, size.height)
    else:
        scale = min(1.0, size / max(width, height))
        target = (max(1, round(width * scale)), max(1, round(height * scale)))
    visible = visible_part(frame, image.size)
    place = _place(visible, frame, target)
    part = (max(1, place[2] - place[0]), max(1, place[3] - place[1]))
    inner = image.resize(part, Image.Resampling.LANCZOS, box=visible, reducing_gap=3.0)
    if part == target:
        return inner
    ground = _ground(image, target, surround)
    ground.paste(inner, place[:2])
    return ground


def _start(length: float, frame: float, middle: float) -> float:
    """Return where a frame begins along one axis of the picture: in its middle where the frame is
    longer, else around a point without leaving the picture."""
    if frame >= length:
        return (length - frame) / 2
    return min(max(middle - frame / 2, 0.0), length - frame)


def _frame(image: Image.Image, box: CropBox, size: Geometry | int) -> Pixels:
    """Return the frame in px of the picture, widened to the video's shape where it has another."""
    width, height = box.width * image.width, box.height * image.height
    left, top = box.left * image.width, box.top * image.height
    if isinstance(size, Geometry):
        wide, high = max(width, height * size.aspect), max(height, width / size.aspect)
        left, top = left - (wide - width) / 2, top - (high - height) / 2
        width, height = wide, high
    return left, top, left + width, top + height


def _place(visible: Pixels, frame: Pixels, target: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return where the visible part is in the result, in px."""
    across = target[0] / (frame[2] - frame[0])
    down = target[1] / (frame[3] - frame[1])
    return (
        round((visible[0] - frame[0]) * across),
        round((visible[1] - frame[1]) * down),
        round((visible[2] - frame[0]) * across),
        round((visible[3] - frame[1]) * down),
    )


def _ground(image: Image.Image, size: tuple[int, int], surround: Surround) -> Image.Image:
    if surround.fill == "colour":
        return Image.new("RGB", size, surround.colour)
    small = tuple(max(round(side * _BLUR_SHARE), 4) for side in size)
    soft = ImageOps.fit(image, (small[0], small[1]), Image.Resampling.BOX)
    soft = soft.filter(ImageFilter.GaussianBlur(_BLUR_RADIUS))
    return ImageEnhance.Brightness(soft).enhance(_DARKENED).resize(size, Image.Resampling.BICUBIC)
