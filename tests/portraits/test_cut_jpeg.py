"""A JPEG without its end is used as far as browsers show it."""

import io

import numpy as np
import pytest
from PIL import Image

from talkinghead.core.errors import InvalidPortrait
from talkinghead.portraits.picture_file import read_portrait


def photo(*, progressive: bool = False, orientation: int = 1) -> bytes:
    pixels = np.random.default_rng(0).integers(0, 255, (400, 300, 3), np.uint8)
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", progressive=progressive, exif=exif)
    return file.getvalue()


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("missing", [1, 2, 40])
def test_a_jpeg_that_lacks_its_last_bytes_is_used(missing: int, *, progressive: bool) -> None:
    whole = photo(progressive=progressive)
    image = read_portrait(whole[:-missing])
    assert image.size == (300, 400)
    kept = np.asarray(read_portrait(whole), int)[:-16] - np.asarray(image, int)[:-16]
    assert np.median(np.abs(kept)) <= (4 if progressive else 0)


def test_missing_rows_are_cut_off() -> None:
    whole = photo()
    image = read_portrait(whole[: len(whole) * 95 // 100])
    assert image.width == 300
    assert 360 <= image.height < 400
    assert np.asarray(image)[-1].std() > 5


def test_a_cut_jpeg_is_turned_as_its_exif_says() -> None:
    whole = photo(orientation=6)
    width, height = read_portrait(whole[: len(whole) * 95 // 100]).size
    assert 360 <= width < 400
    assert height == 300


@pytest.mark.parametrize("part", [0.3, 0.5, 0.85])
def test_a_jpeg_that_lacks_more_than_a_tenth_is_refused(part: float) -> None:
    whole = photo()
    with pytest.raises(InvalidPortrait, match="damaged or incomplete"):
        read_portrait(whole[: int(len(whole) * part)])
