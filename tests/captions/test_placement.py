"""Where captions may stand."""

import numpy as np
import pytest

from talkinghead.av.face_path import NO_FACE, FacePath
from talkinghead.captions.painting.placement import place, row_busyness
from talkinghead.captions.styles import safe_area


def face(top: float, bottom: float, mouth: tuple[float, float]) -> FacePath:
    box = np.array([[0.3, top, 0.7, bottom]])
    return FacePath(np.zeros(1), box, np.array([[0.4, mouth[0], 0.6, mouth[1]]]))


@pytest.mark.parametrize("size", [(720, 1280), (720, 900), (720, 720), (1280, 720)])
def test_without_a_face_captions_are_at_the_bottom_of_the_safe_area(
    size: tuple[int, int],
) -> None:
    found = place(*size, 120, NO_FACE)
    assert found.bottom == safe_area(*size).bottom
    assert found.scale == 1


@pytest.mark.parametrize("size", [(720, 1280), (720, 900), (720, 720), (1280, 720)])
@pytest.mark.parametrize("mouth", np.arange(0.1, 0.95, 0.05))
def test_captions_are_never_over_the_mouth(size: tuple[int, int], mouth: float) -> None:
    path = face(mouth - 0.3, mouth + 0.15, (mouth - 0.03, mouth + 0.03))
    found = place(*size, 130, path)
    top, bottom = (found.bottom - 130 * found.scale) / size[1], found.bottom / size[1]
    assert bottom <= mouth - 0.03 or top >= mouth + 0.03
    assert 0 <= top < bottom <= 1


def test_a_mouth_at_the_usual_place_does_not_send_captions_over_the_eyes() -> None:
    found = place(720, 720, 130, face(0.2, 0.85, (0.66, 0.72)))
    assert found.bottom / 720 > 0.85


def test_a_mouth_that_wanders_is_avoided_everywhere() -> None:
    wandering = FacePath(
        np.arange(2.0),
        np.array([[0.3, 0.3, 0.7, 0.7], [0.3, 0.4, 0.7, 0.9]]),
        np.array([[0.4, 0.55, 0.6, 0.6], [0.4, 0.75, 0.6, 0.85]]),
    )
    found = place(1280, 720, 100, wandering)
    assert found.bottom <= 0.55 * 720 or found.bottom - 100 * found.scale >= 0.85 * 720


def test_a_mouth_beside_the_captions_moves_nothing() -> None:
    aside = FacePath(
        np.zeros(1), np.array([[0.0, 0.5, 0.09, 0.9]]), np.array([[0.01, 0.8, 0.05, 0.84]])
    )
    assert place(1280, 720, 100, aside).bottom == safe_area(1280, 720).bottom


@pytest.mark.parametrize("size", [(720, 1280), (720, 900), (720, 720), (1280, 720)])
@pytest.mark.parametrize("chin", np.arange(0.5, 0.82, 0.04))
def test_captions_stand_below_the_face_while_there_is_room_and_never_on_the_forehead(
    size: tuple[int, int], chin: float
) -> None:
    tall = 0.12 * size[1]
    top, mouth = chin - 0.5, chin - 0.11
    found = place(*size, tall, face(top, chin, (mouth - 0.03, mouth + 0.03)))
    assert (found.bottom - tall * found.scale) / size[1] >= mouth + 0.03


def test_a_busy_ground_is_left_for_an_even_one_nearby() -> None:
    size = (720, 720)
    path = face(0.1, 0.45, (0.34, 0.38))
    usual = place(*size, 80, path)
    top = int(usual.bottom - 80)
    busy = np.zeros(720)
    busy[top : int(usual.bottom)] = 1.0
    moved = place(*size, 80, path, busy)
    assert moved.bottom - 80 * moved.scale >= 0.38 * 720
    assert busy[int(moved.bottom - 80) : int(moved.bottom)].mean() < 0.5
    assert place(*size, 80, path, np.ones(720)).bottom == usual.bottom


def test_stripes_are_busy_and_a_wall_is_not() -> None:
    picture = np.full((720, 720), 200, np.uint8)
    picture[360:, ::40] = 0
    for column in range(0, 720, 40):
        picture[360:, column : column + 20] = 30
    found = row_busyness(picture, safe_area(720, 720))
    assert found.shape == (720,)
    assert found[:340].max() < 0.05
    assert found[380:].min() > 0.5


@pytest.mark.parametrize("size", [(720, 1280), (720, 900), (720, 720), (1280, 720)])
@pytest.mark.parametrize("chin", np.arange(0.86, 1.0, 0.03))
def test_the_brow_is_covered_only_where_nothing_below_the_mouth_is_free(
    size: tuple[int, int], chin: float
) -> None:
    mouth = (chin - 0.2, chin - 0.14)
    found = place(*size, 0.16 * size[1], face(chin - 0.8, chin, mouth), np.ones(size[1]))
    margin, smallest = 0.3 * 0.2 * size[0] / size[1], 0.55 * 0.16
    if mouth[1] + margin + smallest < 0.975:
        assert not found.over_brow
    assert found.over_brow == (found.bottom / size[1] <= mouth[0])
