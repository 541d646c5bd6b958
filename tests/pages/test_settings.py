"""The settings page: what the studio runs on, without a secret."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.ui.studio_facts import driving
from tests.browser.seeding import Seeder

SECRET = "fal-0123456789:abcdef"  # noqa: S105  made up


def everything(app: AppTest) -> str:
    """All words on the page."""
    return " ".join(str(element.value) for element in [*app.markdown, *app.caption])


def test_without_a_key_it_asks_for_one(open_page: Callable[..., AppTest]) -> None:
    assert "Add a fal.ai key" in everything(open_page("settings")).replace("\\", "")


def test_a_key_is_never_shown(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAL_KEY", SECRET)
    app = open_page("settings")
    assert "this studio's fal.ai account" in everything(app).replace("\\", "")
    assert SECRET not in everything(app)


def test_a_key_of_ones_own_is_used_and_leaves_the_field_and_the_visit(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page("settings")
    app.text_input(key="settings_key").set_value(SECRET)
    app.button(key="use_key").click().run()
    assert not app.exception
    assert "Your own key" in everything(app)
    assert not app.text_input(key="settings_key").value
    assert SECRET not in repr(app.session_state)
    app.button(key="forget_key").click().run()
    assert "Add a fal.ai key" in everything(app).replace("\\", "")


def test_what_is_no_key_is_said_under_the_field(open_page: Callable[..., AppTest]) -> None:
    app = open_page("settings")
    app.text_input(key="settings_key").set_value("oh no")
    app.button(key="use_key").click().run()
    assert "look like a fal" in everything(app)


def test_the_caps_and_what_is_left_are_said(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP_RENDER", "5")
    monkeypatch.setenv("CAP_PERSON_DAY", "10")
    shown = everything(open_page("settings")).replace("\\", "")
    assert "$5.00" in shown
    assert "Remaining today" in shown
    assert "$10.00" in shown


def test_everything_is_deleted_only_after_a_second_look(
    open_page: Callable[..., AppTest], seeder: Seeder
) -> None:
    seeder.videos(2)
    app = open_page("settings")
    app.button(key="delete_all").click().run()
    assert any("2 videos" in text.value for text in app.markdown)
    app.button(key="delete_all_keep").click().run()
    assert not [button for button in app.button if button.key == "delete_all_agree"]
    app.button(key="delete_all").click().run()
    app.button(key="delete_all_agree").click().run()
    assert not app.exception
    app.switch_page("pages/gallery.py").run()
    assert [button.label for button in app.button] == ["Create your first video"]


def test_all_nine_voices_can_be_heard(open_page: Callable[..., AppTest]) -> None:
    buttons = [button for button in open_page("settings").button if button.label == "Hear"]
    assert len(buttons) == 9


def test_a_name_is_said_ones_own_way_until_it_is_taken_off_the_list(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page("settings")
    app.text_input(key="settings_written").set_value("fal.ai")
    app.text_input(key="settings_said").set_value("fall dot A I")
    app.button(key="add_pronunciation").click().run()
    assert not app.exception
    assert "fall dot A I" in everything(app)
    assert not app.text_input(key="settings_written").value
    app.button(key="forget_pronunciation_0").click().run()
    assert "fall dot A I" not in everything(app)


def test_half_an_entry_is_asked_about(open_page: Callable[..., AppTest]) -> None:
    app = open_page("settings")
    app.text_input(key="settings_written").set_value("fal.ai")
    app.button(key="add_pronunciation").click().run()
    assert "Add both" in everything(app)


def test_it_says_that_renders_run(open_page: Callable[..., AppTest]) -> None:
    assert "Renders" in everything(open_page("settings"))
    assert "Running" in everything(open_page("settings"))


def test_it_says_what_to_do_where_no_render_runs() -> None:
    assert driving(is_driven=True) == "Running"
    assert "Restart the studio" in driving(is_driven=False)
