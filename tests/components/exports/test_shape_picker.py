"""Shapes and surrounds as they are offered."""

from typing import get_args

import pytest

from components.exports.shape_picker import EXPLAINED, FITS, SHAPES, WantedShapes, rgb
from talkinghead.catalogue.export import Fit, Shape
from talkinghead.exports.values import WantedVersion


def test_every_shape_and_every_way_to_it_is_offered() -> None:
    assert set(SHAPES) == {None, *get_args(Shape)}
    assert {fit.id for fit in FITS} == EXPLAINED.keys() == set(get_args(Fit))


@pytest.mark.parametrize(
    ("colour", "values"), [("#121318", (18, 19, 24)), ("#FFFFFF", (255, 255, 255))]
)
def test_a_colour_is_three_numbers(colour: str, values: tuple[int, int, int]) -> None:
    assert rgb(colour) == values


def test_a_kept_shape_has_no_size_of_a_platform() -> None:
    shapes = WantedShapes((None, "4:5"), "blur", (1, 2, 3), platform_size=True)
    assert shapes.version(None, "pop") == WantedVersion("pop")
    assert shapes.version("4:5").size == (1080, 1350)
