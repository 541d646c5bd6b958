"""Find, open, play, download, delete, bring back; after a reload and a restart, too."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from talkinghead.jobs.job import Video
from tests.browser.conftest import Server, app_ready, is_wider_than_its_window, keyed, run_of
from tests.browser.seeding import Seeder
from tests.browser.test_create import plays
from tests.waiting import DEADLINE, wait_until

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


def listens_to_the_mouse(page: Page) -> None:
    """Wait until the cards hear clicks, and the mouse that rests on them."""
    expect(cards(page).first).to_have_css("cursor", "pointer")


def open_video(page: Page, title: str) -> None:
    """Open a video and wait for its player."""
    page.get_by_role("button", name=title, exact=True).click()
    expect(keyed(page, "player").locator("video")).to_be_visible()


def test_a_video_is_found_on_the_next_page_and_by_words_while_they_are_typed(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(gallery.url)
    expect(cards(page)).to_have_count(24)
    expect(page.get_by_text("25 videos")).to_be_visible()
    marked = keyed(page, f"open_{gallery.videos[1].id}").get_by_role("button")
    expect(marked).to_have_text(MARKUP, use_inner_text=True)
    keyed(page, "page").get_by_role("button", name="2").click()
    expect(cards(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"page=2"))
    page.reload()
    expect(cards(page)).to_have_count(1)
    app_ready(page)
    words = keyed(page, "words")
    words.get_by_role("searchbox").or_(words.get_by_role("textbox")).fill("QUARTERLY")
    expect(page.get_by_role("button", name="The quarterly update", exact=True)).to_be_visible()
    expect(cards(page)).to_have_count(1)


def test_an_opened_video_is_downloaded_plays_after_a_reload_and_back_leads_to_the_search(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(f"{gallery.url}?words=quarterly")
    open_video(page, "The quarterly update")
    expect(page.get_by_role("heading", level=1)).to_have_text("The quarterly update")
    page.get_by_role("button", name="Download").click()  # there is no export: it offers one
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Download original").click()
    assert download.value.suggested_filename == "the-quarterly-update.mp4"
    assert Path(download.value.path()).read_bytes()[4:8] == b"ftyp"
    # Not by Escape: previews may draw the dialog again meanwhile, which takes the focus from it.
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(f"video={gallery.videos[0].id}"))
    page.reload()
    player = keyed(page, "player").locator("video")
    expect(player).to_be_visible()
    plays(player)
    page.go_back()
    expect(cards(page)).to_have_count(1)
    expect(page).to_have_url(re.compile("words=quarterly"))
    page.go_forward()
    expect(player).to_be_visible()
    page.get_by_role("button", name="Back to the gallery").click()
    expect(cards(page).first).to_be_visible()
    expect(page).not_to_have_url(re.compile("video="))


@pytest.mark.parametrize("place", [0, 1, 2])  # square, wide, upright
def test_the_player_is_whole_in_the_window_at_200_percent(
    gallery: Gallery, visit: Callable[..., Page], place: int
) -> None:
    half: ViewportSize = {"width": 720, "height": 450}
    page = visit(f"{gallery.url}?video={gallery.videos[place].id}", viewport=half)
    player = keyed(page, "player").locator("video")
    expect(player).to_be_in_viewport(ratio=1)
    wait_until(lambda: player.evaluate("player => player.getBoundingClientRect().height") >= 150)
    expect(player).to_be_in_viewport(ratio=1)
    assert not is_wider_than_its_window(page)


def test_a_deleted_video_comes_back_with_undo(gallery: Gallery, visit: Callable[..., Page]) -> None:
    page = visit(gallery.url)
    open_video(page, "Welcome aboard")
    app_ready(page)
    keyed(page, "video_menu").get_by_role("button").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_text("24 videos")).to_be_visible()
    expect(page.get_by_role("button", name="Welcome aboard", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("25 videos")).to_be_visible()
    expect(page.get_by_role("button", name="Welcome aboard", exact=True)).to_be_visible()


def test_a_video_plays_silently_under_a_resting_mouse_and_is_loaded_only_then(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(gallery.url)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    picture = keyed(page, f"video_{gallery.videos[3].id}").locator(".picture")
    expect(picture).to_be_visible()
    listens_to_the_mouse(page)
    assert not [address for address in loaded if address.endswith(".mp4")]
    picture.hover()
    film = picture.locator("video")
    expect(film).to_have_count(1)
    assert film.evaluate("film => film.muted")
    page.wait_for_function("document.querySelector('.picture video').currentTime > 0.1")
    page.get_by_role("heading", name="Gallery").hover()
    expect(film).to_have_count(0)
    page.emulate_media(reduced_motion="reduce")
    picture.hover()
    keyed(page, f"video_{gallery.videos[4].id}").locator(".picture").click()
    expect(keyed(page, "player").locator("video")).to_be_visible()
    expect(film).to_have_count(0)


def test_shortcuts_search_play_and_go_back_and_leave_what_is_typed_alone(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(gallery.url)
    field = keyed(page, "words").locator("input")
    expect(field).to_be_visible()

    def is_searching() -> bool:  # a key that is pressed before the page listens is not heard
        page.keyboard.press("/")
        with suppress(AssertionError):
            expect(field).to_be_focused(timeout=DEADLINE * 50)
            return True
        return False

    wait_until(is_searching)
    expect(field).to_have_value("")
    page.keyboard.type("a/b? c")
    expect(field).to_have_value("a/b? c")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto(f"{gallery.url}?video={gallery.videos[0].id}")
    expect(keyed(page, "player").locator("video")).to_be_visible()

    def is_playing() -> bool:
        page.keyboard.press("Space")
        return bool(page.evaluate("!document.querySelector('video').paused"))

    wait_until(is_playing)
    page.keyboard.press("?")
    listed = page.get_by_role("dialog")
    expect(listed).to_contain_text("Play or pause the video")
    page.keyboard.press("Escape")
    expect(listed).to_have_count(0)
    expect(page).to_have_url(re.compile("video="))
    page.keyboard.press("Escape")
    opener = keyed(page, f"open_{gallery.videos[0].id}").get_by_role("button")
    expect(opener).to_be_focused()
    opener.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(keyed(page, "player").locator("video")).to_be_visible()
    wait_until(is_playing)


def choose(page: Page, video: Video, act: str) -> None:
    """Choose from the menu of a card."""
    keyed(page, f"menu_{video.id}").get_by_role("button").click()
    page.get_by_role("menuitem", name=act).or_(page.get_by_role("option", name=act)).click()


def test_a_video_is_renamed_marked_and_put_into_a_folder_from_its_card(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page, video = visit(gallery.url), gallery.videos[5]
    choose(page, video, "Rename")
    page.get_by_role("dialog").get_by_label("Title").fill("Autumn campaign")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Autumn campaign")).to_be_visible()
    choose(page, video, "Move to folder")
    page.get_by_role("dialog").get_by_role("combobox").fill("Campaigns")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).click()
    page.get_by_role("radio", name="Campaigns").check(force=True)
    expect(cards(page)).to_have_count(1)
    expect(page).to_have_url(re.compile("folder="))
    page.reload()
    expect(cards(page)).to_have_count(1)
    page.get_by_role("radio", name="All").check(force=True)
    expect(cards(page)).to_have_count(24)


def test_several_videos_are_downloaded_as_one_archive(
    gallery: Gallery, visit: Callable[..., Page]
) -> None:
    page = visit(gallery.url)
    with run_of(page):  # a click on a card that is about to be drawn again would be lost
        page.get_by_text("Select", exact=True).click()
    listens_to_the_mouse(page)
    for video in gallery.videos[6:8]:  # a click anywhere on a card ticks it
        keyed(page, f"video_{video.id}").locator("img").click()
        expect(keyed(page, f"pick_{video.id}").get_by_role("checkbox")).to_be_checked()
    expect(keyed(page, "selection_bar")).to_contain_text("2 selected")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download ZIP").click()
    with ZipFile(download.value.path()) as archive:
        assert archive.namelist() == ["video-7.mp4", "video-8.mp4"]
        assert archive.testzip() is None


def test_the_gallery_survives_a_restart(gallery: Gallery, visit: Callable[..., Page]) -> None:
    gallery.server.stop()
    gallery.server.start()
    page = visit(f"{gallery.url}?video={gallery.videos[0].id}")
    expect(keyed(page, "player").locator("video")).to_be_visible()
    page.get_by_role("button", name="Back to the gallery").click()
    expect(page.get_by_text("25 videos")).to_be_visible()
