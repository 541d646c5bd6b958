"""A picture in a frame of another shape is whole, in its place, and surrounded."""

import numpy as np
import pytest
from PIL import Image

from talkinghead.av.cropping import CropBox, crop
from talkinghead.catalogue.base import Geometry
from talkinghead.portraits.surround import Surround, framed, surrounded_box

WIDE, UPRIGHT = Geometry(1280, 720), Geometry(720, 1280)
BLUE = Surround("colour", (0, 0, 255))
BLUR = Surround("blur")


def halves(width: int, height: int) -> Image.Image:
    """A picture whose upper half is white, and the lower one red."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, height // 2, width, height))
    return picture


def whole(picture: Image.Image, shape: Geometry, surround: Surround) -> np.ndarray:
    """The frame around all of a picture, as pixels."""
    box = surrounded_box(picture, shape.aspect, None)
    return np.asarray(framed(picture, box, shape, surround)).astype(int)


@pytest.mark.parametrize(
    ("size", "shape"), [((300, 400), WIDE), ((400, 300), UPRIGHT)], ids=["wide", "upright"]
)
def test_the_whole_picture_is_in_the_middle_of_the_frame(
    size: tuple[int, int], shape: Geometry
) -> None:
    pixels = whole(halves(*size), shape, BLUE)
    assert pixels.shape == (shape.height, shape.width, 3)
    inside = ~np.isclose(pixels, (0, 0, 255), atol=2).all(axis=2)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    shown = (columns[-1] - columns[0] + 1) / (rows[-1] - rows[0] + 1)
    assert shown == pytest.approx(size[0] / size[1], rel=0.01)
    assert abs(columns[0] - (shape.width - 1 - columns[-1])) <= 1
    assert abs(rows[0] - (shape.height - 1 - rows[-1])) <= 1


def test_a_blurred_surround_is_a_darker_copy_of_the_picture() -> None:
    pixels = whole(halves(300, 400), WIDE, BLUR)
    upper, lower = pixels[40, 20], pixels[-40, 20]
    assert upper.min() > 100  # of the white half
    assert upper.max() < 200
    assert lower[0] > 100  # of the red half
    assert lower[1:].max() < 60
    assert abs(np.diff(pixels[:, 20].mean(axis=1))).max() < 12  # soft


def test_a_frame_within_the_picture_is_a_crop_of_it() -> None:
    picture = halves(400, 400)
    box = CropBox(0.25, 0.25, 0.5, 0.5)
    square = Geometry(128, 128)
    assert framed(picture, box, square, BLUR).tobytes() == crop(picture, box, square).tobytes()


def test_a_frame_of_another_shape_loses_nothing_of_its_box() -> None:
    pixels = np.asarray(framed(halves(200, 200), CropBox(), WIDE, BLUE)).astype(int)
    assert tuple(pixels[0, WIDE.width // 2]) == (255, 255, 255)
    assert tuple(pixels[-1, WIDE.width // 2]) == (255, 0, 0)
    assert tuple(pixels[0, 0]) == (0, 0, 255)


def test_a_preview_has_the_shape_of_the_frame_and_is_never_enlarged() -> None:
    picture = halves(300, 400)
    box = surrounded_box(picture, WIDE.aspect, None)
    assert framed(picture, box, 240, BLUR).size == (240, 135)
    assert framed(picture, box, 5000, BLUR).size == (711, 400)


def test_a_frame_beside_the_picture_is_all_surround() -> None:
    pixels = np.asarray(framed(halves(300, 400), CropBox(2, 2, 1, 1), WIDE, BLUE))
    assert pixels.shape == (720, 1280, 3)
