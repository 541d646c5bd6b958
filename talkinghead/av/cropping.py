"""Cropping a portrait to the shape of a video."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PIL import Image

from talkinghead.core.measures import Geometry

if TYPE_CHECKING:  # a page names crops without the face networks
    from talkinghead.av.faces import Face

# Head and shoulders, in heights of the face from forehead to chin.
_FRAME_HEIGHT = 2.5
_LEAST_FRAME_WIDTH = 1.75
_FOREHEAD_AT = 0.24
"""Fraction of the frame above the forehead's upper landmark: hair, and a little air."""

Pixels = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class HasSize(Protocol):
    """A picture, or what is known of one, with its size in px."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


@dataclass(frozen=True)
class CropBox:
    """A region of an upright picture, as fractions of its width and height.

    They are in 0..1, except for a frame with a surround, which may reach beyond the picture.
    """

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    def pixels(self, size: tuple[int, int]) -> Pixels:
        """Return left, top, right and bottom in px for a picture of this size, clipped to it."""
        width, height = size
        left, top = min(max(self.left, 0), 1) * width, min(max(self.top, 0), 1) * height
        right = min(max(self.left + self.width, 0), 1) * width
        bottom = min(max(self.top + self.height, 0), 1) * height
        return left, top, right, bottom


def face_extent(face: "Face") -> Pixels:
    """Return left, top, right and bottom of the face's landmarks: forehead to chin, ear to ear."""
    (left, top), (right, bottom) = face.landmarks[:, :2].min(0), face.landmarks[:, :2].max(0)
    return float(left), float(top), float(right), float(bottom)


def default_crop(picture: HasSize, aspect: float, face: "Face | None") -> CropBox:
    """Return the crop around head and shoulders; the upper middle if there is no face.

    Args:
        picture: the upright picture's size.
        aspect: width over height of the crop, kept exactly.
        face: whom it follows.
    """
    widest = min(picture.width, picture.height * aspect)
    if face is None:
        width, height = widest, widest / aspect
        left, top = (picture.width - width) / 2, (picture.height - height) / 3
    else:
        x0, y0, x1, y1 = face_extent(face)
        wanted = max(_FRAME_HEIGHT * (y1 - y0) * aspect, _LEAST_FRAME_WIDTH * (y1 - y0))
        width = min(wanted, widest)
        height = width / aspect
        left = (x0 + x1 - width) / 2
        # Where the picture is too small for the whole frame, the face itself comes first.
        above = min(_FOREHEAD_AT * height, max(0.0, 0.6 * (height - (y1 - y0))))
        top = y0 - above
    left = min(max(left, 0.0), picture.width - width)
    top = min(max(top, 0.0), picture.height - height)
    return CropBox(
        left / picture.width, top / picture.height, width / picture.width, height / picture.height
    )


def crop(image: Image.Image, box: CropBox, size: Geometry | int) -> Image.Image:
    """Return the cropped picture.

    Args:
        image: the upright picture.
        box: what to keep.
        size: the video's shape, filled exactly, even where the box has another aspect (its middle
            is taken) or too few pixels (they are enlarged); or the longest side wanted, in which
            case the box keeps its aspect and is never enlarged.
    """
    pixels = visible_part(box.pixels(image.size), image.size)
    width, height = pixels[2] - pixels[0], pixels[3] - pixels[1]
    if isinstance(size, Geometry):
        pixels = _middle(pixels, size.aspect)
        target = (size.width, size.height)
    else:
        scale = min(1.0, size / max(width, height))
        target = (max(1, round(width * scale)), max(1, round(height * scale)))
    return image.resize(target, Image.Resampling.LANCZOS, box=pixels, reducing_gap=3.0)


def _middle(pixels: Pixels, aspect: float) -> Pixels:
    """Return the largest centred crop of this aspect."""
    left, top, right, bottom = pixels
    width = min(right - left, (bottom - top) * aspect)
    height = width / aspect
    x, y = (left + right - width) / 2, (top + bottom - height) / 2
    return x, y, min(x + width, right), min(y + height, bottom)


def visible_part(frame: Pixels, size: tuple[int, int]) -> Pixels:
    """Return the part of a frame, in px, that is in a picture of this size; at least one pixel."""
    left, top = (min(max(frame[axis], 0.0), size[axis] - 1.0) for axis in (0, 1))
    right, bottom = (min(frame[axis + 2], float(size[axis])) for axis in (0, 1))
    return left, top, max(right, left + 1), max(bottom, top + 1)
