"""A script full of prices and names: what "Reads as" shows, what the draft says, what its captions
show, and how a word is said differently."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from pocketsphinx import Decoder

from talkinghead.av.sound import read_sound
from tests.browser.conftest import LAPTOP, PHONE, Server, app_ready, keyed
from tests.browser.test_create import choose_painting, draft_button

PASTED = "# Meet the **AeroDesk** Pro\n\nIt costs $449 and ships in 24 hours."
SCRIPT = "Meet the AeroDesk Pro\n\nIt costs $449 and ships in 24 hours."
SAID = "it costs four hundred forty nine dollars"
RECOGNIZER_RATE = 16_000  # samples a second
SPOKEN = 120_000  # ms that a voice or a draft may take on a busy machine


@pytest.fixture
def app(server: Server) -> Server:
    return server


def area(page: Page) -> Locator:
    found: Locator = keyed(page, "create_script").locator("textarea")
    return found


def paste(page: Page, text: str) -> None:
    """Paste as a person does."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    area(page).click()
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def reading(page: Page) -> Locator:
    """The open panel with the sentences."""
    app_ready(page)
    keyed(page, "create_reads_as").get_by_role("button").first.click()
    panel = page.get_by_test_id("stPopoverBody")
    expect(panel).to_contain_text("Say a word differently")
    app_ready(page)  # a page that runs again closes an open list
    return panel


def test_a_paste_is_cleaned_and_undone(visit: Callable[..., Page], app: Server) -> None:
    page = visit(app.url)
    paste(page, PASTED)
    expect(area(page)).to_have_value(SCRIPT)
    expect(keyed(page, "create_speech")).to_contain_text("Cleaned up")
    app_ready(page)
    keyed(page, "create_cleaning_undo").get_by_role("button").click()
    expect(area(page)).to_have_value(PASTED)
    expect(keyed(page, "create_speech")).not_to_contain_text("Cleaned up")
    app_ready(page)
    area(page).press("Control+End")
    area(page).press_sequentially(" Now.")
    expect(keyed(page, "create_counter")).to_contain_text("14 words")
    expect(area(page)).to_have_value(f"{PASTED} Now.")


def test_a_free_voice_over_is_updated_when_a_word_is_said_differently(
    visit: Callable[..., Page], app: Server
) -> None:
    page = visit(app.url, viewport=PHONE)
    area(page).fill("Meet the AeroDesk. It costs $449.")
    app_ready(page)
    keyed(page, "create_voice").get_by_role("button").first.click()
    keyed(page, "create_make_speech").get_by_role("button").click()
    ready = keyed(page, "create_speech_ready")
    expect(ready.locator("audio")).to_be_visible(timeout=SPOKEN)
    panel = reading(page)
    word = keyed(page, "create_pronounce_word").get_by_role("combobox")
    word.fill("AeroDesk")
    word.press("Enter")
    keyed(page, "create_pronounce_as").get_by_role("textbox").fill("arrow desk")
    panel.get_by_role("button", name="Save").click()
    expect(panel).to_contain_text("is now said")
    expect(panel.locator("strong").filter(has_text="arrow desk").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(ready.locator("audio")).to_be_visible()
    expect(ready).not_to_contain_text("earlier pronunciation", timeout=SPOKEN)


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["desktop", "phone"])
def test_prices_and_names_are_shown_said_and_captioned(
    viewport: ViewportSize, visit: Callable[..., Page], app: Server, tmp_path: Path
) -> None:
    page = visit(app.url, viewport=viewport)
    choose_painting(page)
    paste(page, PASTED)
    expect(area(page)).to_have_value(SCRIPT)
    panel = reading(page)
    for said in ("four hundred forty-nine dollars", "twenty-four"):
        expect(panel.locator("strong").filter(has_text=said)).to_be_visible()
    expect(panel).to_contain_text("$449 · 24")
    panel.get_by_role("button", name="Play").last.click()
    expect(panel.locator("audio")).to_be_visible(timeout=SPOKEN)
    page.keyboard.press("Escape")

    app_ready(page)
    draft_button(page).click()
    video = keyed(page, "create_stage").locator("video")
    expect(video).to_be_visible(timeout=SPOKEN)
    cues = "video => [...(video.textTracks[0]?.cues ?? [])].map(cue => cue.text).join(' ')"
    page.wait_for_function(f"video => ({cues})(video).includes('$449')", arg=video.element_handle())
    assert "24 hours" in re.sub(r"\s+", " ", video.evaluate(cues))

    file = tmp_path / "draft.mp4"
    file.write_bytes(page.request.get(video.evaluate("video => video.currentSrc")).body())
    assert SAID in recognized(file)


def recognized(file: Path) -> str:
    """The words that a recognizer hears in a video."""
    sound = read_sound(file, RECOGNIZER_RATE)
    samples = (np.clip(sound.samples, -1, 1) * 32_000).astype(np.int16)
    decoder = Decoder(samprate=RECOGNIZER_RATE, loglevel="FATAL")
    decoder.start_utt()
    decoder.process_raw(samples.tobytes(), full_utt=True)
    decoder.end_utt()
    heard = decoder.hyp()
    return str(heard.hypstr) if heard else ""
