"""Captions as a person meets them: on in the player, corrected, downloaded, burned in, reshaped."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from talkinghead.jobs.job import Video
from tests.browser.conftest import PHONE, Server, is_wider_than_its_window, keyed
from tests.browser.seeding import Seeder
from tests.captions.talking import SAID, SECONDS, talking_video

SCRIPTED, RECORDED = "Ask not", "A recording"


class Studio:
    """A running app with a video whose words are known, and one from a recording."""

    def __init__(self, server: Server, scripted: Video, recorded: Video) -> None:
        self.server = server
        self.scripted = scripted
        self.recorded = recorded

    def address(self, video: Video) -> str:
        return f"{self.server.url}/gallery?video={video.id}"


@pytest.fixture(scope="module")
def studio(start_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Studio:
    folder = tmp_path_factory.mktemp("captions")
    file = talking_video(folder / "video.mp4")
    with Seeder(folder / "data") as seeder:
        kept = seeder.store.put(seeder.workspace, file, ".mp4")
        shape = {"file": kept, "width": 192, "height": 108, "seconds": SECONDS}
        arguments = {"script_text": SAID, "voice": "af_heart"}
        [scripted] = seeder.videos(1, titles=[SCRIPTED], arguments=arguments, **shape)
        recording = {"audio_url": f"asset:{1:064x}.wav"}
        [recorded] = seeder.videos(1, titles=[RECORDED], arguments=recording, **shape)
    return Studio(start_server(folder / "data"), scripted, recorded)


def opened(page: Page, tab: str) -> Locator:
    """The drawer of the opened video, on one of its tabs."""
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("video")).to_be_visible()
    drawer.get_by_role("tab", name=tab).click()
    return drawer


def shown_lines(page: Page) -> list[str]:
    """What the player shows, line by line, once it knows its captions."""
    texts = "[...(document.querySelector('video').textTracks[0]?.cues ?? [])].map(cue => cue.text)"
    found = page.wait_for_function(
        f"() => {{ const all = {texts}; return all.length ? all : null }}"
    )
    lines: list[str] = found.json_value()
    return lines


def first_line(drawer: Locator) -> Locator:
    return drawer.get_by_label(re.compile("^Caption at")).first


def test_captions_are_written_corrected_and_downloaded(
    studio: Studio, visit: Callable[..., Page]
) -> None:
    page = visit(studio.address(studio.scripted))
    drawer = opened(page, "Captions")
    expect(first_line(drawer)).to_be_visible()
    expect(drawer.get_by_text("Each word was found in the sound.")).to_be_visible()
    assert " ".join(" ".join(shown_lines(page)).split()) == SAID
    corrected = first_line(drawer).input_value().replace("ask", "So then ask")
    first_line(drawer).fill(corrected)
    first_line(drawer).press("Tab")
    expect(drawer.get_by_role("button", name="Undo all corrections")).to_be_visible()
    page.wait_for_function(
        "document.querySelector('video').textTracks[0]?.cues?.[0]?.text.startsWith('So then')"
    )
    with page.expect_download() as download:
        drawer.get_by_role("button", name="Download SRT").click()
    assert download.value.suggested_filename == "ask-not.srt"
    assert "So then" in Path(download.value.path()).read_text(encoding="utf-8")
    page.reload()
    opened(page, "Captions")
    expect(first_line(page.get_by_role("dialog"))).to_have_value(corrected)


def test_another_version_opens_when_it_is_ready(studio: Studio, visit: Callable[..., Page]) -> None:
    page = visit(studio.address(studio.scripted))
    drawer = opened(page, "Other versions")
    drawer.get_by_text("1:1", exact=True).click()
    expect(keyed(page, "version_styles").locator("img")).to_have_count(4)
    keyed(page, "style_pop").get_by_role("button").first.click()
    keyed(page, "make_version").get_by_role("button").first.click()
    expect(page.get_by_text("It opens when it is ready.")).to_be_visible()
    page.reload()
    opened(page, "Other versions")
    expect(page.get_by_role("dialog").get_by_text(f"{SCRIPTED} (1:1, pop)")).to_be_visible()
    expect(page).not_to_have_url(re.compile(studio.scripted.id))
    # Its captions are in the picture: the player adds none.
    assert page.evaluate("document.querySelector('video').textTracks.length") == 0
    page.wait_for_function("document.querySelector('video').videoWidth === 720")
    drawer = opened(page, "Other versions")
    drawer.get_by_role("button", name="Open the original").click()
    expect(page).to_have_url(re.compile(studio.scripted.id))
    drawer = opened(page, "Other versions")
    expect(drawer.get_by_role("button", name="1:1 · Pop")).to_be_visible()


def test_a_recording_asks_for_its_words_once(studio: Studio, visit: Callable[..., Page]) -> None:
    page = visit(studio.address(studio.recorded), viewport=PHONE)
    drawer = opened(page, "Captions")
    drawer.get_by_label("What is said").fill(SAID)
    drawer.get_by_label("What is said").press("Control+Enter")
    keyed(page, "write_captions").get_by_role("button").first.click()
    expect(first_line(drawer)).to_be_visible()
    assert "for your country." in " ".join(shown_lines(page))
    opened(page, "Other versions")
    expect(keyed(page, "version_styles").locator("img")).to_have_count(4)
    assert not is_wider_than_its_window(page)
    opened(page, "Captions")
    keyed(page, "captions_replace").get_by_role("button").first.click()
    expect(drawer.get_by_label("What is said")).to_have_value(SAID)
