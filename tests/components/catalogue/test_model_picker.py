"""The cards of the models."""

import pytest

from components.catalogue.model_picker import columns_for


@pytest.mark.parametrize(
    ("cards", "columns"), [(1, 1), (2, 2), (5, 5), (6, 3), (7, 4), (8, 4), (10, 5), (11, 4)]
)
def test_the_rows_of_cards_are_as_even_as_possible(cards: int, columns: int) -> None:
    assert columns_for(cards) == columns
