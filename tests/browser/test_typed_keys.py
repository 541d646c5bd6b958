"""A key that somebody types belongs to their browser tab: no other tab and nobody else has it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, app_ready, keyed
from tests.browser.test_paid import button
from tests.fal_server import FalServer, Options

KEY = "2b7d9c34-1a2b-4c3d-8e4f-5a6b7c8d9e0f:fedcba9876543210fedcba9876543210"
BALANCE = "Balance at fal.ai"


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    """A fal for which each key is an account of its own."""
    with FalServer(Options(log_interval=0.2)) as fal:
        yield fal


@pytest.fixture(scope="module")
def hosted(start_server: Callable[..., Server], fal: FalServer) -> Server:
    """A hosted app whose operator gave no key."""
    return start_server(SINGLE_USER="false", FAL_PROXY_URL=fal.url)


def has_key(page: Page) -> None:
    """The tab has its key, and sees the balance."""
    expect(keyed(page, "key_status")).to_contain_text("Your own key")
    expect(keyed(page, "key_status")).to_contain_text(BALANCE)


def has_no_key(page: Page) -> None:
    """The tab has no key and sees no balance, also once its scripts have run."""
    app_ready(page)
    status = keyed(page, "key_status")
    expect(status).to_contain_text("No key")
    app_ready(page)
    expect(status).not_to_contain_text("Your own key")
    expect(status).not_to_contain_text(BALANCE)


def type_key(page: Page) -> None:
    """Type the key in Settings."""
    keyed(page, "settings_key").locator("input").fill(KEY)
    button(page, "use_key").click()
    has_key(page)


@pytest.fixture
def page(visit: Callable[..., Page], hosted: Server) -> Page:
    """A tab in which a key was typed."""
    page = visit(f"{hosted.url}/settings")
    type_key(page)
    return page


def test_a_reload_keeps_it_and_another_tab_of_the_same_gallery_does_not_have_it(
    page: Page,
) -> None:
    page.reload()
    has_key(page)
    another = page.context.new_page()
    another.goto(page.url)
    has_no_key(another)
    another.reload()
    has_no_key(another)
    another.close()
    page.goto(page.url.replace("/settings", "/jobs"))
    app_ready(page)
    page.get_by_test_id("stTopNavLink").filter(has_text="Settings").click()
    has_key(page)


def test_a_tab_that_was_opened_from_it_does_not_have_it(page: Page) -> None:
    with page.expect_popup() as opened:  # its session storage begins as a copy of this one's
        page.evaluate("() => { window.open(location.href) }")
    has_no_key(opened.value)
    opened.value.reload()
    has_no_key(opened.value)
    opened.value.close()
    page.reload()
    has_key(page)


def test_somebody_else_with_the_same_link_does_not_have_it(
    page: Page, visit: Callable[..., Page]
) -> None:
    stranger = visit(page.url, color_scheme="dark")  # another context: nothing is shared
    has_no_key(stranger)


def test_it_is_nowhere_but_in_the_tabs_own_storage_and_there_only_its_name(page: Page) -> None:
    page.reload()
    has_key(page)
    kept = page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})")
    assert KEY not in kept
    assert "talking-head-studio.tab" not in kept  # while the page is open
    assert all(KEY not in str(cookie) for cookie in page.context.cookies())
    page.goto("about:blank")
    page.go_back()
    has_key(page)


def test_a_key_that_was_removed_stays_removed(page: Page) -> None:
    button(page, "forget_key").click()
    has_no_key(page)
    page.reload()
    has_no_key(page)
    type_key(page)
    page.reload()
    has_key(page)
