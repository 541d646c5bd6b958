"""The crop that follows a face, and the cutting."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from talkinghead.av.cropping import CropBox, crop, default_crop, face_extent
from talkinghead.av.faces import Face, find_faces
from talkinghead.catalogue.base import Geometry
from talkinghead.portraits.picture_file import read_portrait

PROJECT = Path(__file__).parents[2]
PICTURES = [
    PROJECT / "components/portraits/samples/mona-lisa.jpg",
    PROJECT / "components/portraits/samples/girl-with-a-pearl-earring.jpg",
    PROJECT / "components/portraits/samples/lady-agnew.jpg",
    PROJECT / "tests/data/portraits/astronaut.png",
]
SHAPES = [Geometry(512, 512), Geometry(1280, 720), Geometry(720, 1280), Geometry(704, 480)]


@cache
def sample(path: Path) -> tuple[Image.Image, Face]:
    image = read_portrait(path.read_bytes())
    return image, find_faces(np.asarray(image))[0]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.width}x{shape.height}")
@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_the_crop_holds_the_face_with_room_and_has_the_exact_shape(
    path: Path, shape: Geometry
) -> None:
    image, face = sample(path)
    left, top, right, bottom = default_crop(image, shape.aspect, face).pixels(image.size)
    x0, y0, x1, y1 = face_extent(face)
    assert (right - left) / (bottom - top) == pytest.approx(shape.aspect, rel=1e-6)
    assert left >= 0
    assert top >= 0
    assert right <= image.width + 1e-6
    assert bottom <= image.height + 1e-6
    assert left < x0 < x1 < right
    assert top < y0 - 0.2 * (y1 - y0)
    assert bottom > y1 + 0.1 * (y1 - y0)


def test_without_a_face_the_crop_is_as_large_as_it_can_be() -> None:
    box = default_crop(Image.new("RGB", (300, 600)), 1.0, None)
    assert box == CropBox(0.0, pytest.approx(1 / 6), 1.0, 0.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.width}x{shape.height}")
def test_a_cut_picture_has_the_shape_of_the_video(shape: Geometry) -> None:
    picture = Image.new("RGB", (333, 777), "red")
    assert crop(picture, CropBox(0.1, 0.2, 0.31, 0.17), shape).size == (shape.width, shape.height)


def test_a_crop_shows_the_contents_of_the_box() -> None:
    picture = Image.new("RGB", (400, 400), "red")
    picture.paste("blue", (200, 100, 300, 200))
    cut = crop(picture, CropBox(0.5, 0.25, 0.25, 0.25), Geometry(64, 64))
    assert cut.crop((3, 3, 61, 61)).getextrema() == ((0, 0), (0, 0), (255, 255))


def test_a_box_of_another_shape_is_cut_in_its_middle_and_not_stretched() -> None:
    picture = Image.new("RGB", (400, 200), "red")
    picture.paste("blue", (100, 0, 300, 200))
    cut = crop(picture, CropBox(), Geometry(64, 64))
    assert cut.crop((3, 3, 61, 61)).getextrema() == ((0, 0), (0, 0), (255, 255))


def test_a_longest_side_makes_smaller_and_never_larger() -> None:
    picture = Image.new("RGB", (400, 200))
    assert crop(picture, CropBox(), 100).size == (100, 50)
    assert crop(picture, CropBox(), 1000).size == (400, 200)


@pytest.mark.parametrize(
    "box",
    [CropBox(0.9, 0.9, 0.5, 0.5), CropBox(-1, -1, 3, 3), CropBox(1, 1, 0, 0), CropBox(5, 5, 1, 1)],
)
def test_a_box_that_reaches_out_is_held_inside(box: CropBox) -> None:
    assert crop(Image.new("RGB", (100, 100)), box, Geometry(64, 48)).size == (64, 48)
