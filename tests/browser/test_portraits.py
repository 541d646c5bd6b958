"""The portrait on the stage, as a person handles it: dropped, chosen, framed, changed and back."""

import base64
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, TimeoutError, ViewportSize, expect

from tests.browser.conftest import (
    LAPTOP,
    PHONE,
    ROOT,
    Server,
    app_ready,
    is_wider_than_its_window,
    keyed,
)
from tests.browser.seeding import SAMPLES
from tests.waiting import DEADLINE, wait_until

ASTRONAUT = ROOT / "tests" / "data" / "portraits" / "astronaut.png"
DROP = """([content, name]) => {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0))
  const given = new DataTransfer()
  given.items.add(new File([bytes], name, { type: "image/jpeg" }))
  return given
}"""
SIZES = pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])


def drop(page: Page, place: Locator, content: bytes, name: str) -> None:
    """Drop a file onto a place of the page, as a mouse does that drags it over the window."""
    given = page.evaluate_handle(DROP, [base64.b64encode(content).decode(), name])

    def is_welcome() -> bool:
        place.dispatch_event("dragover", {"dataTransfer": given})
        outline: str = keyed(page, "create_stage").evaluate("card => card.style.outlineStyle")
        return outline == "dashed"

    wait_until(is_welcome)
    place.dispatch_event("drop", {"dataTransfer": given})


def two_people() -> bytes:
    """A photo with a face at the left and one at the right."""
    one = Image.open(ASTRONAUT).convert("RGB")
    pair = Image.new("RGB", (2 * one.width, one.height))
    pair.paste(one, (0, 0))
    pair.paste(one.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (one.width, 0))
    file = BytesIO()
    pair.save(file, "JPEG")
    return file.getvalue()


def framed(page: Page) -> Locator:
    """The portrait in its frame."""
    found: Locator = keyed(page, "create_crop").locator(".stage")
    return found


def open_menu(page: Page) -> None:
    """Open "Change portrait" by the keyboard; a press while the page draws it again is lost."""

    def is_open() -> bool:
        app_ready(page)
        keyed(page, "create_change_portrait").get_by_role("button").press("Enter")
        with suppress(TimeoutError):
            page.get_by_role("button", name="Rotate right").wait_for(timeout=DEADLINE * 250)
            return True
        return False

    wait_until(is_open)


@SIZES
def test_a_photo_dropped_anywhere_is_used_and_the_one_before_can_be_chosen_again(
    visit: Callable[..., Page], server: Server, viewport: ViewportSize
) -> None:
    page = visit(server.url, viewport=viewport)
    card = keyed(page, "create_stage")
    heading = card.get_by_role("heading", name="Portrait")
    drop(page, heading, two_people(), "pair.jpg")
    expect(card).to_contain_text("pair.jpg")
    app_ready(page)

    framed(page).get_by_text("2", exact=True).click()
    expect(page.get_by_role("radio", name="Face 2")).to_be_checked()

    drop(page, framed(page), SAMPLES[0].read_bytes(), "solo.jpg")
    expect(card).to_contain_text("solo.jpg")
    app_ready(page)
    expect(card).not_to_contain_text("Who should speak?")

    open_menu(page)
    assert not is_wider_than_its_window(page)
    page.get_by_role("radio", name="pair").first.check(force=True)
    expect(card).to_contain_text("pair.jpg")


@SIZES
def test_the_whole_photo_is_kept_on_a_background_that_the_frame_shows(
    visit: Callable[..., Page], server: Server, viewport: ViewportSize
) -> None:
    page = visit(server.url, viewport=viewport)
    drop(page, keyed(page, "create_stage"), SAMPLES[2].read_bytes(), "upright.jpg")
    expect(framed(page)).to_be_visible()
    app_ready(page)
    expect(framed(page).locator(".ground")).to_be_hidden()

    page.locator("input[type=radio][value='fal-ai/heygen/avatar4/image-to-video']").check(
        force=True
    )
    page.get_by_role("radio", name="16:9").check(force=True)
    page.get_by_role("radio", name="Blur").check(force=True)
    expect(framed(page).locator(".ground img")).to_be_visible()
    page.get_by_role("radio", name="Color").check(force=True)
    expect(framed(page).locator(".ground img")).to_be_hidden()
    expect(framed(page).locator(".ground")).to_be_visible()
    assert not is_wider_than_its_window(page)

    app_ready(page)
    page.reload()
    app_ready(page)
    expect(page.get_by_role("radio", name="Color")).to_be_checked()
    expect(framed(page).locator(".ground")).to_be_visible()


def test_a_portrait_is_rotated_removed_and_brought_back_with_the_keyboard(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit(server.url)
    card = keyed(page, "create_stage")
    upload = keyed(page, "create_portrait_upload").locator("input[type=file]")
    upload.set_input_files(
        {"name": "keys.jpg", "mimeType": "image/jpeg", "buffer": SAMPLES[1].read_bytes()}
    )
    expect(card).to_contain_text("keys.jpg")
    app_ready(page)
    size = card.get_by_text("keys.jpg").inner_text()

    open_menu(page)
    page.get_by_role("button", name="Rotate right").press("Enter")
    expect(card.get_by_text("keys.jpg")).not_to_have_text(size)
    app_ready(page)

    open_menu(page)
    page.get_by_role("button", name="Remove").press("Enter")
    expect(card).to_contain_text("Removed keys.jpg")
    app_ready(page)  # the focus goes to what takes another portrait
    card.get_by_role("button", name="Undo").press("Enter")
    expect(framed(page)).to_be_visible()
    expect(card.get_by_text("keys.jpg")).not_to_have_text(size)
