"""A picture file becomes one upright RGB image. Refused files are tested in test_bad_inputs."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from talkinghead.core.errors import InvalidPortrait
from talkinghead.portraits.picture_file import LONGEST_SIDE, read_portrait

RED, WHITE = (255, 0, 0), (255, 255, 255)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def corner_marked() -> Image.Image:
    """Black with its upper left quarter red: every turn shows."""
    image = Image.new("RGB", (120, 80))
    image.paste(RED, (0, 0, 60, 40))
    return image


def red_corner(image: Image.Image) -> str:
    quarters = {
        "upper left": (0.25, 0.25),
        "upper right": (0.75, 0.25),
        "lower left": (0.25, 0.75),
        "lower right": (0.75, 0.75),
    }
    return max(quarters, key=lambda q: pixel(image, quarters[q][0], quarters[q][1])[0])


def pixel(image: Image.Image, x: float = 0.5, y: float = 0.5) -> tuple[int, int, int]:
    found = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(found, tuple)
    return int(found[0]), int(found[1]), int(found[2])


def near(found: tuple[int, int, int], wanted: tuple[int, int, int], by: int = 6) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


# What the EXIF standard (CIPA DC-008, tag 0x0112) says where the picture's first corner belongs.
@pytest.mark.parametrize(
    ("orientation", "corner", "size"),
    [
        (1, "upper left", (120, 80)),
        (2, "upper right", (120, 80)),
        (3, "lower right", (120, 80)),
        (4, "lower left", (120, 80)),
        (5, "upper left", (80, 120)),
        (6, "upper right", (80, 120)),
        (7, "lower right", (80, 120)),
        (8, "lower left", (80, 120)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_turned_as_its_exif_says(
    kind: str, orientation: int, corner: str, size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = read_portrait(encoded(corner_marked(), kind, exif=exif))
    assert (red_corner(image), image.size) == (corner, size)


def test_a_heic_picture_is_turned_once_and_not_twice() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = read_portrait(encoded(corner_marked(), "HEIF", exif=exif.tobytes()))
    assert (red_corner(image), image.size) == ("upper right", (80, 120))


def test_sixteen_bit_greys_are_scaled_and_not_clipped() -> None:
    grey = np.full((80, 80), 32_768, np.uint16)
    image = read_portrait(encoded(Image.fromarray(grey), "PNG"))
    assert near(pixel(image), (128, 128, 128), 1)


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        (np.linspace(0, 1, 6400, dtype=np.float32), 128),
        (np.linspace(0, 255, 6400, dtype=np.float32), 128),
        (np.linspace(0, 65_535, 6400).astype(np.int32), 128),
    ],
)
def test_deep_tiff_greys_are_scaled(values: np.ndarray, middle: int) -> None:
    image = read_portrait(encoded(Image.fromarray(values.reshape(80, 80)), "TIFF"))
    assert near(pixel(image), (middle,) * 3, 4)


def test_cmyk_keeps_its_colours() -> None:
    image = read_portrait(encoded(Image.new("CMYK", (80, 80), (0, 255, 255, 0)), "JPEG"))
    assert near(pixel(image), RED)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_becomes_white(mode: str) -> None:
    clear = Image.new("RGBA", (80, 80), (0, 0, 0, 0)).convert(mode)
    assert near(pixel(read_portrait(encoded(clear, "PNG"))), WHITE)


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_the_one_colour_that_means_transparent_becomes_white(mode: str) -> None:
    black = Image.new(mode, (80, 80), 0)
    clear = (0, 0, 0) if mode == "RGB" else 0
    assert near(pixel(read_portrait(encoded(black, "PNG", transparency=clear))), WHITE)


def test_what_is_half_transparent_is_mixed_with_white() -> None:
    image = read_portrait(encoded(Image.new("RGBA", (80, 80), (255, 0, 0, 128)), "PNG"))
    assert near(pixel(image), (255, 127, 127))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_refused_and_a_still_of_its_kind_is_read(kind: str) -> None:
    red, lime = (Image.new("RGB", (80, 80), colour) for colour in ("red", "lime"))
    assert near(pixel(read_portrait(encoded(red, kind))), RED, 8)
    animation = encoded(red, kind, save_all=True, append_images=[lime], duration=100)
    with pytest.raises(InvalidPortrait, match=r"aren't supported\. Use a still photo\."):
        read_portrait(animation)


@pytest.mark.parametrize("kind", ["MPO", "TIFF"])
def test_of_several_pictures_in_a_file_that_are_no_animation_the_first_is_read(kind: str) -> None:
    red, lime = (Image.new("RGB", (80, 80), colour) for colour in ("red", "lime"))
    data = encoded(red, kind, save_all=True, append_images=[lime])
    assert near(pixel(read_portrait(data)), RED, 8)


def test_the_colours_of_another_profile_become_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    grey = Image.new("LAB", (80, 80), (128, 128, 128))
    image = read_portrait(encoded(grey, "TIFF", icc_profile=lab))
    assert near(pixel(image), (118, 120, 119), 8)


def test_a_profile_for_other_channels_is_left_out() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    image = read_portrait(encoded(Image.new("RGB", (80, 80), RED), "PNG", icc_profile=lab))
    assert near(pixel(image), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_picture_is_scaled_down_and_keeps_its_shape(kind: str) -> None:
    image = read_portrait(encoded(Image.new("RGB", (6000, 3000), RED), kind))
    assert image.size == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert near(pixel(image), RED)


def test_what_is_returned_carries_nothing_of_the_file() -> None:
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    image = read_portrait(encoded(corner_marked(), "JPEG", exif=exif))
    assert b"where I live" not in encoded(image, "JPEG")
    assert b"where I live" not in encoded(image, "PNG")
