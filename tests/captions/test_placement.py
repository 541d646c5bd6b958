"""Where captions may stand."""

import numpy as np
import pytest

from talkinghead.av.face_path import NO_FACE, FacePath
from talkinghead.captions.painting.placement import place
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
