"""The settings page: what the studio runs on, without a secret."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

SECRET = "fal-0123456789:abcdef"  # noqa: S105  made up


def everything(app: AppTest) -> str:
    """All words on the page."""
    return " ".join(str(element.value) for element in [*app.markdown, *app.caption])


def test_without_a_key_it_says_where_to_get_one(open_page: Callable[..., AppTest]) -> None:
    assert "Paid renders need a key" in everything(open_page("settings"))


def test_a_key_is_never_shown(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAL_KEY", SECRET)
    app = open_page("settings")
    assert "Key is set" in everything(app)
    assert SECRET not in everything(app)


def test_all_nine_voices_can_be_heard(open_page: Callable[..., AppTest]) -> None:
    buttons = [button for button in open_page("settings").button if button.label == "Hear"]
    assert len(buttons) == 9
