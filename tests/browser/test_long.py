"""A long script in a real browser: heard, priced in its parts, bought, edited, bought for less."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.conftest import (
    LAPTOP,
    PHONE,
    Server,
    app_ready,
    is_wider_than_its_window,
    keyed,
)
from tests.browser.test_create import choose_painting, plays
from tests.browser.test_paid import choose_model
from tests.fal_server import FalServer, Options
from tests.waiting import wait_until

KEY = "5d2c1b0a-3f4e-4d5c-8b6a-7a8b9c0d1e2f:00112233445566778899aabbccddeeff"
INFINITALK, VOICE = "fal-ai/infinitalk", "fal-ai/elevenlabs/tts/turbo-v2.5"
QUICK = {"queue": 0.1, "run": 0.4, "upload": 0.02, "submit": 0.02}
TRIES, OPENS = 10, 3_000  # ms that a list takes to open
SENTENCE = (
    "I have thought about the {} for longer than I can say, and nobody ever asked me about it, "
    "although everybody who comes to see me stands in front of it."
)


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    """A fal that is quick and makes no faults."""
    with FalServer(Options(keys=(KEY,), log_interval=0.2)) as server:
        server.latency(**QUICK)
        yield server


@pytest.fixture(scope="module")
def app(start_server: Callable[..., Server], fal: FalServer) -> Server:
    """One's own app with a key and without a cap."""
    return start_server(FAL_KEY=KEY, FAL_PROXY_URL=fal.url)


def script(*topics: str) -> str:
    """A sentence of some nine seconds on each."""
    return " ".join(SENTENCE.format(topic) for topic in topics)


def button(page: Page, key: str) -> Locator:
    """The button whose key this is."""
    found: Locator = keyed(page, key).get_by_role("button")
    return found


def write(page: Page, words: str) -> None:
    """Put a whole script there at once; the page reads it after a pause."""
    keyed(page, "create_script").locator("textarea").fill(words)


def choose_voice(page: Page, maker: str, name: str) -> None:
    """Hear a voice of a maker for the price on its button, and choose it; a page that runs again
    closes an open list."""
    app_ready(page)
    keyed(page, "create_voice").get_by_role("button").first.click()
    menu = page.get_by_test_id("stPopoverBody")
    option = page.get_by_role("option", name=re.compile(f"^{maker}"))
    for _ in range(TRIES):
        keyed(page, "create_voices_from").get_by_role("combobox").click()
        with suppress(TimeoutError):
            option.click(timeout=OPENS)
            break
    expect(menu).to_contain_text("per 1,000 characters")
    hear = menu.get_by_role("button", name=re.compile(rf"^Hear.* {name}$"))
    expect(hear).to_have_accessible_name(re.compile(rf"^Hear · \$[\d.]+ {name}$"))
    hear.click()
    expect(menu.locator("audio")).to_be_visible()
    expect(hear).to_have_accessible_name(f"Hear {name}")  # from now on it costs nothing
    app_ready(page)
    menu.get_by_role("radio", name=re.compile(f"^{name}")).check(force=True)
    app_ready(page)
    page.keyboard.press("Escape")
    expect(keyed(page, "create_voice")).to_contain_text(f"Voice: {name}")


def make_speech(page: Page) -> None:
    """Order the speech at the price on its button, and wait until it can be heard."""
    expect(button(page, "create_bar_speech")).to_contain_text("$")
    button(page, "create_bar_speech").click()
    expect(keyed(page, "create_speech_ready").locator("audio")).to_be_visible()
    app_ready(page)


def price(page: Page) -> float:
    """The dollars on the button that buys the video."""
    app_ready(page)  # until then the button may be of the page before
    expect(button(page, "create_paid")).to_be_enabled()
    found = re.search(r"\$([\d.]+)", button(page, "create_paid").inner_text())
    assert found
    return float(found[1])


def render(page: Page, fal: FalServer) -> Locator:
    """Buy the video after one more look at the price; returns its player."""
    fal.options.change({"held": True})  # until its progress was seen
    button(page, "create_paid").click()
    expect(page.get_by_role("dialog")).to_contain_text("parts")
    button(page, "create_agree").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(keyed(page, "create_stage")).to_contain_text("parts done")
    fal.options.change({"held": False})
    video: Locator = keyed(page, "create_stage").locator("video")
    expect(video).to_be_visible()
    app_ready(page)
    return video


@pytest.mark.parametrize(
    ("viewport", "scheme", "voice", "topics"),
    [
        (LAPTOP, "light", "Rachel", ("frame", "varnish", "bridge", "river", "veil", "smile")),
        (PHONE, "dark", "Brian", ("museum", "crowd", "thief", "curator", "glass", "night")),
    ],
    ids=["desktop", "phone"],
)
def test_a_long_script_is_heard_bought_in_parts_and_changed_for_the_price_of_a_part(
    viewport: dict[str, int],
    scheme: str,
    voice: str,
    topics: tuple[str, ...],
    visit: Callable[..., Page],
    app: Server,
    fal: FalServer,
) -> None:
    page = visit(app.url, viewport=viewport, color_scheme=scheme)
    ordered = len(fal.bills)
    choose_model(page, INFINITALK)
    choose_painting(page)
    write(page, script(*topics))
    expect(keyed(page, "create_counter").locator(".count")).to_contain_text("words")
    choose_voice(page, "ElevenLabs Turbo", voice)
    make_speech(page)
    expect(keyed(page, "create_speech_ready")).to_contain_text("6 sentences")

    expect(keyed(page, "create_parts")).to_contain_text("parts, joined seamlessly")
    whole = price(page)
    first = render(page, fal)
    plays(first)
    assert first.evaluate("video => video.duration") > 40
    said = "video => [...(video.textTracks[0]?.cues ?? [])].map(cue => cue.text).join(' ')"
    wait_until(lambda: topics[-1] in first.evaluate(said))
    bought = [bill for bill in fal.bills[ordered:] if bill.endpoint_id == INFINITALK]
    assert len(bought) > 1
    assert not is_wider_than_its_window(page)

    ordered = len(fal.bills)
    write(page, script(*topics[:-1], f"old {topics[-1]}"))
    expect(keyed(page, "create_changed")).to_contain_text("1 of 6 sentences changed")
    expect(keyed(page, "create_changed")).to_contain_text(f"old {topics[-1]}")
    make_speech(page)
    expect(keyed(page, "create_parts")).to_contain_text(f"1 of {len(bought)} parts is new")
    assert price(page) < whole
    plays(render(page, fal))
    again = [bill.endpoint_id for bill in fal.bills[ordered:]]
    assert sorted(again) == sorted([VOICE, INFINITALK])
