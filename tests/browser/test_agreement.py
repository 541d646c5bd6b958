"""What a person agrees to in a real browser: another take, and a ceiling for an unknown price."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, keyed
from tests.browser.test_create import choose_painting, use_recording
from tests.browser.test_paid import KEY, Fal, agree, button, choose_model, order, result
from tests.catalogue.test_sixth_model import UnpricedInput
from tests.fal_server import FalServer, Options
from tests.fal_server.endpoints import ENDPOINTS, learn
from tests.paid_studio import ROOT, short_speech
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def fal_server() -> Iterator[FalServer]:
    learn(UnpricedInput)
    with FalServer(Options(keys=(KEY,), log_interval=0.2)) as fal:
        yield fal
    del ENDPOINTS[UnpricedInput.endpoint_id]


@pytest.fixture
def fal(fal_server: FalServer) -> Fal:
    return Fal(fal_server)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, fal_server: FalServer) -> Iterator[Server]:
    """One's own app with a key, and a model whose price nobody knows."""
    running = Server(
        tmp_path_factory.mktemp("app") / "data",
        {"SINGLE_USER": "true", "FAL_KEY": KEY, "FAL_PROXY_URL": fal_server.url},
        script=Path(__file__).with_name("unpriced_app.py"),
        folder=ROOT,
    )
    yield running.start()
    running.clear()


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second and a half of real speech."""
    path = tmp_path_factory.mktemp("speech") / "speech.wav"
    path.write_bytes(short_speech())
    return path


def dialog(page: Page) -> Locator:
    found: Locator = page.get_by_role("dialog")
    return found


def ceiling(page: Page, dollars: str) -> None:
    """Type the most that it may cost."""
    field = dialog(page).get_by_role("spinbutton")
    field.fill(dollars)
    field.press("Tab")


def test_the_very_same_is_ordered_again_only_as_another_take(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    fal.latency(queue=60.0)
    page = visit(app.url)
    order(page, "Once, please.")
    expect(result(page)).to_contain_text("next up")
    agree(page)
    expect(keyed(page, "create_same")).to_contain_text("already in progress")
    wait_until(lambda: len(fal.jobs) == 1)  # its portrait is uploaded first
    button(page, "create_another_take").click()
    expect(dialog(page)).to_contain_text("Render another take?")
    expect(dialog(page)).to_contain_text("$0.0")
    button(page, "create_not_now").click()
    expect(dialog(page)).to_have_count(0)
    button(page, "create_another_take").click()
    button(page, "create_agree").click()
    expect(dialog(page)).to_have_count(0)
    expect(page.get_by_role("radio", name="FlashHead ·")).to_have_count(2)
    expect(keyed(page, "create_same")).to_have_count(0)
    wait_until(lambda: len(fal.jobs) == 2)
    running = page.get_by_role("radio", name="FlashHead · in progress")
    for left in (1, 0):
        button(page, "create_cancel").click()
        expect(result(page)).to_contain_text("You weren't charged")
        expect(running).to_have_count(left)
        if left:
            running.press("Space")
            expect(running).to_be_checked()
            expect(result(page)).not_to_contain_text("You weren't charged")


def test_an_unknown_price_is_rendered_for_at_most_what_was_allowed(
    visit: Callable[..., Page], app: Server, fal: Fal, spoken: Path
) -> None:
    page = visit(app.url)
    choose_painting(page)
    choose_model(page, UnpricedInput.endpoint_id)
    use_recording(page)
    files = keyed(page, "create_recording_upload").locator("input[type=file]").first
    files.set_input_files(spoken)
    expect(keyed(page, "create_speech")).to_contain_text("1.5 s")
    button(page, "create_paid").click()
    expect(dialog(page)).to_contain_text("Price unknown")
    expect(button(page, "create_agree")).to_be_disabled()
    ceiling(page, "0.75")
    expect(button(page, "create_agree")).to_contain_text("at most $0.75")
    button(page, "create_agree").click()
    expect(dialog(page)).to_have_count(0)
    expect(result(page).locator("video")).to_be_visible()
    assert [bill.endpoint_id for bill in fal.bills] == [UnpricedInput.endpoint_id]
