"""Several models in a real browser: selected, agreed to once, played in sync, chosen, and again."""

import re
import time
from collections.abc import Callable, Iterator
from math import inf
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from talkinghead.jobs.job import Job
from tests.browser.conftest import PHONE, Server, app_ready, is_wider_than_its_window, keyed
from tests.browser.seeding import Seeder
from tests.browser.test_create import choose_painting, draft_button, ready, write
from tests.fal_server import FalServer, Options
from tests.pages.test_blind import blind
from tests.waiting import wait_until

KEY = "9d1f0e52-6f1c-4f0b-9a55-0b6f6f1f2a11:0123456789abcdef0123456789abcdef"
FLASHHEAD, SINGLE_TEXT = "fal-ai-flashhead", "fal-ai-infinitalk-single-text"
HEYGEN = "fal-ai-heygen-avatar4-image-to-video"
IN_STEP = 0.15  # seconds: what a busy machine may lose; a quiet one keeps within 0.04
STATES = """() => [...document.querySelectorAll('video')].map(
  video => ({at: video.currentTime, paused: video.paused, muted: video.muted, ended: video.ended})
)"""


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,), log_interval=0.2)) as running:
        running.latency(queue=0.2, run=0.5)
        yield running


@pytest.fixture(scope="module")
def app(start_server: Callable[..., Server], fal: FalServer) -> Server:
    """One's own app with a key."""
    return start_server(FAL_KEY=KEY, FAL_PROXY_URL=fal.url)


def button(page: Page, key: str) -> Locator:
    """The button whose key this is."""
    return keyed(page, key).get_by_role("button").first


def tick(page: Page, endpoint: str) -> None:
    """Tick a model of the panel, which moves until the page is ready."""
    app_ready(page)
    row = keyed(page, f"compare_row_{endpoint}")
    row.locator("label").first.click()
    expect(row.get_by_role("checkbox")).to_be_checked()
    app_ready(page)


def states(page: Page) -> list[dict[str, Any]]:
    """Return the playback state of each video at one moment."""
    found: list[dict[str, Any]] = page.evaluate(STATES)
    return found


def apart(page: Page, seconds: float = 0.6) -> float:
    """The most that the videos drift from each other while they play for a while; without end where
    they did not play."""
    drifts, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        at = [one["at"] for one in states(page) if not one["paused"]]
        if len(at) > 1:
            drifts.append(max(at) - min(at))
        page.wait_for_timeout(50)
    return max(drifts, default=inf)


def plays_in_step(page: Page) -> None:
    """All play at once, one is heard, and they keep together through a pause and a jump."""
    play = keyed(page, "in_step").locator(".play")
    play.click()
    page.wait_for_function("() => [...document.querySelectorAll('video')].every(v => !v.paused)")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.2")

    def keep_together() -> bool:  # they start one after the other where the machine is busy
        if play.get_attribute("aria-label") == "Play all":  # they are over
            play.click()
        return apart(page) < IN_STEP

    wait_until(keep_together)
    assert [one["muted"] for one in states(page)].count(False) == 1
    if play.get_attribute("aria-label") == "Pause all":
        play.click()
    page.wait_for_function("() => [...document.querySelectorAll('video')].every(v => v.paused)")
    keyed(page, "in_step").locator("input").fill("300")
    at = [one["at"] for one in states(page)]
    assert max(at) - min(at) < 0.05
    assert min(at) > 0.3


def plays_what_comes_late(page: Page) -> None:
    """A click on Play that comes before the videos do is not lost."""
    late: list[Route] = []
    come: list[bool] = []
    videos = re.compile(r"/media/.*\.mp4")
    page.route(videos, lambda route: route.continue_() if come else late.append(route))
    with page.expect_request(videos):
        page.reload()
    play = keyed(page, "in_step").locator(".play")
    play.click()
    expect(play).to_have_attribute("aria-label", "Pause all")
    assert all(one["at"] == 0 for one in states(page))
    assert late
    come.append(True)
    for route in late:
        route.continue_()
    page.wait_for_function("() => [...document.querySelectorAll('video')].every(v => !v.paused)")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.2")
    page.unroute(videos)


def test_three_models_are_agreed_to_once_and_play_in_step(
    visit: Callable[..., Page], app: Server, fal: FalServer
) -> None:
    page, before = visit(app.url), len(fal.bills)
    choose_painting(page)
    write(page, "Hello there, all of you.")
    ready(page)
    button(page, "create_settings").click()
    page.get_by_text("Compare models").click()
    tick(page, SINGLE_TEXT)
    expect(button(page, "compare_order")).to_contain_text("Compare 3 models (about $")
    button(page, "compare_order").click()
    dialog = page.get_by_role("dialog", name="Start these renders?")
    expect(dialog).to_contain_text("InfiniTalk from script")
    expect(dialog).to_contain_text("free")
    button(page, "compare_agree").click()
    expect(page.locator("video")).to_have_count(3)
    plays_in_step(page)
    assert len(fal.bills) - before == 2  # the third is the free draft
    page.locator("[class*='st-key-choose_']").get_by_role("button").first.click()
    expect(page.get_by_text("Your favorites")).to_be_visible()
    page.reload()
    expect(page.locator("video")).to_have_count(3)
    assert not is_wider_than_its_window(page)


def test_a_video_of_the_gallery_is_made_again_on_another_model(
    visit: Callable[..., Page], app: Server, fal: FalServer
) -> None:
    page, before = visit(app.url), len(fal.bills)
    choose_painting(page)
    write(page, "Hi.")
    ready(page)
    draft_button(page).click()
    expect(keyed(page, "create_stage").locator("video")).to_be_visible()
    page.get_by_role("link", name="Gallery").click()
    page.locator("[class*='st-key-open_']").get_by_role("button").first.click()
    expect(keyed(page, "player").locator("video")).to_be_visible()
    app_ready(page)
    button(page, "video_menu").click()
    page.get_by_role("menuitem", name="Try another model").click()
    button(page, f"again_{HEYGEN}").click()
    button(page, "again_agree").click()
    heard = keyed(page, "in_step").get_by_role("radio", name="HeyGen Avatar 4")
    expect(heard).to_be_visible()
    wait_until(lambda: len(fal.bills) - before == 1)
    expect(page.locator("video").nth(1)).to_be_visible()


def nothing_is_revealed_before(page: Page, jobs: list[Job]) -> None:
    """The gallery names no model, nor does the file; the way leads to the comparison."""
    expect(keyed(page, "gallery_grid")).to_contain_text("Blind test, A")
    assert not is_wider_than_its_window(page)
    button(page, f"open_{jobs[0].video_id}").click()
    shown = page.get_by_test_id("stMain")
    expect(shown).to_contain_text("Names show once you've chosen.")
    button(page, "download_video").click()  # there is no export: it offers one
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Download original").click()
    assert re.fullmatch(r"video-1-[ab]\.mp4", download.value.suggested_filename)
    for name in ("FlashHead", "StableAvatar", "fal-ai", "0.25"):
        expect(shown).not_to_contain_text(name)
        expect(page.get_by_role("dialog")).not_to_contain_text(name)
    # Not by Escape: previews may draw the dialog again meanwhile, which takes the focus from it.
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    button(page, "choose_first_open").click()


def test_a_blind_choice_on_a_phone_shows_the_names_afterwards(
    visit: Callable[..., Page],
    start_server: Callable[..., Server],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("blind") / "data"
    with Seeder(folder) as seeder:
        jobs = blind(seeder)
    server = start_server(folder)
    page = visit(f"{server.url}/gallery", viewport=PHONE, color_scheme="dark")
    nothing_is_revealed_before(page, jobs)
    expect(page.locator("video")).to_have_count(2)
    expect(keyed(page, "compare_grid")).not_to_contain_text("FlashHead")
    left, right = (page.locator("video").nth(place).bounding_box() for place in (0, 1))
    assert left
    assert right
    assert left["y"] == pytest.approx(right["y"], abs=2)  # side by side on a phone, too
    plays_in_step(page)
    plays_what_comes_late(page)
    button(page, f"choose_{jobs[0].id}").click()
    expect(page.get_by_text("You picked FlashHead")).to_be_visible()
    expect(keyed(page, "compare_grid")).to_contain_text("StableAvatar")
    assert not is_wider_than_its_window(page)
