"""The label that replaces a hidden model's name."""

import pytest

from components.ui.blind_label import blind_title, title_with_letter
from talkinghead.videos.file_names import file_name
from talkinghead.videos.values import BlindEntry


def blind(letter: str | None) -> BlindEntry:
    return BlindEntry("c" * 32, "Which one?", letter, 0)


@pytest.mark.parametrize(("letter", "title"), [("B", "Blind test, B"), (None, "Blind test")])
def test_the_label_has_a_letter_once_there_is_one(letter: str | None, title: str) -> None:
    assert blind_title(blind(letter)) == title


@pytest.mark.parametrize(
    ("hidden", "name"),
    [(blind("B"), "hello-b.mp4"), (blind(None), "hello.mp4"), (None, "hello.mp4")],
)
def test_file_names_differ_by_the_letter(hidden: BlindEntry | None, name: str) -> None:
    assert file_name(title_with_letter("Hello", hidden)) == name
