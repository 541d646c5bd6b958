"""The app as a real process, seen through a real browser.

`server` is one app for all tests that leave nothing behind; `start_server` starts further ones,
which can be stopped, killed and started again on the same data. `visit` opens a page at any size,
in light or dark; at the end of the test no page may have shown an exception or thrown one.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.server import ROOT as ROOT
from tests.browser.server import Server as Server

LAPTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SPEECH = ROOT / "tests" / "media" / "speech" / "jfk.flac"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts an app: `start_server(data_dir=None, **variables)`; each ends with the tests."""
    servers: list[Server] = []

    def start(data_dir: Path | None = None, **variables: str) -> Server:
        folder = data_dir or tmp_path_factory.mktemp("app") / "data"
        server = Server(folder, {"SINGLE_USER": "true", **variables})
        servers.append(server)
        return server.start()

    yield start
    for server in servers:
        server.clear()


@pytest.fixture(scope="session")
def server(start_server: Callable[..., Server]) -> Server:
    """One app for all tests that need nothing of their own; everybody shares its gallery."""
    return start_server()


@pytest.fixture(scope="session")
def hosted(start_server: Callable[..., Server]) -> Server:
    """One app as it is hosted: every visitor has their own gallery."""
    return start_server(SINGLE_USER="false")


@pytest.fixture
def fresh_server(start_server: Callable[..., Server]) -> Iterator[Server]:
    """An app that nobody has visited; `stop`, `kill` and `start` keep its data and port."""
    server = start_server()
    yield server
    server.clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium that is there, or one that can be had; else a failure that says how to get one."""
    try:
        program = chromium.get()
    except SystemExit as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address as a new visitor: `visit(url, viewport=PHONE, color_scheme="dark")`."""
    pages: list[tuple[Page, list[str]]] = []

    def open_(url: str, *, viewport: dict[str, int] = LAPTOP, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": viewport["width"], "height": viewport["height"]},
            permissions=["microphone", "camera"],
            accept_downloads=True,
            **options,
        )
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        pages.append((page, thrown))
        page.goto(url)
        app_ready(page)
        return page

    yield open_
    shown = [page.get_by_test_id("stException").count() for page, _ in pages]
    for page, _ in pages:
        page.context.close()
    assert not any(shown), "A page showed an exception."
    assert not [error for _, thrown in pages for error in thrown]


@pytest.fixture
def page(visit: Callable[..., Page], server: Server) -> Page:
    """The first page of the shared app, on a laptop."""
    return visit(server.url)


def app_ready(page: Page) -> None:
    """The app is there and no script runs. On a page that ticks wait for what it shows instead."""
    app = page.get_by_test_id("stApp")
    expect(page.get_by_test_id("stHeaderLogo")).to_be_visible()  # before it, nothing ran yet
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")


def keyed(page: Page, key: str) -> Locator:
    """The element whose `key=` this is."""
    return page.locator(f".st-key-{key}")


def is_wider_than_its_window(page: Page) -> bool:
    """Whether anything makes the page scroll sideways."""
    return bool(
        page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth;
              const main = document.querySelector('[data-testid="stMain"]');
              return document.documentElement.scrollWidth > width
                || main.scrollWidth > main.clientWidth;
            }"""
        )
    )
