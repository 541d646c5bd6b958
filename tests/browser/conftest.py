"""The app as a real process, seen through a real browser.

`server` is one app for all tests that leave nothing behind; `start_server` starts further ones,
which can be stopped, killed and started again on the same data. `visit` opens a page at any size,
in light or dark; at the end of the test no page may have shown an exception or thrown one, or asked
another host than the app's own for anything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from talkinghead.av.sound import Sound, read_sound, write_sound
from tests.browser import chromium
from tests.browser.server import ROOT as ROOT
from tests.browser.server import Server as Server
from tests.waiting import DEADLINE

LAPTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SPEECH = ROOT / "tests" / "data" / "speech" / "jfk.flac"
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
expect.set_options(timeout=DEADLINE * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder drives a browser, and alone of all tests has a second try."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A second try starts with new apps on new data: what the first one left may be in its way."""
    if not isinstance(item, pytest.Function) or getattr(item, "execution_count", 1) == 1:
        return
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        for definition in definitions:
            if definition.scope != "function":
                definition.finish(item._request)  # type: ignore[arg-type]


@contextmanager
def starting(folders: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts apps: `start(data_dir=None, **variables)`; each ends with the block."""
    servers: list[Server] = []

    def start(data_dir: Path | None = None, **variables: str) -> Server:
        server = Server(
            data_dir or folders.mktemp("app") / "data", {"SINGLE_USER": "true", **variables}
        )
        servers.append(server)
        return server.start()

    try:
        yield start
    finally:
        for server in servers:
            server.clear()


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts an app: `start_server(data_dir=None, **variables)`; each ends with its module."""
    with starting(tmp_path_factory) as start:
        yield start


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One app for all tests that need nothing of their own; everybody shares its gallery."""
    with starting(tmp_path_factory) as start:
        yield start()


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One app as it is hosted: every visitor has their own gallery."""
    with starting(tmp_path_factory) as start:
        yield start(SINGLE_USER="false")


@pytest.fixture
def fresh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app that nobody has visited; `stop`, `kill` and `start` keep its data and port."""
    with starting(tmp_path_factory) as start:
        yield start()


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


@pytest.fixture(scope="session")
def short_recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of real speech."""
    whole = read_sound(SPEECH)
    path = tmp_path_factory.mktemp("speech") / "fellow-americans.wav"
    write_sound(Sound(whole.samples[: 2 * whole.rate], whole.rate), path)
    return path


def new_visitor(browser: Browser, **options: Any) -> BrowserContext:
    """Somebody who was never here, with a camera and a microphone."""
    permissions = ["microphone", "camera"]
    return browser.new_context(permissions=permissions, accept_downloads=True, **options)


@pytest.fixture(scope="session")
def regular(browser: Browser) -> Iterator[BrowserContext]:
    """Whose browser keeps the app's files from test to test, and nothing else.

    A browser that has to load and compile them again spends most of a short test on that.
    """
    with new_visitor(browser) as context:
        yield context


def leaves(own: str, address: str) -> bool:
    """Whether a request goes to another host or port than the page itself."""
    asked = urlsplit(address)
    return asked.scheme not in ("data", "blob", "about") and asked.netloc != urlsplit(own).netloc


def forget(page: Page, address: str) -> None:
    """Close a page, and leave nothing of its visit but files."""
    page.goto("about:blank")
    tools = page.context.new_cdp_session(page)
    kept = {"origin": address, "storageTypes": "local_storage,indexeddb,service_workers"}
    tools.send("Storage.clearDataForOrigin", kept)
    page.context.clear_cookies()
    page.close()


@pytest.fixture
def visit(browser: Browser, regular: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Opens an address as a new visitor: `visit(url, viewport=PHONE, color_scheme="dark")`."""
    pages: list[tuple[Page, str, list[str]]] = []
    asked: list[tuple[str, str]] = []

    def open_(
        url: str,
        *,
        viewport: ViewportSize = LAPTOP,
        color_scheme: Literal["light", "dark"] = "light",
        **options: Any,
    ) -> Page:
        alone = not pages and not options
        page = (regular if alone else new_visitor(browser, **options)).new_page()
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=color_scheme)
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.on("request", lambda request: asked.append((url, request.url)))
        page.on("websocket", lambda socket: asked.append((url, socket.url)))
        pages.append((page, url, thrown))
        page.goto(url)
        app_ready(page)
        return page

    yield open_
    shown = [
        text
        for page, _, _ in pages
        for text in page.get_by_test_id("stException").all_inner_texts()
    ]
    for page, url, _ in pages:
        if page.context is regular:
            forget(page, url)
        else:
            page.context.close()
    assert not shown, "A page showed an exception."
    assert not [error for _, _, thrown in pages for error in thrown]
    assert not [address for own, address in asked if leaves(own, address)], (
        "A third party was asked."
    )


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


@contextmanager
def run_of(page: Page) -> Iterator[None]:
    """What is done within makes the page run; the block ends when it has."""
    app_ready(page)
    page.evaluate(
        """() => {
          const app = document.querySelector('[data-testid="stApp"]');
          window.ran = false;
          new MutationObserver(() => {
            window.ran ||= app.dataset.testScriptState === 'running';
          }).observe(app, {attributes: true});
        }"""
    )
    yield
    page.wait_for_function("window.ran")
    app_ready(page)


def keyed(page: Page, key: str) -> Locator:
    """The element whose `key=` this is.

    While a list is drawn again, what moved in it is there twice until the run ends; the first one
    counts.
    """
    return page.locator(f".st-key-{key}").first


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
