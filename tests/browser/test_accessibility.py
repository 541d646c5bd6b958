"""Everybody can use every page: axe-core finds nothing against WCAG 2.2 A and AA, headings are in
order, and the focus can be seen. Light and dark, on a laptop and on a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from talkinghead.jobs.job import JobState
from tests.browser.conftest import LAPTOP, PHONE, Server, app_ready, keyed
from tests.browser.seeding import Seeder
from tests.components.test_theme import contrast

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"heading-order": {"enabled": True}, "target-size": {"enabled": True}},
}

# What is Streamlit's own and cannot be changed from here: a rule, what its element has, the reason.
STREAMLITS_OWN = {
    (
        "target-size",
        'role="spinbutton"',
    ): "day and month in a date field; its calendar does as well",
}

COLORS_ARE_SETTLED = """() => document.getAnimations().every(
  (each) => !(each instanceof CSSTransition) || each.playState !== "running"
)"""


# Every kind of field on Create with its settings open, and what its edge is drawn with.
EDGES = {
    "[data-testid=stTextAreaRootElement]": "borderTopColor",
    "[data-testid=stFileUploaderDropzone]": "borderTopColor",
    "[data-testid=stNumberInputContainer]": "borderTopColor",
    ".react-aria-ComboBox > div": "borderTopColor",
    "[data-testid=stCheckbox] label:not([data-selected]):has([role=switch]) > span + div": (
        "backgroundColor"
    ),
    "[data-testid=stCheckbox] label:not([data-selected]):not(:has([role=switch])) > span + div": (
        "borderTopColor"
    ),
}
DRAWN = """(element, edge) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true})
  const paint = (color) => {
    canvas.fillStyle = color
    canvas.fillRect(0, 0, 1, 1)
    return "#" + [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((part) => part.toString(16).padStart(2, "0")).join("")
  }
  const around = []
  for (let each = element; each; each = each.parentElement) around.unshift(each)
  const grounds = around.map((each) => getComputedStyle(each).backgroundColor)
  const own = edge === "backgroundColor" ? grounds.pop() : null
  const ground = grounds.map(paint).at(-1)
  return [paint(own ?? getComputedStyle(element)[edge]), ground]
}"""


@dataclass(frozen=True)
class Studio:
    """A running app with videos, and with renders in every state that a card has.

    Attributes:
        server: the app.
        video_id: of a video.
        logged_id: of a failed render whose log is longer than its place.
    """

    server: Server
    video_id: str
    logged_id: str


@pytest.fixture(scope="module")
def studio(start_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Studio:
    folder = tmp_path_factory.mktemp("accessible") / "data"
    paid: dict[str, Any] = {"endpoint_id": "fal-ai/flashhead", "estimate": Decimal("1.25")}
    with Seeder(folder) as seeder:
        video = seeder.videos(3, titles=["Spring sale"])[0]
        logged = seeder.job(
            "No face", JobState.FAILED, problem="No face was found.", charged=None, **paid
        )
        seeder.job("Lost", JobState.UNCONFIRMED, **paid)
        seeder.job("Paid", JobState.DONE, video_id=video.id, request_id="0" * 36, **paid)
        seeder.job("Stopped", JobState.CANCELLED)
        for number in range(20):
            seeder.note(logged.id, f"Line {number}")
    return Studio(start_server(folder), video.id, logged.id)


def problems(page: Page) -> Iterator[str]:
    """What axe finds on a page as it is, without what is Streamlit's own."""
    for violation in Axe().run(page, options=OPTIONS).response["violations"]:
        for node in violation["nodes"]:
            element = f"{node['target']} {node['html']}"
            if not any(
                violation["id"] == rule and part in element for rule, part in STREAMLITS_OWN
            ):
                checks = node["any"] + node["all"] + node["none"]
                yield f"{violation['id']}: {element[:300]}: {[each['message'] for each in checks]}"


def problems_in_every_look(page: Page) -> list[str]:
    """What axe finds on a page: wide and narrow, light and dark."""
    found = []
    for viewport in (LAPTOP, PHONE):
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
            page.wait_for_function(COLORS_ARE_SETTLED)
            found += [f"{viewport['width']} px, {scheme}: {each}" for each in problems(page)]
    return found


@pytest.mark.parametrize(
    "path", ["", "gallery", "gallery?video={}", "jobs", "compare", "settings", "verify?video={}"]
)
def test_a_page_is_accessible(path: str, studio: Studio, visit: Callable[..., Page]) -> None:
    page = visit(f"{studio.server.url}/{path.format(studio.video_id)}", viewport=LAPTOP)
    assert problems_in_every_look(page) == []


def test_the_billing_history_is_accessible(studio: Studio, visit: Callable[..., Page]) -> None:
    page = visit(f"{studio.server.url}/jobs", viewport=LAPTOP)
    page.get_by_text("Billing history").first.click()
    expect(keyed(page, "ledger")).to_be_visible()
    app_ready(page)
    assert problems_in_every_look(page) == []


def test_an_open_log_is_accessible(studio: Studio, visit: Callable[..., Page]) -> None:
    page = visit(f"{studio.server.url}/?job={studio.logged_id}", viewport=LAPTOP)
    keyed(page, "create_stage").get_by_text("Log", exact=True).click()
    expect(page.get_by_text("Line 19")).to_be_visible()
    assert problems_in_every_look(page) == []
    page.goto(f"{studio.server.url}/jobs")
    app_ready(page)
    keyed(page, f"log_{studio.logged_id}").get_by_role("button").click()
    expect(keyed(page, f"job_log_{studio.logged_id}")).to_contain_text("Line 19")
    assert list(problems(page)) == []


def test_a_button_is_legible_while_its_menu_is_open(
    studio: Studio, visit: Callable[..., Page]
) -> None:
    page = visit(studio.server.url, viewport=LAPTOP, color_scheme="dark")
    button = keyed(page, "create_settings").get_by_role("button").first
    color = button.evaluate("each => getComputedStyle(each).color")
    button.click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    expect(button).to_have_css("color", color)
    assert list(problems(page)) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_edges_of_fields_and_boxes_are_seen(
    scheme: Scheme, studio: Studio, visit: Callable[..., Page]
) -> None:
    page = visit(studio.server.url, viewport=LAPTOP, color_scheme=scheme)
    keyed(page, "create_settings").get_by_role("button").first.click()
    for name in ("More settings", "Compare models"):
        page.get_by_test_id("stPopoverBody").get_by_text(name, exact=True).click()
    page.mouse.move(0, 0)
    for field, edge in EDGES.items():
        found = page.locator(field).first
        expect(found).to_be_visible()
        drawn, ground = found.evaluate(DRAWN, edge)
        assert contrast(drawn, ground) >= 3, (field, drawn, ground)


def test_axe_finds_what_is_wrong(studio: Studio, visit: Callable[..., Page]) -> None:
    page = visit(f"{studio.server.url}/compare", viewport=LAPTOP)
    page.evaluate(
        """() => document.querySelector('[data-testid="stMain"]').insertAdjacentHTML('beforeend',
          '<h4>Low</h4><img src="data:,"><p style="color:#777;background:#666">Grey on grey</p>')"""
    )
    found = {each.split(":")[0] for each in problems(page)}
    assert found == {"heading-order", "image-alt", "color-contrast"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_in_the_navigation(
    scheme: Scheme, studio: Studio, visit: Callable[..., Page]
) -> None:
    page = visit(f"{studio.server.url}/gallery", viewport=LAPTOP, color_scheme=scheme)
    link = page.get_by_role("link", name="Renders")
    expect(link).to_have_css("outline-style", "none")
    for _ in range(8):
        page.keyboard.press("Tab")
        if link.evaluate("each => each === document.activeElement"):
            break
    expect(link).to_be_focused()
    expect(link).to_have_css("outline-style", "solid")
    expect(link).to_have_css("outline-width", "2px")
