"""What stands in the place of a hidden model's name."""

import pytest

from components.ui.unnamed import named_apart, unnamed_title
from talkinghead.videos.file_names import file_name
from talkinghead.videos.values import Unnamed


def unnamed(letter: str | None) -> Unnamed:
    return Unnamed("c" * 32, "Which one?", letter, 0)


@pytest.mark.parametrize(
    ("letter", "title"), [("B", "Blind comparison, B"), (None, "Blind comparison")]
)
def test_a_letter_stands_there_once_there_is_one(letter: str | None, title: str) -> None:
    assert unnamed_title(unnamed(letter)) == title


@pytest.mark.parametrize(
    ("hidden", "name"),
    [(unnamed("B"), "Hello-B.mp4"), (unnamed(None), "Hello.mp4"), (None, "Hello.mp4")],
)
def test_files_are_told_apart_by_the_letter(hidden: Unnamed | None, name: str) -> None:
    assert file_name(named_apart("Hello", hidden)) == name
