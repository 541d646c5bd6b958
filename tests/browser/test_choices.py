"""Radio groups: the keyboard, a disabled option, buttons beside rows, and the phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, ROOT, Server, is_wider_than_its_window


@pytest.fixture(scope="module")
def page_of_choices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Server(
        tmp_path_factory.mktemp("choices") / "data",
        script=Path(__file__).with_name("choices_app.py"),
        folder=ROOT,
    )
    yield server.start().url
    server.clear()


def test_a_group_is_one_tab_stop_and_arrows_skip_what_cannot_be_chosen(
    visit: Callable[..., Page], page_of_choices: str
) -> None:
    page = visit(page_of_choices)
    page.get_by_role("radio", name="First").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("Chosen: three, none")).to_be_visible()
    expect(page.get_by_role("radio", name="First")).to_have_accessible_name("First Fast $2.00")
    expect(page.get_by_role("radio", name="Third")).to_be_focused()
    expect(page.get_by_role("radio", name="Second Can't take a recording")).to_be_disabled()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("Chosen: one, none")).to_be_visible()
    expect(page.get_by_role("radio", name="First")).to_be_focused()
    page.get_by_role("button", name="Hear Third").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Anna")).to_be_focused()


def test_a_button_beside_a_row_chooses_nothing(
    visit: Callable[..., Page], page_of_choices: str
) -> None:
    page = visit(page_of_choices)
    page.get_by_role("button", name="Hear Third").click()
    expect(page.get_by_text("Heard: three")).to_be_visible()
    expect(page.get_by_text("Chosen: one, none")).to_be_visible()


def test_a_choice_that_the_page_forgets_does_not_come_back(
    visit: Callable[..., Page], page_of_choices: str
) -> None:
    page = visit(page_of_choices)
    page.get_by_role("radio", name="Third").check(force=True)
    expect(page.get_by_text("Chosen: three, none")).to_be_visible()
    page.get_by_role("button", name="Forget").click()
    expect(page.get_by_text("Chosen: one, none")).to_be_visible()
    page.get_by_role("button", name="Run again").click()
    expect(page.get_by_text("Run again: True")).to_be_visible()
    expect(page.get_by_text("Chosen: one, none")).to_be_visible()
    expect(page.get_by_role("radio", name="First")).to_be_checked()


def test_a_click_that_comes_together_with_a_choice_counts_the_choice(
    visit: Callable[..., Page], page_of_choices: str
) -> None:
    page = visit(page_of_choices)
    page.get_by_role("button", name="Take long").click()
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "running")
    page.get_by_role("radio", name="Third").check(force=True)
    page.get_by_role("button", name="Order").click()
    expect(page.get_by_text("Ordered: three")).to_be_visible()
    expect(page.get_by_text("Chosen: three, none")).to_be_visible()


def test_pictures_are_chosen_by_a_click_anywhere_on_a_phone_too(
    visit: Callable[..., Page], page_of_choices: str
) -> None:
    page = visit(page_of_choices, viewport=PHONE)
    page.get_by_role("radiogroup", name="Portrait").get_by_text("2", exact=True).click(force=True)
    expect(page.get_by_text("Chosen: one, b")).to_be_visible()
    rows = page.get_by_role("radiogroup", name="Model")
    name, detail = (rows.get_by_text(words).bounding_box() for words in ("Third", "Natural"))
    assert name is not None
    assert detail is not None
    assert detail["y"] > name["y"] + 10, "on a narrow page the line stands below the name"
    assert not is_wider_than_its_window(page)
