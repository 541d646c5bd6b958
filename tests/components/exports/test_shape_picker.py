"""Shapes and surrounds as they are offered."""

from typing import get_args

import pytest

from components.exports.shape_picker import EXPLAINED, FITS, KEPT, SHAPES, rgb
from talkinghead.catalogue.export import Fit, Shape


def test_every_shape_and_every_way_to_it_is_offered() -> None:
    assert {shape.id for shape in SHAPES} == {KEPT, *get_args(Shape)}
    assert {fit.id for fit in FITS} == EXPLAINED.keys() == set(get_args(Fit))


@pytest.mark.parametrize(
    ("colour", "values"), [("#121318", (18, 19, 24)), ("#FFFFFF", (255, 255, 255))]
)
def test_a_colour_is_three_numbers(colour: str, values: tuple[int, int, int]) -> None:
    assert rgb(colour) == values
