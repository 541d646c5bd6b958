"""What a person needs next is in sight and has the focus, on small laptops and phones."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import PHONE, Server, app_ready, keyed
from tests.browser.test_create import choose_painting, write

SMALL_LAPTOPS: tuple[ViewportSize, ...] = (
    {"width": 1366, "height": 768},
    {"width": 1024, "height": 768},
)
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis, said and explained in a few slow words."


def bottom(element: Locator) -> float:
    """Where an element ends, in px from the top of the window."""
    box = element.bounding_box()
    assert box
    return box["y"] + box["height"]


def top(element: Locator) -> float:
    """Where an element begins, likewise."""
    box = element.bounding_box()
    assert box
    return box["y"]


def height(element: Locator) -> float:
    """How high an element is, in px."""
    return bottom(element) - top(element)


def test_the_button_that_keeps_a_cut_off_face_is_above_the_bar(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url, viewport=SMALL_LAPTOPS[0])
    stage = choose_painting(page)
    write(page, "Hello.")
    for _ in range(12):
        stage.press("+")
    for _ in range(12):
        stage.press("Shift+ArrowDown")
    keeps_all = keyed(page, "create_surround").get_by_role("button")
    expect(keeps_all).to_be_visible()
    app_ready(page)
    for window in SMALL_LAPTOPS:
        page.set_viewport_size(window)
        assert bottom(keeps_all) <= top(keyed(page, "create_bar"))


def test_on_a_small_laptop_four_prices_are_in_sight_and_each_model_has_its_line(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url, viewport=SMALL_LAPTOPS[1])
    rows = keyed(page, "create_model").locator(".option")
    expect(rows).to_have_count(5)
    for row in rows.all():
        assert height(row.locator(".detail")) < 24  # one line
    assert bottom(rows.nth(3).locator(".price")) <= top(keyed(page, "create_bar"))


def test_the_focus_follows_a_portrait_that_is_chosen_and_removed(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url)
    keyed(page, "create_stage").get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    change = keyed(page, "create_change_portrait").get_by_role("button")
    expect(change).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove").click()
    upload = keyed(page, "create_portrait_upload").get_by_role("button", name="Upload", exact=True)
    expect(upload).to_be_focused()


def test_a_popover_that_a_key_opens_has_the_focus_until_it_closes(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url)
    opener = keyed(page, "create_voice").get_by_role("button").first
    opener.press("Enter")
    popover = page.get_by_test_id("stPopoverBody")
    expect(popover).to_be_focused()
    expect(popover.get_by_role("radio").first).to_be_visible()
    app_ready(page)
    page.keyboard.press("Tab")
    expect(popover.locator(":focus").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(popover).to_have_count(0)
    expect(opener).to_be_focused()


def test_no_tab_stop_of_the_settings_is_hidden(visit: Callable[..., Page], server: Server) -> None:
    page = visit(f"{server.url}/settings")
    stops: list[str] = []
    while (stop := page.evaluate("document.activeElement.tagName")) != "BODY" or not stops:
        stops.append(stop)
        page.keyboard.press("Tab")
    assert {"A", "BUTTON", "INPUT"} <= set(stops)
    assert len(stops) < 60
    # A row that could scroll would be a stop of its own; a component's host is a DIV, too.
    rows = page.locator("[data-testid=stHorizontalBlock]:not(:has(button, input, a))")
    assert {row.evaluate("each => getComputedStyle(each).overflowX") for row in rows.all()} == {
        "visible"
    }


def test_on_a_phone_a_long_title_leaves_room_for_the_projects(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url, viewport=PHONE)
    write(page, LONG)
    title, projects = page.get_by_role("heading", level=1), keyed(page, "projects")
    expect(title).to_contain_text("Pneumono")
    expect(projects).to_be_visible()
    assert height(title) < 64  # two lines
    assert top(title) < bottom(projects)
    assert top(projects) < bottom(title)
