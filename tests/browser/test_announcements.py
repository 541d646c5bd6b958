"""Renders that end are announced on another page; the menu of a phone leaves the page in view."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from tests.browser.conftest import PHONE, Server, app_ready
from tests.browser.seeding import GONE, Seeder

LISTENING = """() => {
  window.announced = [];
  window.Notification = class {
    static permission = 'granted';
    constructor(title, options) { window.announced.push(`${title}: ${options.body}`); }
    close() {}
  };
  window.AudioContext = class {
    constructor() { window.announced.push('a sound'); throw Error(); }
  };
  Object.defineProperty(document, 'hidden', {value: true});
  const on = JSON.stringify({notify: true, sound: true});
  localStorage.setItem('talking-head-studio.announcements', on);
}"""


def test_an_end_is_announced_on_another_page_and_counted_until_renders_are_seen(
    start_server: Callable[..., Server], tmp_path: Path, visit: Callable[..., Page]
) -> None:
    with Seeder(tmp_path / "data") as seeder:
        job = seeder.job(
            "Spring sale",
            JobState.RENDERING,
            endpoint_id="fal-ai/flashhead",
            arguments={"image_url": GONE, "text": "Hello there."},
            waiting_for="key",
            request_id="request-1",
            payer="session",
        )
        page = visit(f"{start_server(tmp_path / 'data').url}/settings")
        expect(page.get_by_role("heading", name="Notifications")).to_be_visible()
        page.evaluate(LISTENING)
        assert Journal(seeder.database).change(job.id, JobState.FAILED)
    expect(page.get_by_test_id("stToast")).to_contain_text("Render failed: Spring sale")
    expect(page).to_have_title("(1) Settings · Talking Head Studio")
    renders = page.get_by_test_id("stTopNavLink").filter(has_text="Renders")
    expect(renders).to_contain_text("Renders (1)")
    page.wait_for_function("window.announced.length === 2")
    assert page.evaluate("window.announced") == ["a sound", "Render failed: Spring sale"]
    renders.click()
    expect(page).to_have_title("Renders · Talking Head Studio")
    expect(renders).not_to_contain_text("(1)")
    page.reload()
    app_ready(page)
    expect(page.get_by_test_id("stToast")).to_have_count(0)


def test_on_a_phone_the_menu_closes_once_a_page_is_chosen(
    server: Server, visit: Callable[..., Page]
) -> None:
    page = visit(f"{server.url}/settings", viewport=PHONE)
    page.get_by_test_id("stExpandSidebarButton").click()
    link = page.get_by_test_id("stSidebarNavLink").filter(has_text="Renders")
    link.click()
    expect(page.get_by_role("heading", name="Renders", exact=True)).to_be_visible()
    expect(link).not_to_be_in_viewport()
