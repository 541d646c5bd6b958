"""Other shapes."""

import numpy as np
import pytest

from talkinghead.av.face_path import NO_FACE, FacePath
from talkinghead.av.frames import ColourSystem, Picture
from talkinghead.av.reshape import Fit, Reshape, Reshaper, Shape, reshape_of, reshaped_size
from tests.captions.caption_samples import grey

SHAPES: tuple[Shape, ...] = ("9:16", "1:1", "4:5", "16:9")
RATIOS = {"9:16": 9 / 16, "1:1": 1.0, "4:5": 0.8, "16:9": 16 / 9}


def walk(xs: np.ndarray) -> FacePath:
    """A face that is at these places, 0 to 1, five times a second."""
    boxes = np.stack([xs - 0.08, np.full_like(xs, 0.3), xs + 0.08, np.full_like(xs, 0.6)], axis=1)
    return FacePath(np.arange(len(xs)) / 5, boxes, boxes)


def marked(width: int, height: int, x: float, seconds: float) -> Picture:
    """A grey picture with a bright column."""
    picture = grey(width, height, seconds)
    picture.parts[0][:, round(x * width) - 4 : round(x * width) + 4] = 235
    return picture


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("fit", ["crop", "blur", "colour"])
@pytest.mark.parametrize("source", [(1280, 720), (512, 512), (720, 1280), (1920, 1080)])
def test_the_result_has_the_shape_and_enough_pixels(
    shape: Shape, fit: Fit, source: tuple[int, int]
) -> None:
    made = Reshaper(Reshape(shape, fit), *source, NO_FACE, ColourSystem())
    (picture,) = made(iter([grey(*source)]))
    assert (picture.width, picture.height) == made.size
    assert picture.width / picture.height == pytest.approx(RATIOS[shape], abs=0.003)
    assert 720 <= min(made.size) <= 1080
    assert all(side % 2 == 0 for side in made.size)


def test_a_crop_keeps_the_face_in_view_wherever_it_walks() -> None:
    path = walk(np.linspace(0.2, 0.8, 50))
    made = Reshaper(Reshape("9:16"), 1280, 720, path, ColourSystem())
    boxes = made.mapped(path).boxes
    assert boxes[:, 0].min() > 0
    assert boxes[:, 2].max() < 1


def test_the_camera_rests_while_the_face_only_trembles() -> None:
    trembling = walk(0.5 + 0.012 * np.sin(np.arange(60) * 2.1))
    made = Reshaper(Reshape("9:16"), 1280, 720, trembling, ColourSystem())
    middles = made.mapped(trembling).boxes[:, [0, 2]].mean(axis=1) * 0.316  # in the source
    still = trembling.boxes[:, [0, 2]].mean(axis=1)
    assert np.ptp(still - middles) < 0.002


def test_the_camera_never_jumps() -> None:
    jumping = walk(np.repeat([0.3, 0.7], 25))
    made = Reshaper(Reshape("1:1"), 1280, 720, jumping, ColourSystem())
    at = np.arange(0, 10, 0.04)
    spot = FacePath(at, np.full((len(at), 4), 0.5), np.full((len(at), 4), 0.5))
    steps = np.abs(np.diff(made.mapped(spot).boxes[:, 0]))
    assert steps.max() < 0.02  # of the width, from frame to frame


def test_a_place_is_mapped_to_where_it_is_drawn() -> None:
    path = walk(np.linspace(0.3, 0.7, 40))
    for wanted in (Reshape("9:16"), Reshape("9:16", "blur"), Reshape("1:1", "colour")):
        made = Reshaper(wanted, 1280, 720, path, ColourSystem())
        x, seconds = 0.52, 4.2
        (picture,) = made(iter([marked(1280, 720, x, seconds)]))
        row = picture.parts[0][picture.height // 2]
        spot = np.array([[x, 0.5, x, 0.5]])
        mapped = made.mapped(FacePath(np.array([seconds]), spot, spot)).boxes[0, 0]
        assert np.flatnonzero(row > 200).mean() / picture.width == pytest.approx(mapped, abs=0.004)


def test_a_coloured_surround_has_its_colour_and_holds_the_whole_picture() -> None:
    made = Reshaper(Reshape("9:16", "colour", (255, 0, 0)), 1280, 720, NO_FACE, ColourSystem())
    (picture,) = made(iter([grey(1280, 720, value=120)]))
    assert tuple(int(part[0, 0]) for part in picture.parts) == ColourSystem().planes_of((255, 0, 0))
    assert picture.parts[0][640, 360] == 120
    assert (picture.parts[0][:, 5] == 120).sum() == pytest.approx(720 * 720 / 1280, abs=3)


def test_every_picture_keeps_its_time() -> None:
    made = Reshaper(Reshape("1:1"), 640, 360, NO_FACE, ColourSystem())
    times = [number / 25 for number in range(7)]
    assert [p.seconds for p in made(grey(640, 360, at) for at in times)] == times


def test_an_order_says_what_shape_is_wanted() -> None:
    order = {"shape": "9:16", "fit": "colour", "colour": [1, 2, 3], "size": None}
    assert reshape_of(order) == Reshape("9:16", "colour", (1, 2, 3))
    sized = {**order, "size": [1080, 1920]}
    assert reshape_of(sized) == Reshape("9:16", "colour", (1, 2, 3), size=(1080, 1920))
    assert reshape_of({**order, "shape": None}) is None


def test_the_size_is_known_before_anything_is_drawn() -> None:
    assert reshaped_size(1280, 720, Reshape("9:16")) == (720, 1280)
    assert reshaped_size(641, 361, None) == (640, 360)  # H.264 wants even sides
