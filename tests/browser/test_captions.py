"""Captions as a person meets them: on in the player, corrected, downloaded, burned in, reshaped."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from talkinghead.jobs.job import Video
from tests.browser.conftest import (
    PHONE,
    Server,
    app_ready,
    is_wider_than_its_window,
    keyed,
    run_of,
)
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


def edited(page: Page) -> Locator:
    """Open the editor of the captions; returns its first line."""
    expect(lines(page).first).to_be_visible()
    keyed(page, "captions_edit").get_by_role("button").first.click()
    first = page.get_by_label(re.compile("^Caption at")).first
    expect(first).to_be_visible()
    return first


def lines(page: Page) -> Locator:
    """The captions, each of which plays the video from there."""
    return page.get_by_role("list", name="Captions").get_by_role("button")


def shown_lines(page: Page) -> list[str]:
    """What the player shows, line by line, once it knows its captions."""
    texts = "[...(document.querySelector('video').textTracks[0]?.cues ?? [])].map(cue => cue.text)"
    found = page.wait_for_function(
        f"() => {{ const all = {texts}; return all.length ? all : null }}"
    )
    lines: list[str] = found.json_value()
    return lines


def test_captions_play_the_video_from_where_they_are(
    studio: Studio, visit: Callable[..., Page]
) -> None:
    page = visit(studio.address(studio.scripted))
    first = lines(page).first
    expect(first).to_be_visible()
    assert " ".join(" ".join(shown_lines(page)).split()) == SAID
    # So slowly that the first line is spoken until it was looked at.
    page.evaluate("() => { document.querySelector('video').playbackRate = 0.1 }")
    first.click()
    page.wait_for_function("!document.querySelector('video').paused")
    expect(first).to_have_attribute("aria-current", "true")


def test_captions_are_corrected_and_downloaded(studio: Studio, visit: Callable[..., Page]) -> None:
    page = visit(studio.address(studio.scripted))
    expect(page.get_by_text("Timed from the audio.")).to_be_visible()
    first = edited(page)
    corrected = first.input_value().replace("ask", "So then ask")
    first.fill(corrected)
    first.press("Tab")
    expect(page.get_by_role("button", name="Undo all edits")).to_be_visible()
    page.wait_for_function(
        "document.querySelector('video').textTracks[0]?.cues?.[0]?.text.startsWith('So then')"
    )
    keyed(page, "captions_done").get_by_role("button").first.click()
    expect(lines(page).first).to_contain_text("So then ask")
    app_ready(page)
    keyed(page, "subtitles").get_by_role("button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="SRT for social platforms").click()
    assert download.value.suggested_filename == "ask-not.srt"
    assert "So then" in Path(download.value.path()).read_text(encoding="utf-8")
    page.reload()
    expect(edited(page)).to_have_value(corrected)


def test_another_version_opens_when_it_is_ready_and_stands_beside_its_original(
    studio: Studio, visit: Callable[..., Page]
) -> None:
    page = visit(studio.address(studio.scripted))
    keyed(page, "video_export").get_by_role("button").first.click()
    dialog = page.get_by_role("dialog")
    for box in ("Original (16:9)", "1:1", "Word highlight", "Pop"):
        with run_of(page):
            dialog.get_by_text(box, exact=True).click()
    expect(keyed(page, "export_previews").locator("img")).to_have_attribute(
        "alt", "Preview: 1:1 · Pop"
    )
    keyed(page, "make_version").get_by_role("button").first.click()
    expect(dialog).to_have_count(0)
    page.reload()
    strip = page.get_by_role("radiogroup", name="Versions")
    expect(strip.get_by_role("radio", name="1:1 · Pop")).to_be_checked()
    expect(page).not_to_have_url(re.compile(studio.scripted.id))
    # Its captions are in the picture: the player adds none.
    page.wait_for_function("document.querySelector('video').videoWidth === 1080")
    assert page.evaluate("document.querySelector('video').textTracks.length") == 0
    with page.expect_download() as download:
        keyed(page, "download_video").get_by_role("button").first.click()
    assert download.value.suggested_filename == "ask-not_1x1_pop.mp4"
    strip.get_by_role("radio", name="Original").check(force=True)
    expect(page).to_have_url(re.compile(studio.scripted.id))
    page.wait_for_function("document.querySelector('video').videoWidth === 192")


def test_a_recording_asks_for_its_words_once(studio: Studio, visit: Callable[..., Page]) -> None:
    page = visit(studio.address(studio.recorded), viewport=PHONE)
    transcript = page.get_by_label("Transcript")
    transcript.fill(SAID)
    transcript.press("Control+Enter")
    keyed(page, "write_captions").get_by_role("button").first.click()
    expect(lines(page).first).to_be_visible()
    assert "for your country." in " ".join(shown_lines(page))
    keyed(page, "video_export").get_by_role("button").first.click()
    expect(keyed(page, "export_previews").locator("img")).to_have_count(1)
    assert not is_wider_than_its_window(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    edited(page)
    keyed(page, "captions_replace").get_by_role("button").first.click()
    expect(transcript).to_have_value(SAID)
