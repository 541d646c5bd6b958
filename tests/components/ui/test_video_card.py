"""How a video is shown in lists."""

from components.ui.media import jpeg_address, mark
from components.ui.video_card import show_title


def test_a_video_without_a_title_still_has_a_name() -> None:
    assert show_title("  \n ") == "Untitled"


def test_what_is_written_on_a_picture_is_no_markup() -> None:
    assert "<b>" not in mark("<b>9</b>", "left")


def test_a_picture_goes_to_the_browser_as_it_is() -> None:
    assert jpeg_address(b"no picture") == "data:image/jpeg;base64,bm8gcGljdHVyZQ=="
