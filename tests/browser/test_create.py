"""The Create page in a real browser: what only a browser has, and the whole way to a video."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from talkinghead.speech.text.script import LONGEST_SCRIPT
from tests.browser.conftest import (
    LAPTOP,
    PHONE,
    SPEECH,
    Server,
    app_ready,
    is_wider_than_its_window,
    keyed,
    run_of,
)
from tests.waiting import wait_until

SCRIPT = "Hello. I am four centuries old, and I have never said a word."
ENDLESS = "This goes on until it is canceled, however slow the page is. " * 30
SAMPLE_NAMES = {
    "mona-lisa": "Mona Lisa",
    "girl-with-a-pearl-earring": "Pearl earring",
    "lady-agnew": "Lady Agnew",
}


PLAY = """async (video) => {
  video.muted = true
  await video.play().catch(() => {})  // it may just be drawn again, with its captions
  return video.currentTime
}"""


def choose_painting(page: Page, name: str = "mona-lisa") -> Locator:
    """Choose a sample portrait; returns the stage of the cropper."""
    page.get_by_role("radio", name=SAMPLE_NAMES[name]).first.check(force=True)
    stage: Locator = keyed(page, "create_crop").locator(".stage")
    expect(stage).to_be_visible()
    app_ready(page)
    return stage


def write(page: Page, words: str = SCRIPT) -> None:
    """Type a script and leave the hands off the keys."""
    keyed(page, "create_script").locator("textarea").press_sequentially(words)


def write_without_end(page: Page) -> None:
    """Put a script there whose draft takes until it is canceled."""
    keyed(page, "create_script").locator("textarea").fill(ENDLESS)
    ready(page)


def count(page: Page) -> Locator:
    """The count under the script."""
    found: Locator = keyed(page, "create_counter").locator(".count")
    return found


def draft_button(page: Page) -> Locator:
    """The button that makes the free draft."""
    found: Locator = keyed(page, "create_draft").get_by_role("button")
    return found


def ready(page: Page) -> None:
    """Nothing is missing for a draft: the bar says what would be made."""
    expect(keyed(page, "create_sentence")).to_contain_text(re.compile(r" s$"))


def refused(page: Page, why: str) -> None:
    """The draft's button says in the bar why there can be none."""
    draft_button(page).click()
    expect(keyed(page, "create_sentence")).to_contain_text(why)


def take(page: Page, name: str) -> Locator:
    """The choice of a take by its name."""
    found: Locator = page.get_by_role("radio", name=name, exact=True)
    return found


def use_recording(page: Page) -> None:
    """Choose a recording instead of a script."""
    page.get_by_role("radio", name="Recording").check(force=True)


def zoom(stage: Locator) -> float:
    """How far the picture is zoomed, as the stage says it."""
    found = re.search(r"Zoom (\d+\.\d)", stage.get_attribute("aria-label") or "")
    assert found
    return float(found[1])


def plays(video: Locator) -> None:
    """The video has a picture and its time moves."""
    wait_until(lambda: video.evaluate(PLAY) > 0.3)
    assert video.evaluate("video => video.videoWidth") > 0
    video.evaluate("video => video.pause()")


def test_a_painting_and_a_script_become_a_video_that_survives_a_reload(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url)
    choose_painting(page)
    write(page, "Hello there.")
    draft_button(page).click()
    expect(page).to_have_url(re.compile("job="))  # it is ordered
    page.reload()
    expect(keyed(page, "create_script").locator("textarea")).to_have_value("Hello there.")
    video = keyed(page, "create_stage").locator("video")
    expect(video).to_be_visible()
    plays(video)
    keyed(page, "create_download").get_by_role("button").click()  # a download is an export, too
    keyed(page, "make_version").get_by_role("button").click()
    expect(page.get_by_role("radiogroup", name="Versions")).to_be_visible()
    with page.expect_download() as download:
        keyed(page, "download_video").get_by_role("button").click()
    assert download.value.suggested_filename == "hello-there_highlight.mp4"


def test_the_inputs_of_a_video_can_be_used_again(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url)
    stage = choose_painting(page)
    stage.press("+")
    write(page, "Use me again.")
    ready(page)
    label = stage.get_attribute("aria-label") or ""
    draft_button(page).click()
    expect(keyed(page, "create_stage").locator("video")).to_be_visible()
    keyed(page, "create_gallery").get_by_role("button").click()
    expect(keyed(page, "player").locator("video")).to_be_visible()
    app_ready(page)
    keyed(page, "video_menu").get_by_role("button").click()
    page.get_by_role("menuitem", name="Edit a copy").click()
    expect(keyed(page, "create_script").locator("textarea")).to_have_value("Use me again.")
    expect(stage).to_have_attribute("aria-label", label)
    expect(keyed(page, "create_takes")).to_have_count(0)


def test_two_clicks_make_one_video(visit: Callable[..., Page], server: Server) -> None:
    page = visit(server.url)
    choose_painting(page, "lady-agnew")
    write_without_end(page)
    draft_button(page).click()
    expect(keyed(page, "create_log")).to_be_visible()
    draft_button(page).click()
    expect(keyed(page, "create_same")).to_contain_text("already in progress")
    expect(page.get_by_role("radio", name="Draft")).to_have_count(1)
    keyed(page, "create_cancel").get_by_role("button").click()
    expect(keyed(page, "create_stage")).to_contain_text("Canceled")


def test_a_cancel_that_crosses_the_next_order_stops_the_one_that_was_seen(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url)
    choose_painting(page, "lady-agnew")
    write_without_end(page)
    draft_button(page).click()
    expect(keyed(page, "create_log")).to_be_visible()
    app = page.get_by_test_id("stApp")
    write(page, " And one more.")
    ready(page)
    draft_button(page).click()
    keyed(page, "create_cancel").get_by_role("button").click()
    takes = page.get_by_role("radio", name="Draft")
    expect(takes).to_have_count(2)
    expect(app.get_by_test_id("stException")).to_have_count(0)
    stopped = page.get_by_role("radio", name="Draft · canceled")
    stop = keyed(page, "create_cancel").get_by_role("button")

    def is_stopped(number: int) -> bool:
        """The button of the take shown before may be there for a moment."""
        if stopped.count() > number:
            return True
        with suppress(TimeoutError):
            takes.nth(number).click(force=True, timeout=1000)
            if stop.count() and stop.is_enabled(timeout=1000):
                stop.click(timeout=1000)
        page.wait_for_timeout(200)
        return False

    for number in range(2):
        wait_until(lambda number=number: is_stopped(number), moving=stopped.count)  # type: ignore[misc]
    expect(stopped).to_have_count(2)


def test_a_recording_becomes_a_video(
    visit: Callable[..., Page], server: Server, short_recording: Path
) -> None:
    page = visit(server.url)
    choose_painting(page, "lady-agnew")
    use_recording(page)
    files = keyed(page, "create_recording_upload").locator("input[type=file]").first
    files.set_input_files(short_recording)
    expect(keyed(page, "create_speech")).to_contain_text("2.0 s")
    expect(keyed(page, "create_speech").get_by_test_id("stAudio")).to_be_visible()
    draft_button(page).click()
    video = keyed(page, "create_stage").locator("video")
    expect(video).to_be_visible()
    plays(video)


def test_a_draft_can_be_cancelled_and_tried_again(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url)
    choose_painting(page)
    write_without_end(page)
    draft_button(page).click()
    cancel = keyed(page, "create_cancel").get_by_role("button")
    expect(cancel).to_be_visible()
    expect(draft_button(page)).to_be_focused()  # though it is no longer the primary one
    bar = keyed(page, "create_bar").bounding_box()
    place = cancel.bounding_box()
    assert bar
    assert place
    assert place["y"] + place["height"] <= bar["y"]
    cancel.click()
    expect(keyed(page, "create_stage")).to_contain_text("Canceled")
    expect(draft_button(page)).to_have_text(re.compile("Try again$"))
    draft_button(page).click()
    expect(page.get_by_role("radio", name="Draft")).to_have_count(2)
    keyed(page, "create_cancel").get_by_role("button").click()
    expect(keyed(page, "create_stage")).to_contain_text("Canceled")


def test_a_script_is_counted_and_priced_while_it_is_typed_however_long_it_gets(page: Page) -> None:
    area = keyed(page, "create_script").locator("textarea")
    area.press_sequentially("one two three")
    expect(count(page)).to_contain_text("3 words")
    expect(count(page)).to_contain_text(re.compile(r"about [\d.]+ s$"))
    area.press_sequentially(" four")
    expect(count(page)).to_contain_text("4 words")
    area.press_sequentially(" word" * 20)
    expect(keyed(page, "create_model")).to_contain_text("Price of this video")
    expect(area).to_be_focused()
    area.fill("word " * 20_000)
    expect(count(page)).to_contain_text(f"{LONGEST_SCRIPT:,}")
    refused(page, "Add a portrait")
    expect(keyed(page, "create_portrait_upload").locator("button")).to_be_focused()


TYPES_AT_ONCE = """new MutationObserver((_, observer) => {
  const area = document.querySelector(".st-key-create_script textarea")
  if (!area) return
  observer.disconnect()
  const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")
  set.call(area, "Quick as I am.")
  area.dispatchEvent(new Event("input", { bubbles: true }))
}).observe(document, { childList: true, subtree: true })"""


def test_words_written_before_the_count_has_loaded_are_counted_too(page: Page) -> None:
    page.add_init_script(TYPES_AT_ONCE)
    page.reload()
    expect(count(page)).to_contain_text("4 words")
    expect(keyed(page, "create_script").locator("textarea")).to_have_value("Quick as I am.")
    expect(page).to_have_url(re.compile("project="))  # they have reached the app


def test_the_crop_is_dragged_and_is_still_there_after_a_reload(page: Page) -> None:
    stage = choose_painting(page)
    before = stage.locator(".picture").evaluate("picture => picture.style.transform")
    area = stage.bounding_box()
    assert area
    x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 4, y - 30, steps=4)
    with run_of(page):  # what was dragged is sent after a moment
        page.mouse.up()
    moved = stage.locator(".picture").evaluate("picture => picture.style.transform")
    assert moved != before
    expect(page).to_have_url(re.compile("project="))
    page.reload()
    expect(stage).to_be_visible()
    expect(stage.locator(".picture")).to_have_attribute("style", re.compile(re.escape(moved)))


def test_the_crop_is_moved_and_zoomed_with_the_keys_and_the_slider(page: Page) -> None:
    stage = choose_painting(page)
    before = zoom(stage)
    stage.press("+")
    stage.press("+")
    assert zoom(stage) > before
    at = stage.locator(".picture").evaluate("picture => picture.style.transform")
    stage.press("ArrowUp")
    assert stage.locator(".picture").evaluate("picture => picture.style.transform") != at
    keyed(page, "create_crop").get_by_label("Zoom", exact=True).fill("60")
    assert zoom(stage) > 3


def test_the_wheel_scrolls_the_page_until_the_picture_is_clicked(page: Page) -> None:
    stage = choose_painting(page)
    before = zoom(stage)
    stage.hover()
    page.mouse.wheel(0, -200)
    assert zoom(stage) == before
    stage.scroll_into_view_if_needed()
    stage.click()
    page.mouse.wheel(0, -200)
    expect(stage).not_to_have_attribute("aria-label", re.compile(rf"Zoom {before}\b"))


def test_cutting_off_the_eyes_is_said_and_blocks(page: Page) -> None:
    stage = choose_painting(page)
    write(page, "Hello.")
    ready(page)
    for _ in range(12):
        stage.press("+")
    for _ in range(12):
        stage.press("Shift+ArrowDown")
    expect(keyed(page, "create_portrait")).to_contain_text("cut off")
    refused(page, "Fix the portrait first.")
    expect(stage).to_be_focused()
    keyed(page, "create_crop").get_by_text("Center on face").click()
    ready(page)


def test_voices_are_heard_and_chosen_in_a_menu_that_stays_open(page: Page) -> None:
    keyed(page, "create_voice").get_by_role("button").first.click()
    page.get_by_role("button", name="Hear Heart").click()
    sound = page.get_by_test_id("stPopoverBody").locator("audio")
    expect(sound).to_be_visible()
    page.wait_for_function("sound => sound.duration > 0.5", arg=sound.element_handle())
    with run_of(page):
        page.get_by_role("radio", name=re.compile("^Bella")).check(force=True)
    expect(page.get_by_role("button", name="Hear Bella")).to_be_visible()
    page.keyboard.press("Escape")
    menu = keyed(page, "create_voice").get_by_role("button").first
    expect(menu).to_contain_text("Voice: Bella")
    expect(menu).to_be_focused()


def test_a_local_voice_makes_the_speech_for_a_model_that_needs_a_sound(page: Page) -> None:
    write(page, "Read me.")
    page.get_by_role("radio", name=re.compile("^InfiniTalk Natural")).check(force=True)
    keyed(page, "create_voice").get_by_role("button").first.click()
    keyed(page, "create_make_speech").get_by_role("button").click()
    expect(keyed(page, "create_speech_ready").locator("audio")).to_be_visible()
    expect(keyed(page, "create_speech_ready")).to_contain_text("1 sentence")


def test_the_microphone_gives_a_recording(page: Page) -> None:
    use_recording(page)
    microphone = keyed(page, "create_recording_upload").get_by_test_id("stAudioInput")
    microphone.get_by_role("button", name="Record").click()
    stop = microphone.get_by_role("button", name="Stop recording")
    expect(stop).to_be_visible()
    expect(microphone).to_contain_text(re.compile("00:0[1-9]|00:[1-5][0-9]"))  # a second, or more
    stop.click()
    expect(keyed(page, "create_speech")).to_contain_text("Recording, ")


def test_html_in_a_file_name_is_shown_as_text(page: Page) -> None:
    painting = (SPEECH.parents[1] / "portraits" / "astronaut.png").read_bytes()
    name = "<img src=x onerror=alert(1)> **bold**.png"
    keyed(page, "create_portrait_upload").locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": painting}
    )
    expect(keyed(page, "create_portrait")).to_contain_text("<img src=x onerror=alert(1)> **bold**")


@pytest.mark.parametrize(
    ("viewport", "color_scheme"), [(PHONE, "dark"), (LAPTOP, "light")], ids=["phone", "laptop"]
)
def test_nothing_is_wider_than_the_window(
    visit: Callable[..., Page], server: Server, viewport: dict[str, int], color_scheme: str
) -> None:
    page = visit(server.url, viewport=viewport, color_scheme=color_scheme)
    choose_painting(page, "girl-with-a-pearl-earring")
    write(page)
    ready(page)
    page.get_by_role("radio", name="HeyGen Avatar 4").check(force=True)
    expect(keyed(page, "create_sentence")).to_contain_text("HeyGen Avatar 4")
    app_ready(page)
    assert not is_wider_than_its_window(page)


def test_the_cards_follow_one_another_on_a_phone(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url, viewport=PHONE)
    cards = ["stage", "speech", "model"]
    boxes = [keyed(page, f"create_{name}").bounding_box() for name in cards]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)
    assert len(tops) == len(cards)
    expect(draft_button(page)).to_be_in_viewport()


def test_a_finger_moves_the_picture(visit: Callable[..., Page], server: Server) -> None:
    page = visit(server.url, viewport=PHONE, has_touch=True)
    stage = choose_painting(page)
    before = stage.locator(".picture").evaluate("picture => picture.style.transform")
    stage.evaluate(
        """stage => {
          const at = (type, x, y) => stage.dispatchEvent(new PointerEvent(type, {
            pointerId: 7, pointerType: "touch", clientX: x, clientY: y, bubbles: true,
          }))
          stage.setPointerCapture = () => {}
          at("pointerdown", 150, 300)
          at("pointermove", 154, 260)
          at("pointerup", 154, 260)
        }"""
    )
    assert stage.locator(".picture").evaluate("picture => picture.style.transform") != before


def test_a_project_opens_for_nobody_else(visit: Callable[..., Page], hosted: Server) -> None:
    page = visit(hosted.url)
    choose_painting(page)
    write(page, "This is mine.")
    ready(page)
    expect(page).to_have_url(re.compile("project="))
    expect(page).to_have_url(re.compile("studio="))
    app_ready(page)
    page.reload()
    expect(keyed(page, "create_script").locator("textarea")).to_have_value("This is mine.")
    project = re.search(r"project=(\w+)", page.url)
    assert project
    other = visit(f"{hosted.url}/?project={project[1]}")
    expect(keyed(other, "create_script").locator("textarea")).to_have_value("")
    expect(other.get_by_text("That project is no longer available")).to_be_visible()
