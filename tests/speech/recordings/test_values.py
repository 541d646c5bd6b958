"""What a recording is called."""

import pytest

from talkinghead.speech.recordings.values import Recording


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("spring-sale.wav", "spring-sale"),
        ("Take 1.2.m4a", "Take 1.2"),
        ("Recording, Nov 27, 9:14 AM", "Recording, Nov 27, 9:14 AM"),
        ("Version 2.0", "Version 2.0"),
        ("", "Recording"),
    ],
)
def test_a_title_has_no_file_ending(name: str, title: str) -> None:
    assert Recording("asset:a.wav", name, 1.0).title == title
