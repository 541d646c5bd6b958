"""The names of files that people download."""

import pytest

from talkinghead.videos.file_names import file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Hello, world", "Hello-world.mp4"),
        ("../../etc/passwd", "etc-passwd.mp4"),
        ("<>|?*", "video.mp4"),
        ("Grüße 東京", "Grüße-東京.mp4"),
    ],
)
def test_a_download_has_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name
