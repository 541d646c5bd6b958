"""Benchmark: the way to a first and a second video on Create, in a real browser.

Each in a window of a laptop and of a phone; the worse counts. clicks: of a newcomer with a sample
portrait, typing not counted. scrolled_windows: heights of the window that the page was scrolled.
first_video_seconds: from the click on the draft's button to a video that plays, 60 characters of
script. tab_stops: from the page's title to the draft's button. interaction_p95_ms: from the choice
of a model to its name in the bar, while four more people edit their scripts, one change every five
seconds each. `--size small` for a quick look.
"""

import argparse
import asyncio
import json
import math
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.visitor import Visitor  # noqa: E402  the path above makes them importable
from tests.browser import chromium  # noqa: E402
from tests.browser.conftest import CHROMIUM_ARGUMENTS, app_ready, keyed  # noqa: E402
from tests.browser.server import Server  # noqa: E402

WINDOWS: tuple[ViewportSize, ...] = (
    {"width": 1440, "height": 900},
    {"width": 390, "height": 844},
)
SCRIPT = "Meet the new desk. It costs forty dollars and ships in a day."
SECOND = " Order yours before Friday."
PEOPLE, EVERY = 4, 5.0  # seconds between two changes of each
CHOICES = {"small": 6, "full": 40}
MODELS = ("StableAvatar", "HeyGen Avatar 4", "InfiniTalk", "FlashHead")
COUNT_SCROLLING = """() => {
  const main = document.querySelector('[data-testid="stMain"]')
  window.scrolled = 0
  let before = main.scrollTop
  main.addEventListener("scroll", () => {
    window.scrolled += Math.abs(main.scrollTop - before)
    before = main.scrollTop
  })
}"""
FOCUS_ON_TITLE = """() => {
  const title = document.querySelector("h1")
  title.tabIndex = -1
  title.focus({preventScroll: true})
}"""
MOST_STOPS, TRIES = 40, 3


def main() -> None:
    """Run all and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=CHOICES, default="full")
    choices = CHOICES[parser.parse_args().size]
    expect.set_options(timeout=120_000)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.get(), args=CHROMIUM_ARGUMENTS
        )
        server = Server(Path(folder) / "data", {"SINGLE_USER": "false"}).start()
        try:
            made = [journey(browser, server, window) for window in WINDOWS]
            results = {name: max(each[name] for each in made) for name in made[0]}
            results["interaction_p95_ms"] = interaction(browser, server, choices)
        finally:
            browser.close()
            server.clear()
    print(json.dumps({name: round(value, 2) for name, value in results.items()}))


class Hands:
    """Somebody's clicks.

    Args:
        page: what they look at.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, target: Any) -> None:
        """Click once."""
        target.click(force=True)
        self.clicks += 1


def journey(browser: Browser, server: Server, window: ViewportSize) -> dict[str, float]:
    """Make a first video and a second one as a newcomer would."""
    page = browser.new_context(viewport=window).new_page()
    page.goto(server.url)
    app_ready(page)
    page.evaluate(COUNT_SCROLLING)
    hands = Hands(page)
    _choose_sample(hands)
    area = keyed(page, "create_script").locator("textarea")
    hands.click(area)
    area.press_sequentially(SCRIPT)
    expect(page.get_by_role("heading", level=1)).to_contain_text(SCRIPT[:20])
    stops = _without_scrolling(page, tab_stops)
    seconds = _draft(hands)
    clicks = hands.clicks
    area.press_sequentially(SECOND)
    expect(keyed(page, "create_sentence")).to_contain_text("FlashHead")
    again = _draft(hands)
    scrolled = page.evaluate("window.scrolled") / window["height"]
    page.context.close()
    return {
        "clicks": clicks,
        "scrolled_windows": scrolled,
        "first_video_seconds": seconds,
        "second_video_seconds": again,
        "tab_stops": stops,
    }


def _choose_sample(hands: Hands) -> None:
    """Choose a sample portrait, whether it is a picture to choose or has a button."""
    page = hands.page
    pictures = page.get_by_role("radio", name="Mona Lisa")
    button = page.get_by_role("button", name="Mona Lisa", exact=True)
    hands.click(pictures.or_(button).first)
    expect(page.get_by_role("radiogroup", name="Model")).to_be_visible()
    app_ready(page)


def _draft(hands: Hands) -> float:
    """Make a draft; returns the seconds until it plays."""
    page = hands.page
    began = time.perf_counter()
    hands.click(keyed(page, "create_draft").get_by_role("button"))
    page.wait_for_function(
        "before => { const video = document.querySelector('.st-key-create_stage video');"
        "return video && video.currentSrc !== before && video.readyState >= 2 }",
        arg=_source(page),
        timeout=240_000,
    )
    took = time.perf_counter() - began
    app_ready(page)
    return took


def _source(page: Page) -> str:
    video = page.locator(".st-key-create_stage video")
    return str(video.evaluate("video => video.currentSrc")) if video.count() else ""


def tab_stops(page: Page) -> int:
    """Return how often Tab is pressed from the title to the draft's button."""
    expect(keyed(page, "create_sentence")).to_contain_text("FlashHead")
    for _ in range(TRIES):  # a title that is drawn again meanwhile loses the focus
        app_ready(page)
        page.evaluate(FOCUS_ON_TITLE)
        for stop in range(1, MOST_STOPS):
            page.keyboard.press("Tab")
            if page.evaluate("!!document.activeElement.closest('.st-key-create_draft')"):
                return stop
    raise SystemExit("Tab never comes to the draft's button.")


def _without_scrolling(page: Page, measure: Callable[[Page], int]) -> int:
    """Return what is measured, which scrolls the page as the person on the journey would not."""
    before = page.evaluate(
        """() => [window.scrolled, document.querySelector('[data-testid="stMain"]').scrollTop]"""
    )
    measured = measure(page)
    page.evaluate(
        """async ([scrolled, top]) => {
          document.querySelector('[data-testid="stMain"]').scrollTop = top
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
          window.scrolled = scrolled
        }""",
        before,
    )
    return measured


def interaction(browser: Browser, server: Server, choices: int) -> float:
    """Return the 95th percentile of the milliseconds from a choice to its effect."""
    page = browser.new_context(viewport=WINDOWS[0]).new_page()
    page.goto(server.url)
    app_ready(page)
    _choose_sample(Hands(page))
    keyed(page, "create_script").locator("textarea").fill(SCRIPT)
    expect(keyed(page, "create_sentence")).to_contain_text("FlashHead")
    app_ready(page)
    took = []
    with editing(server):
        for number in range(choices):
            title = MODELS[number % len(MODELS)]
            row = page.get_by_role("radiogroup", name="Model").get_by_text(title, exact=True)
            began = time.perf_counter()
            row.click()
            page.wait_for_function(
                "title => document.querySelector('.st-key-create_sentence')"
                ".textContent.includes(title)",
                arg=title,
            )
            took.append((time.perf_counter() - began) * 1000)
            time.sleep(EVERY / PEOPLE)
    page.context.close()
    return sorted(took)[math.ceil(0.95 * len(took)) - 1]


@contextmanager
def editing(server: Server) -> Iterator[None]:
    """Let people edit their scripts meanwhile, each in a gallery of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    visitors = [Visitor(server.url, "") for _ in range(PEOPLE)]
    opened = [asyncio.Event() for _ in visitors]
    for place, visitor in enumerate(visitors):
        asyncio.run_coroutine_threadsafe(visitor.stay(opened[place]), loop)
        words = visitor.write_every(EVERY, opened[place], delay=EVERY * place / PEOPLE)
        asyncio.run_coroutine_threadsafe(words, loop)
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(_leave(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        assert all(visitor.runs > 1 for visitor in visitors), "nobody edited anything"


async def _leave() -> None:
    """End everything else that runs on this loop."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


if __name__ == "__main__":
    main()
