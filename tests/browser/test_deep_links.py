"""The first request after a start may be for any page; `app.py` must frame it all the same."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, app_ready, leaves

PAGES = {
    "": "Create",
    "create": "Create",
    "gallery": "Gallery",
    "compare": "Compare",
    "jobs": "Renders",
    "settings": "Settings",
}


# The start, its other name, and one of the pages that all are found the same way.
@pytest.mark.parametrize("path", ["", "create", "jobs"])
def test_a_cold_deep_link_shows_its_page_in_the_frame(
    path: str, fresh_server: Server, visit: Callable[..., Page]
) -> None:
    page = visit(f"{fresh_server.url}/{path}")
    framed(page, path)
    if path == "jobs":
        for other in PAGES:
            page.goto(f"{fresh_server.url}/{other}")
            framed(page, other)


def framed(page: Page, path: str) -> None:
    """The page has its title, the navigation, and icons of its own."""
    expect(page).to_have_title(f"{PAGES[path]} · Talking Head Studio")
    expect(page.get_by_test_id("stTopNavLink")).to_have_count(5)
    expect(page.get_by_test_id("stHeaderLogo")).to_be_visible()
    icons = page.evaluate("[...document.querySelectorAll('link[rel~=icon]')].map((a) => a.href)")
    assert icons
    assert not [icon for icon in icons if leaves(page.url, icon)]


def test_a_cold_deep_link_of_a_stranger_begins_with_who_is_here(
    start_server: Callable[..., Server], visit: Callable[..., Page]
) -> None:
    server = start_server(SINGLE_USER="false")
    page = visit(f"{server.url}/jobs")
    expect(page).to_have_url(re.compile(r"/jobs\?studio=[\w-]{43}$"))
    page.get_by_test_id("stTopNavLink").filter(has_text="Settings").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    app_ready(page)
    expect(page).to_have_url(re.compile(r"/settings\?studio=[\w-]{43}$"))
