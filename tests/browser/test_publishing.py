"""From a portrait of somebody to what may be published, and to nothing being left of them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, app_ready, keyed, run_of
from tests.browser.test_create import write
from tests.browser.test_paid import KEY, QUICK, button
from tests.fal_server import FalServer, Options

PERSON = Path(__file__).parents[1] / "data" / "portraits" / "astronaut.png"
RENDERED = 60_000  # milliseconds


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    """A quick fal."""
    with FalServer(Options(keys=(KEY,), log_interval=0.2)) as server:
        server.latency(**QUICK)
        yield server


@pytest.fixture(scope="module")
def app(start_server: Callable[..., Server], fal: FalServer) -> Server:
    """One's own app with a key."""
    return start_server(FAL_KEY=KEY, FAL_PROXY_URL=fal.url)


def upload(page: Page) -> None:
    keyed(page, "create_portrait_upload").locator("input[type=file]").set_input_files(PERSON)
    expect(keyed(page, "create_stage")).to_contain_text(PERSON.name)
    app_ready(page)


def test_a_person_agrees_is_exported_labeled_and_signed_and_can_be_forgotten(
    visit: Callable[..., Page], app: Server, fal: FalServer
) -> None:
    page = visit(app.url)
    upload(page)
    write(page, "Hello there.")
    asked_once(page)
    exported_in_three_shapes(page)
    verified(page)
    withdrawn_and_deleted(page, app)
    assert len(fal.bills) == 1


def asked_once(page: Page) -> None:
    """The question stands in the dialog of the price, before the first paid render alone."""
    button(page, "create_paid").click()
    dialog = page.get_by_role("dialog", name="Render this video?")
    button(page, "create_agree").click()
    expect(dialog).to_contain_text("Say who is in this portrait.")
    with run_of(page):
        dialog.get_by_text("Someone who gave me permission").click()
    dialog.get_by_label("Their name").fill("Eileen Collins")
    button(page, "create_agree").click()
    expect(dialog).to_have_count(0)
    expect(keyed(page, "create_stage").locator("video")).to_be_visible(timeout=RENDERED)


def exported_in_three_shapes(page: Page) -> None:
    """One click makes three, with captions and label; nobody is asked again."""
    button(page, "create_versions").click()
    dialog = page.get_by_role("dialog", name="Export")
    expect(dialog).not_to_contain_text("Who is in this portrait")
    for shape in ("9:16", "16:9"):
        with run_of(page):
            dialog.get_by_text(shape, exact=True).click()
    expect(button(page, "make_version")).to_have_text("Export 3 versions")
    button(page, "make_version").click()
    expect(dialog).to_have_count(0)
    versions = page.get_by_role("radiogroup", name="Versions")
    expect(versions.get_by_role("radio")).to_have_count(4, timeout=RENDERED)
    versions.get_by_role("radio", name=re.compile("^9:16")).check(force=True)
    page.wait_for_function("document.querySelector('video')?.videoHeight === 1920")


def verified(page: Page) -> None:
    """What the version carries can be read, and that nothing was changed since."""
    app_ready(page)
    page.get_by_text("More details").click()
    button(page, "verify_video").click()
    found = keyed(page, "verified")
    expect(found).to_contain_text("Labeled as made with AI")
    expect(found).to_contain_text("Cropped to 9:16")


def withdrawn_and_deleted(page: Page, app: Server) -> None:
    """Withdrawn consent stops what is new; then nothing of the face is left."""
    page.goto(app.url)
    upload(page)
    page.get_by_role("button", name=re.compile("Eileen Collins")).click()
    button(page, "consent_withdraw").click()
    expect(page.get_by_role("button", name="Consent withdrawn")).to_be_visible()
    page.keyboard.press("Escape")
    app_ready(page)
    button(page, "create_delete_face").click()
    expect(page.get_by_role("dialog", name="Delete this face?")).to_contain_text("1 render")
    button(page, "delete_face_agree").click()
    expect(page.get_by_role("dialog", name=re.compile("^Face deleted"))).to_be_visible()
    button(page, "delete_face_done").click()
    page.goto(f"{app.url}/gallery")
    app_ready(page)
    expect(page.get_by_text("Hello there")).to_have_count(0)
