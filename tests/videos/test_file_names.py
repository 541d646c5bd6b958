"""The names of files that people download."""

import pytest

from talkinghead.videos.file_names import distinct, file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Hello, world", "hello-world.mp4"),
        ("It's a sale: 20 % off", "its-a-sale-20-off.mp4"),
        ("word " * 12 + "unbroken", "-".join(["word"] * 12) + ".mp4"),
        ("../../etc/passwd", "etc-passwd.mp4"),
        ("<>|?*", "video.mp4"),
        ("Grüße 東京", "grüsse-東京.mp4"),
        ("CON", "video-con.mp4"),
        ("Lpt1.", "video-lpt1.mp4"),
        ("Com, now", "com-now.mp4"),
    ],
)
def test_a_download_has_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_name_fits_into_a_file_system_in_any_script() -> None:
    name = file_name("\U00020000" * 80, details=("9x16", "branded"))
    assert len(name.encode()) < 255
    assert name == "\U00020000" * 45 + "_9x16_branded.mp4"


def test_a_version_says_in_its_name_what_it_is() -> None:
    assert file_name("Spring sale", details=("9x16", "pop")) == "spring-sale_9x16_pop.mp4"


def test_no_two_names_in_an_archive_are_alike() -> None:
    names = ["sale.mp4", "Sale.mp4", "sale-2.mp4", "sale.mp4", "other.mp4"]
    assert distinct(names) == ["sale.mp4", "Sale-2.mp4", "sale-2-2.mp4", "sale-3.mp4", "other.mp4"]
