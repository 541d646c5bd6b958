"""A portrait is cut to the video's shape, or refused in words that say what to do."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from talkinghead.catalogue.base import Geometry
from talkinghead.core.errors import InvalidPortrait
from talkinghead.draft.portrait_fit import fit_portrait
from tests.draft.samples import AGNEW, ASTRONAUT, MONA_LISA, PEARL, PORTRAITS, picture

SIZES = [(512, 512), (832, 480), (720, 1280), (1280, 720)]


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_each_sample_fits_each_shape_with_its_whole_face(path: Path, size: tuple[int, int]) -> None:
    fitted = fit_portrait(picture(path), Geometry(*size))
    assert fitted.image.shape == (size[1], size[0], 3)
    points = fitted.landmarks[:, :2]
    assert points.min() >= 0
    assert (points <= size).all()


def test_a_picture_of_the_videos_shape_is_kept_whole() -> None:
    source = picture(MONA_LISA).crop((0, 0, 720, 724))
    fitted = fit_portrait(source, Geometry(256, 256))
    whole = np.asarray(source.resize((256, 256), Image.Resampling.LANCZOS), np.float32)
    shifted = np.roll(whole, 3, axis=1)
    assert np.abs(fitted.image - whole).mean() < 0.3 * np.abs(fitted.image - shifted).mean()


def test_a_picture_of_another_shape_is_cut_around_the_face() -> None:
    fitted = fit_portrait(picture(MONA_LISA), Geometry(256, 256))
    height = np.ptp(fitted.landmarks[:, 1])
    assert 0.3 < height / 256 < 0.6


def test_an_enlarged_picture_is_sharper_than_one_merely_resized() -> None:
    source = picture(AGNEW)
    fitted = fit_portrait(source, Geometry(1200, 1408))
    merely = np.asarray(source.resize((1200, 1408), Image.Resampling.LANCZOS), np.float32)
    assert np.abs(np.diff(fitted.image.astype(np.float32), axis=1)).mean() > 1.1 * (
        np.abs(np.diff(merely, axis=1)).mean()
    )


def test_the_box_of_the_face_is_in_the_videos_pixels() -> None:
    fitted = fit_portrait(picture(ASTRONAUT), Geometry(512, 512))
    x0, y0, x1, y1 = fitted.box
    nose_x, nose_y = fitted.landmarks[1, :2]
    assert x0 < nose_x < x1
    assert y0 < nose_y < y1


def refusal(image: Image.Image) -> str:
    with pytest.raises(InvalidPortrait) as refused:
        fit_portrait(image, Geometry(512, 512))
    return str(refused.value)


def test_a_picture_without_a_face_is_refused() -> None:
    assert "No human face" in refusal(Image.new("RGB", (400, 400), "teal"))


def test_a_face_upside_down_is_refused() -> None:
    assert "upside down" in refusal(picture(MONA_LISA).rotate(180))


def test_a_face_on_its_side_is_refused() -> None:
    assert "side" in refusal(picture(PEARL).rotate(90, expand=True))


def test_a_face_too_small_to_be_seen_is_refused() -> None:
    canvas = Image.new("RGB", (1000, 1000), "grey")
    canvas.paste(picture(ASTRONAUT).resize((200, 200)), (300, 300))
    assert "small" in refusal(canvas)
