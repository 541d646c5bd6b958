"""Bought videos in a real browser, against a fal that speaks over a real socket."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Server, app_ready, keyed
from tests.browser.seeding import SAMPLES
from tests.browser.test_accessibility import problems
from tests.browser.test_create import choose_painting, plays, use_recording, write
from tests.fal_server import FalServer, Options
from tests.fal_server.ledger import Bill
from tests.fal_server.request import QueuedRequest
from tests.waiting import wait_until

KEY = "8c1f0e52-6f1c-4f0b-9a55-0b6f6f1f2a11:0123456789abcdef0123456789abcdef"
OWN_KEY = "2b7d9c34-1a2b-4c3d-8e4f-5a6b7c8d9e0f:fedcba9876543210fedcba9876543210"
FLASHHEAD, HEYGEN = "fal-ai/flashhead", "fal-ai/heygen/avatar4/image-to-video"
INFINITALK, SINGLE_TEXT = "fal-ai/infinitalk", "fal-ai/infinitalk/single-text"
QUICK = {"queue": 0.3, "run": 1.0, "upload": 0.05, "submit": 0.05}


@pytest.fixture(scope="module")
def fal_server() -> Iterator[FalServer]:
    """The fal of this module, quick and without faults between the tests."""
    with FalServer(Options(keys=(KEY, OWN_KEY), log_interval=0.2)) as fal:
        yield fal


class Fal:
    """The fal of the module without faults, and what was asked of it in one test.

    What was uploaded stays there: the app remembers it.
    """

    def __init__(self, server: FalServer) -> None:
        server.fal.faults.clear()
        server.options.restore()
        server.options.change({"log_interval": 0.2})
        server.latency(**QUICK)
        self.fault, self.latency, self.change = server.fault, server.latency, server.options.change
        self._server = server
        self._billed, self._ordered = len(server.bills), len(server.jobs)

    @property
    def bills(self) -> list[Bill]:
        """What was billed in this test."""
        return self._server.bills[self._billed :]

    @property
    def jobs(self) -> list[QueuedRequest]:
        """What was ordered in this test."""
        return self._server.jobs[self._ordered :]


@pytest.fixture
def fal(fal_server: FalServer) -> Fal:
    """The same, as good as new."""
    return Fal(fal_server)


@pytest.fixture(scope="module")
def app(start_server: Callable[..., Server], fal_server: FalServer) -> Server:
    """One's own app with a key; no video may cost more than two dollars."""
    return start_server(FAL_KEY=KEY, FAL_PROXY_URL=fal_server.url, CAP_RENDER="2")


@pytest.fixture(scope="module")
def keyless(start_server: Callable[..., Server], fal_server: FalServer) -> Server:
    """A hosted app whose operator gave no key."""
    return start_server(SINGLE_USER="false", FAL_PROXY_URL=fal_server.url)


def button(page: Page, key: str) -> Locator:
    """The button whose key this is."""
    found: Locator = keyed(page, key).get_by_role("button")
    return found


def choose_model(page: Page, endpoint_id: str) -> None:
    """Choose a model of the list."""
    page.locator(f"input[type=radio][value='{endpoint_id}']").check(force=True)
    app_ready(page)


def agree(page: Page) -> Locator:
    """Press the paid button and the dialog's; returns the dialog, which closes."""
    expect(button(page, "create_paid")).to_be_enabled()
    button(page, "create_paid").click()
    dialog: Locator = page.get_by_role("dialog")
    expect(dialog).to_contain_text("$")
    button(page, "create_agree").click()
    expect(dialog).to_have_count(0)
    return dialog


def order(page: Page, words: str = "Hello there.", painting: str = "mona-lisa") -> None:
    """Choose a painting, write, and buy the cheapest video of it."""
    choose_painting(page, painting)
    write(page, words)
    agree(page)


def result(page: Page) -> Locator:
    """The card in which the video appears."""
    found: Locator = keyed(page, "create_stage")
    return found


@pytest.mark.parametrize(
    ("endpoint_id", "speaks"),
    # Each way to bring a speech. `tests/test_paid` buys a video of every model.
    [(FLASHHEAD, "script"), (HEYGEN, "recording")],
)
def test_a_portrait_and_speech_become_a_bought_video(
    endpoint_id: str,
    speaks: str,
    visit: Callable[..., Page],
    app: Server,
    fal: Fal,
    short_recording: Path,
) -> None:
    page = visit(app.url)
    choose_model(page, endpoint_id)
    choose_painting(page)
    if speaks == "script":
        write(page, "Hello there.")
    else:
        use_recording(page)
        files = keyed(page, "create_recording_upload").locator("input[type=file]").first
        files.set_input_files(short_recording)
        expect(keyed(page, "create_speech")).to_contain_text("2.0 s")
    fal.change({"held": True})
    agree(page)
    expect(keyed(page, "create_log")).to_be_visible()
    fal.change({"held": False})
    video = result(page).locator("video")
    expect(video).to_be_visible()
    plays(video)
    assert [bill.endpoint_id for bill in fal.bills] == [endpoint_id]
    button(page, "create_gallery").click()
    facts = keyed(page, "video_facts")
    expect(facts).to_contain_text("Estimated")
    expect(facts).to_contain_text(fal.jobs[0].request_id)


def test_the_log_is_seen_live_and_goes_on_after_a_reload(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    fal.latency(queue=60.0, run=6.0)
    page = visit(app.url)
    order(page, "Reload me.")
    expect(result(page)).to_contain_text("next up")
    fal.latency(queue=0.0)
    log = keyed(page, "create_log")
    expect(result(page)).to_contain_text("Rendering on FlashHead ·")
    log.get_by_text("Log").click()
    expect(log).to_contain_text("Rendering")
    first = log.inner_text()
    page.wait_for_timeout(1500)  # the part that follows the job runs again
    expect(log).to_contain_text(first.splitlines()[-1])  # and it is still open
    page.reload()
    expect(keyed(page, "create_script").locator("textarea")).to_have_value("Reload me.")
    log.get_by_text("Log").click()
    expect(log).to_contain_text(first.splitlines()[-1])
    expect(keyed(page, "create_sentence")).to_contain_text("Rendering on FlashHead")
    expect(result(page).locator("video")).to_be_visible()
    assert len(fal.bills) == 1


def test_the_log_of_a_running_render_is_scrolled_with_keys(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    fal.change({"held": True})
    page = visit(app.url)
    order(page, "Tell me more.")
    log = keyed(page, "create_log")
    log.get_by_text("Log").click()
    expect(log).to_contain_text("Encoding the portrait")
    assert list(problems(page)) == []
    log.get_by_text("Log").press("Tab")
    expect(log.get_by_test_id("stCode")).to_be_focused()
    fal.change({"held": False})
    expect(result(page).locator("video")).to_be_visible()
    assert len(fal.bills) == 1  # and none comes in the next test


def test_several_are_bought_at_once_while_the_form_stays_usable(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    fal.change({"held": True})
    page = visit(app.url)
    order(page, "The first one.")
    expect(keyed(page, "create_log")).to_be_visible()
    keyed(page, "create_script").locator("textarea").fill("The second one.")
    agree(page)
    expect(page.get_by_role("radio", name="FlashHead · in progress")).to_have_count(2)
    fal.change({"held": False})
    expect(result(page).locator("video")).to_be_visible()
    wait_until(lambda: len(fal.bills) == 2)


def test_waiting_is_cancelled_for_free(visit: Callable[..., Page], app: Server, fal: Fal) -> None:
    fal.latency(queue=60.0)
    page = visit(app.url)
    order(page, "Let me wait.")
    expect(result(page)).to_contain_text("Canceling is free while it waits")
    button(page, "create_cancel").click()
    expect(result(page)).to_contain_text("You weren't charged")
    assert not fal.bills


def test_stopping_a_run_says_that_it_may_be_charged(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    fal.change({"held": True})
    page = visit(app.url)
    order(page, "Stop me.")
    expect(result(page)).to_contain_text("You may still be charged if you cancel")
    button(page, "create_cancel").click()
    expect(result(page)).to_contain_text("may still be charged")
    expect(result(page)).to_contain_text("Canceled")


def test_an_order_without_an_answer_is_looked_for_again_and_adopted(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    fal.change({"listing_delay": 3600})
    fal.fault("submit_drop_after")
    page = visit(app.url)
    order(page, "Where am I?")
    expect(result(page)).to_contain_text("We couldn't confirm your order")
    result(page).get_by_role("button", name="Resend").click()
    expect(page.get_by_role("dialog")).to_contain_text("may charge twice")
    button(page, "job_not_now").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    fal.change({"listing_delay": 0})
    result(page).get_by_role("button", name="Check again").click()
    expect(result(page).locator("video")).to_be_visible()
    assert len(fal.bills) == 1


def test_a_refused_face_is_said_beside_the_portrait_until_it_is_changed(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    fal.fault("run_face_detection_error")
    page = visit(app.url)
    order(page, "Do you see me?")
    expect(result(page)).to_contain_text("found no face")
    button(page, "create_edit_portrait").click()
    expect(keyed(page, "create_portrait")).to_contain_text("found no face")
    app_ready(page)
    button(page, "create_change_portrait").click()
    keyed(page, "create_portrait_upload").locator("input[type=file]").set_input_files(SAMPLES[1])
    expect(keyed(page, "create_portrait")).not_to_contain_text("found no face")
    agree(page)
    expect(result(page).locator("video")).to_be_visible()


def test_over_a_cap_the_button_says_so(visit: Callable[..., Page], app: Server, fal: Fal) -> None:
    page = visit(app.url)
    choose_painting(page)
    keyed(page, "create_script").locator("textarea").fill("word " * 50)
    choose_model(page, SINGLE_TEXT)
    expect(keyed(page, "create_sentence")).to_contain_text("$2.00")
    expect(button(page, "create_paid")).to_be_disabled()
    assert not fal.bills


def test_on_a_phone_the_bar_has_one_line_of_words_and_one_of_buttons(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    page = visit(app.url, viewport=PHONE)
    choose_painting(page)
    write(page, "Say it out loud.")
    choose_model(page, INFINITALK)
    make = button(page, "create_bar_speech")
    expect(make).to_contain_text("Generate voice-over (free)")
    beside = button(page, "create_draft").bounding_box()
    place, bar = make.bounding_box(), keyed(page, "create_bar").bounding_box()
    assert beside
    assert place
    assert bar
    assert place["y"] == beside["y"]
    assert bar["height"] < 120
    assert not fal.bills


def test_the_billing_history_names_every_request(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    page = visit(app.url)
    order(page, "Write me down.")
    expect(result(page).locator("video")).to_be_visible()
    request_id = fal.jobs[0].request_id
    page.goto(f"{app.url}/jobs?view=billing")
    expect(keyed(page, "ledger")).to_contain_text(request_id)
    with page.expect_download() as download:
        button(page, "ledger_csv").click()
    assert request_id in Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_a_visitor_without_a_key_adds_one_here_and_it_is_seen_nowhere(
    visit: Callable[..., Page], keyless: Server, fal: Fal
) -> None:
    page = visit(keyless.url)
    choose_painting(page)
    write(page, "My own money.")
    button(page, "create_add_key").click()
    keyed(page, "settings_key").locator("input").fill(OWN_KEY)
    button(page, "use_key").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    unseen(page)
    page.get_by_role("link", name="Settings").click()
    expect(keyed(page, "key_status")).to_contain_text("Your own key")
    button(page, "check_key").click()
    expect(keyed(page, "key_check")).to_be_visible()
    unseen(page)
    page.get_by_role("link", name="Create").click()
    agree(page)
    expect(result(page).locator("video")).to_be_visible()
    unseen(page)
    page.get_by_role("link", name="Settings").click()
    button(page, "forget_key").click()
    expect(keyed(page, "key_status")).to_contain_text("No key")


def test_a_render_on_ones_own_key_waits_for_it_after_a_restart(
    visit: Callable[..., Page], keyless: Server, fal: Fal
) -> None:
    fal.change({"held": True})
    page = visit(f"{keyless.url}/settings")
    enter_own_key(page)
    page.get_by_role("link", name="Create").click()
    order(page, "Wait for my key.")
    expect(result(page)).to_contain_text("Rendering on FlashHead ·")
    keyless.kill()
    keyless.start()
    page.reload()
    expect(result(page)).to_contain_text("Key needed")
    fal.change({"held": False})
    result(page).get_by_role("button", name="Add key").click()
    enter_own_key(page)
    page.get_by_role("link", name="Create").click()
    expect(result(page).locator("video")).to_be_visible()
    assert len(fal.bills) == 1


def enter_own_key(page: Page) -> None:
    """Type the key in Settings; the field forgets it at once."""
    keyed(page, "settings_key").locator("input").fill(OWN_KEY)
    button(page, "use_key").click()
    expect(keyed(page, "key_status")).to_contain_text("Your own key")
    expect(keyed(page, "settings_key").locator("input")).to_have_value("")


def unseen(page: Page) -> None:
    """The key, and its secret half, are neither on the page nor in its address nor kept by it."""
    kept = page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})")
    typed = page.evaluate("() => [...document.querySelectorAll('input')].map(i => i.value).join()")
    for seen in (page.content(), page.url, kept, typed):
        assert OWN_KEY not in seen
        assert OWN_KEY.partition(":")[2] not in seen


def test_a_killed_app_goes_on_when_it_is_started_again(
    visit: Callable[..., Page], app: Server, fal: Fal
) -> None:
    fal.change({"held": True})
    page = visit(app.url)
    order(page, "Kill me.")
    expect(result(page)).to_contain_text("Rendering on FlashHead ·")
    app.kill()
    app.start()
    page.reload()
    fal.change({"held": False})
    expect(result(page).locator("video")).to_be_visible()
    assert len(fal.bills) == 1
    assert len(fal.jobs) == 1
