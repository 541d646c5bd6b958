"""The app behind nginx and Caddy as the README sets them up, at a base path and at the root."""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import app_ready, keyed
from tests.browser.proxies import README_BASE, as_it_is, at_root, installed, proxy
from tests.browser.seeding import SAMPLES, Seeder
from tests.browser.server import Server
from tests.browser.test_create import choose_painting
from tests.browser.test_deep_links import PAGES
from tests.browser.test_gallery import open_video
from tests.waiting import wait_until

BASES = [README_BASE, ""]
TITLE = "Seen through a proxy"
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
PROXIES = [
    pytest.param(name, marks=pytest.mark.skipif(not installed(name), reason=f"no {name} here"))
    for name in ("nginx", "caddy")
]
Address = Callable[..., str]


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """The app at this base path, with a video in its gallery; started when it is first needed."""
    started: dict[str, Server] = {}

    def app(base: str) -> Server:
        if base not in started:
            folder = tmp_path_factory.mktemp("app") / "data"
            with Seeder(folder) as seeder:
                seeder.videos(1, titles=[TITLE])
            started[base] = Server(folder, {"SINGLE_USER": "true"}, base_path=base).start()
        return started[base]

    yield app
    for server in started.values():
        server.clear()


def refused_by_policy(page: Page) -> list[str]:
    """What the content policy refuses on this page from now on."""
    refused: list[str] = []
    page.on(
        "console",
        lambda message: (
            refused.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    return refused


@pytest.mark.parametrize("name", PROXIES)
@pytest.mark.parametrize("base", BASES, ids=["base", "root"])
def test_every_page_works_within_the_policies(
    name: str,
    base: str,
    apps: Callable[[str], Server],
    tmp_path: Path,
    visit: Callable[..., Page],
) -> None:
    server = apps(base)
    with proxy(name, tmp_path, server, as_it_is if base else at_root) as host:
        page = visit(f"{host}{server.base_path}/jobs")
        refused = refused_by_policy(page)
        for path, title in PAGES.items():
            page.goto(f"{host}{server.base_path}/{path}")
            expect(page).to_have_title(f"{title} · Talking Head Studio")
            app_ready(page)
        page.goto(f"{host}{server.base_path}/")
        app_ready(page)
        choose_painting(page)  # a component with a picture
        page.goto(f"{host}{server.base_path}/gallery")
        open_video(page, TITLE)
        player = keyed(page, "player").locator("video")
        # Playwright's own waiting evaluates strings, which the policy forbids.
        wait_until(lambda: player.evaluate("(video) => video.readyState") > 0)
        assert refused == []
        page.goto("about:blank")


@pytest.mark.parametrize("name", PROXIES)
def test_the_base_path_is_found_with_and_without_its_slash(
    name: str, apps: Callable[[str], Server], tmp_path: Path, visit: Callable[..., Page]
) -> None:
    with proxy(name, tmp_path, apps(README_BASE)) as host:
        for address in (f"/{README_BASE}", f"/{README_BASE}/"):
            page = visit(f"{host}{address}")
            expect(page).to_have_title("Create · Talking Head Studio")
            assert page.url.startswith(f"{host}/{README_BASE}/")
            page.goto("about:blank")
            with urllib.request.urlopen(f"{host}{address}?studio=secret") as answer:  # noqa: S310
                assert answer.url == f"{host}/{README_BASE}/?studio=secret"


@pytest.mark.parametrize("name", PROXIES)
def test_every_answer_carries_the_policies(
    name: str, apps: Callable[[str], Server], tmp_path: Path
) -> None:
    with proxy(name, tmp_path, apps(README_BASE)) as host:
        for path in ("/", "/gallery", "/_stcore/health"):
            with urllib.request.urlopen(f"{host}/{README_BASE}{path}") as answer:  # noqa: S310
                headers = answer.headers
            assert {each: headers[each] for each in HEADERS} == HEADERS
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", PROXIES)
def test_an_upload_that_the_proxy_refuses_is_a_sentence(
    name: str, apps: Callable[[str], Server], tmp_path: Path, visit: Callable[..., Page]
) -> None:
    def small(block: str) -> str:
        return block.replace("110m", "100k").replace("110MB", "100KB")

    picture = SAMPLES[0].read_bytes()
    large = {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": picture + bytes(300_000)}
    with proxy(name, tmp_path, apps(README_BASE), small) as host:
        page = visit(f"{host}/{README_BASE}/")
        upload = keyed(page, "create_portrait_upload")
        upload.locator("input[type=file]").set_input_files(large)  # type: ignore[arg-type]
        expect(upload).to_contain_text("hoose a smaller one")
        expect(upload).not_to_contain_text("AxiosError")
        page.goto("about:blank")


@pytest.mark.parametrize("name", PROXIES)
def test_an_upload_within_the_limit_passes(
    name: str, apps: Callable[[str], Server], tmp_path: Path, visit: Callable[..., Page]
) -> None:
    picture = SAMPLES[0].read_bytes()
    large = {"name": "fine.jpg", "mimeType": "image/jpeg", "buffer": picture + bytes(20_000_000)}
    with proxy(name, tmp_path, apps(README_BASE)) as host:
        page = visit(f"{host}/{README_BASE}/")
        upload = keyed(page, "create_portrait_upload").locator("input[type=file]")
        upload.set_input_files(large)  # type: ignore[arg-type]
        expect(keyed(page, "create_portrait")).to_contain_text("fine.jpg")
        page.goto("about:blank")
