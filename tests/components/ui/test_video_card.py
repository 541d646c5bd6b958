"""Pictures of every shape fill the same card."""

from io import BytesIO

import pytest
from PIL import Image

from components.ui.video_card import CARD_PICTURE, card_picture, show_title


def jpeg(width: int, height: int) -> bytes:
    """A grey picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), "gray").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("size", [(320, 180), (320, 320), (320, 569), CARD_PICTURE])
def test_every_picture_gets_the_card_s_shape(size: tuple[int, int]) -> None:
    assert Image.open(BytesIO(card_picture(jpeg(*size)))).size == CARD_PICTURE


def test_a_broken_picture_is_left_as_it_is() -> None:
    assert card_picture(b"no picture") == b"no picture"


def test_a_video_without_a_title_still_has_a_name() -> None:
    assert show_title("  \n ") == "Untitled"
