"""The database goes away while somebody works: one sentence, nothing typed is lost, and the page
comes back by itself."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, app_ready
from tests.browser.server import Server
from tests.postgres import fresh_database, running_server

TYPED = "This was typed before the outage."


class Postgres:
    """A server that can be away for a while."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._stack = folder, ExitStack()
        self.address = ""
        self.come_back()
        self.database = fresh_database(self.address)

    def go_away(self) -> None:
        """Stop it."""
        self._stack.close()

    def come_back(self) -> None:
        """Start it again on the same data."""
        self.address = self._stack.enter_context(running_server(self._folder))


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with TemporaryDirectory(prefix="postgres-") as folder:
        server = Postgres(Path(folder))
        yield server
        server.go_away()


def script(page: Page) -> Locator:
    """The field of the script."""
    return page.locator(".st-key-create_script textarea")


def shot(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for pictures."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png")  # type: ignore[index]


def test_a_database_that_goes_away_and_comes_back(
    postgres: Postgres,
    start_server: Callable[..., Server],
    visit: Callable[..., Page],
) -> None:
    server = start_server(DATABASE_URL=postgres.database)
    page = visit(server.url)
    script(page).fill(TYPED)
    script(page).press("Control+Enter")
    expect(page).to_have_url(re.compile("project="))
    app_ready(page)  # a run within the outage would take the field away until it is over
    postgres.go_away()
    gallery = visit(f"{server.url}/gallery", viewport=PHONE)
    expect(gallery.get_by_text("Something went wrong")).to_be_visible()
    expect(gallery.get_by_text("database can't be reached")).to_be_visible()
    shot(gallery, "gallery-away")
    script(page).fill(f"{TYPED} And this within it.")
    script(page).press("Control+Enter")
    expect(page.get_by_text("Something went wrong")).to_be_visible()
    shot(page, "create-away")
    postgres.come_back()
    expect(gallery.get_by_text("Something went wrong")).to_have_count(0)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    expect(script(page)).to_have_value(f"{TYPED} And this within it.")
    app_ready(page)  # by then it is saved
    page.reload()
    expect(script(page)).to_have_value(f"{TYPED} And this within it.")
