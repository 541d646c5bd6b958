"""Two visitors of a hosted studio see nothing of each other, whatever they paste."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from talkinghead.jobs.job import JobState
from tests.browser.conftest import Server, app_ready
from tests.browser.seeding import Seeder

TOKEN = re.compile(r"studio=([\w-]{43})")


@dataclass(frozen=True)
class Ada:
    """A visitor with a video and a job."""

    server: Server
    token: str
    video_id: str
    job_id: str

    def address(self, page: str, **query: str) -> str:
        """One of her addresses."""
        return address(self.server, page, studio=self.token, **query)


def address(server: Server, page: str, **query: str) -> str:
    """An address with a query."""
    return f"{server.url}/{page}?" + "&".join(f"{name}={value}" for name, value in query.items())


@pytest.fixture(scope="module")
def ada(start_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Ada:
    folder = tmp_path_factory.mktemp("visitors") / "data"
    token = secrets.token_urlsafe(32)
    with Seeder(folder, token) as seeder:
        video = seeder.videos(1, titles=["Secret plan of Ada"])[0]
        job = seeder.job("Secret job of Ada", JobState.FAILED, problem="The disk was full.")
    return Ada(start_server(folder, SINGLE_USER="false"), token, video.id, job.id)


def test_the_address_opens_ones_own_gallery(ada: Ada, visit: Callable[..., Page]) -> None:
    page = visit(ada.address("gallery"))
    expect(page.get_by_role("button", name=re.compile("^Secret plan of Ada"))).to_be_visible()
    page = visit(ada.address("jobs"))
    expect(page.get_by_text("Secret job of Ada")).to_be_visible()


def test_strangers_see_nothing_of_it_nor_of_each_other(
    ada: Ada, visit: Callable[..., Page]
) -> None:
    first = visit(f"{ada.server.url}/gallery")
    expect(first.get_by_text("No videos yet")).to_be_visible()
    second = visit(f"{ada.server.url}/jobs")
    expect(second.get_by_text("No renders yet")).to_be_visible()
    assert len({token_of(first), token_of(second), ada.token}) == 3


def test_pasted_ids_open_nothing_for_a_stranger(ada: Ada, visit: Callable[..., Page]) -> None:
    ids = {"video": ada.video_id, "job": ada.job_id, "project": ada.video_id}
    page = visit(address(ada.server, "gallery", **ids))
    for name in ("gallery", "jobs", "create"):
        page.goto(address(ada.server, name, **ids))
        app_ready(page)
        assert "Ada" not in page.locator("body").inner_text()
        expect(page.locator("video")).to_have_count(0)


def test_a_visitor_stays_the_same_over_pages_and_a_reload(
    ada: Ada, visit: Callable[..., Page]
) -> None:
    page = visit(ada.server.url)
    expect(page).to_have_url(TOKEN)
    token = token_of(page)
    for name in ("Gallery", "Renders", "Settings"):
        page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        expect(page).to_have_url(TOKEN)
        assert token_of(page) == token
    page.reload()
    app_ready(page)
    assert token_of(page) == token


def test_a_link_that_somebody_made_up_opens_a_new_gallery_and_says_so(
    ada: Ada, visit: Callable[..., Page]
) -> None:
    chosen = "a" * 43
    page = visit(address(ada.server, "gallery", studio=chosen))
    expect(page.get_by_text("so this is a new gallery")).to_be_visible()
    expect(page).not_to_have_url(re.compile(chosen))
    assert token_of(page) != chosen
    page.get_by_test_id("stTopNavLink").filter(has_text="Renders").click()
    expect(page.get_by_text("No renders yet")).to_be_visible()
    expect(page.get_by_text("so this is a new gallery")).to_have_count(0)


def token_of(page: Page) -> str:
    """The token in a page's address."""
    expect(page).to_have_url(TOKEN)
    found = TOKEN.search(page.url)
    assert found
    return found[1]
