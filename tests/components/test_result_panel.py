"""The takes of a project."""

from components.result_panel import take_number


def test_a_take_keeps_its_number_when_older_ones_are_not_shown() -> None:
    assert take_number("third", ("first", "second", "third")) == 3


def test_a_take_of_another_project_comes_last() -> None:
    assert take_number("other", ("first", "second")) == 3
