"""Find, open, play, download, delete, bring back, use again; after a reload and a restart, too."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from talkinghead.jobs.job import Video
from tests.browser.conftest import Server, app_ready, keyed
from tests.browser.seeding import Seeder

MARKUP = "<b>Bold</b> **strong** :smile: $x^2$ [link](http://example.org)"
TITLES = ["The quarterly update", MARKUP, "Welcome aboard"]


class Gallery:
    """A running app with twenty-five videos, newest first."""

    def __init__(self, server: Server, videos: list[Video]) -> None:
        self.server = server
        self.videos = videos

    @property
    def url(self) -> str:
        return f"{self.server.url}/gallery"


@pytest.fixture(scope="module")
def gallery(
    start_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory
) -> Gallery:
    folder = tmp_path_factory.mktemp("gallery") / "data"
    with Seeder(folder) as seeder:
        videos = seeder.videos(25, titles=TITLES)
    return Gallery(start_server(folder), videos)


def cards(page: Page) -> Locator:
    """Every card of the grid."""
    return page.locator("[class*='st-key-video_'].stVerticalBlock:has(img)")


def open_video(page: Page, title: str) -> Locator:
    """Open a video and return its drawer."""
    page.get_by_role("button", name=title, exact=True).click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("video")).to_be_visible()
    return drawer


def test_twenty_four_stand_on_a_page_and_the_address_keeps_the_page(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(gallery.url)
    expect(cards(page)).to_have_count(24)
    expect(page.get_by_text("25 videos")).to_be_visible()
    keyed(page, "page").get_by_role("button", name="2").click()
    expect(cards(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"page=2"))
    page.reload()
    expect(cards(page)).to_have_count(1)


def test_words_find_a_video_while_they_are_typed(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(f"{gallery.url}?page=2")
    keyed(page, "words").get_by_role("searchbox").or_(
        keyed(page, "words").get_by_role("textbox")
    ).fill("QUARTERLY")
    expect(cards(page)).to_have_count(1)
    expect(page.get_by_role("button", name="The quarterly update", exact=True)).to_be_visible()


def test_a_search_without_a_result_leads_back(gallery: Gallery, visit: Callable[..., Page]) -> None:
    page = visit(f"{gallery.url}?words=nothing-has-this")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    page.get_by_role("button", name="Show all videos").click()
    expect(cards(page)).to_have_count(24)


def test_a_title_with_markup_is_shown_as_it_was_typed(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(gallery.url)
    button = keyed(page, f"open_{gallery.videos[1].id}").get_by_role("button")
    expect(button).to_be_visible()
    assert button.inner_text().replace("\u200b", "") == MARKUP


def test_an_opened_video_plays_and_survives_a_reload(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(gallery.url)
    open_video(page, "The quarterly update")
    expect(page).to_have_url(re.compile(f"video={gallery.videos[0].id}"))
    page.reload()
    player = page.get_by_role("dialog").locator("video")
    expect(player).to_be_visible()
    player.evaluate("player => player.play()")
    page.wait_for_function("document.querySelector('video').currentTime > 0.3")


def test_a_closed_video_leaves_the_address(gallery: Gallery, visit: Callable[..., Page]) -> None:
    page = visit(f"{gallery.url}?video={gallery.videos[0].id}")
    expect(page.get_by_role("dialog").locator("video")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("video="))


def test_a_download_is_the_whole_file(gallery: Gallery, visit: Callable[..., Page]) -> None:
    page = visit(gallery.url)
    drawer = open_video(page, "The quarterly update")
    with page.expect_download() as download:
        drawer.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "The-quarterly-update.mp4"
    assert Path(download.value.path()).read_bytes()[4:8] == b"ftyp"


def test_a_deleted_video_comes_back_with_undo(gallery: Gallery, visit: Callable[..., Page]) -> None:
    page = visit(gallery.url)
    open_video(page, "Welcome aboard").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("24 videos")).to_be_visible()
    expect(page.get_by_role("button", name="Welcome aboard", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("25 videos")).to_be_visible()
    expect(page.get_by_role("button", name="Welcome aboard", exact=True)).to_be_visible()


def test_its_inputs_stand_on_the_create_page_again(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(gallery.url)
    drawer = open_video(page, "The quarterly update")
    drawer.get_by_role("button", name="Use these inputs again").click()
    expect(page).to_have_title(re.compile("^Create"))
    expect(page.get_by_text("The words of The quarterly update").first).to_be_visible()


def test_the_gallery_survives_a_restart(gallery: Gallery, visit: Callable[..., Page]) -> None:
    gallery.server.stop()
    gallery.server.start()
    page = visit(f"{gallery.url}?video={gallery.videos[0].id}")
    expect(page.get_by_role("dialog").locator("video")).to_be_visible()
    app_ready(page)
    expect(page.get_by_text("25 videos")).to_be_visible()


def test_an_empty_gallery_leads_to_the_first_video(
    hosted: Server, visit: Callable[..., Page]
) -> None:
    page = visit(f"{hosted.url}/gallery")
    page.get_by_role("button", name="Make your first video").click()
    expect(page).to_have_title(re.compile("^Create"))
