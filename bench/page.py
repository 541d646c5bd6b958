"""Benchmark: time until the page is usable, and the cost of a visit.

start_ratio: from the command to a usable Create page in a real browser, over the same for an empty
Streamlit app; medians, the two in turn. idle_visit_mb: megabytes of the server's memory for each
further visit that only looks. gallery_ratio: time to a usable gallery page with 5,000 videos over
that with 24; medians, the two in turn.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402  the path above makes them importable
from tests.browser.conftest import CHROMIUM_ARGUMENTS, LAPTOP  # noqa: E402
from tests.browser.seeding import Seeder  # noqa: E402
from tests.browser.server import Server  # noqa: E402

ROUNDS = 5
LOADS = 9
VISITS = 10
FEW, MANY = 24, 5000
EMPTY_APP = 'import streamlit as st\n\nst.title("Empty")\nst.button("Go", key="create_portrait")\n'
MEGABYTE = 1024 * 1024


def main() -> None:
    """Run all three and print one line of JSON."""
    expect.set_options(timeout=60_000)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.get(), args=CHROMIUM_ARGUMENTS
        )
        results = {
            **start(browser, Path(folder) / "start"),
            **idle_visits(browser, Path(folder) / "idle"),
            **gallery(browser, Path(folder) / "gallery"),
        }
        browser.close()
    print(json.dumps({name: round(value, 3) for name, value in results.items()}))


def start(browser: Browser, folder: Path) -> dict[str, float]:
    """Return the seconds from the command to a usable page, of this app and of an empty one."""
    script = folder / "empty" / "app.py"
    script.parent.mkdir(parents=True)
    script.write_text(EMPTY_APP, encoding="utf-8")
    ours: list[float] = []
    empty: list[float] = []
    for turn in range(ROUNDS):
        empty.append(_started(browser, Server(folder / f"data{turn}e", script=script)))
        ours.append(_started(browser, Server(folder / f"data{turn}", {"SINGLE_USER": "true"})))
    seconds = {"start_seconds": statistics.median(ours), "empty_seconds": statistics.median(empty)}
    return {"start_ratio": seconds["start_seconds"] / seconds["empty_seconds"], **seconds}


def _started(browser: Browser, server: Server) -> float:
    began = time.perf_counter()
    server.start()
    page = _open(browser, server.url)
    page.locator(".st-key-create_portrait").wait_for()
    _settled(page)
    took = time.perf_counter() - began
    page.context.close()
    server.clear()
    return took


def idle_visits(browser: Browser, folder: Path) -> dict[str, float]:
    """Return the MB that one more idle visit of the Create page costs."""
    server = Server(folder, {"SINGLE_USER": "false"}).start()
    pages = [_visited(browser, server) for _ in range(2)]  # the first ones load the code
    time.sleep(2)
    before = _memory(server)
    pages += [_visited(browser, server) for _ in range(VISITS)]
    time.sleep(2)
    grown = _memory(server) - before
    for page in pages:
        page.context.close()
    server.clear()
    return {"idle_visit_mb": grown / VISITS / MEGABYTE, "server_mb": before / MEGABYTE}


def _visited(browser: Browser, server: Server) -> Page:
    page = _open(browser, server.url)
    page.locator(".st-key-create_portrait").wait_for()
    _settled(page)
    return page


def _memory(server: Server) -> int:
    """Return the memory of the server's process in bytes."""
    assert server.process
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


def gallery(browser: Browser, folder: Path) -> dict[str, float]:
    """Return the seconds until the gallery is usable, with few and with many videos."""
    servers = [_gallery_of(count, folder) for count in (FEW, MANY)]
    for server in servers:
        _loaded(browser, server)  # the first one loads the code
    times: list[list[float]] = [[], []]
    for _ in range(LOADS):
        for place, server in enumerate(servers):
            times[place].append(_loaded(browser, server))
    for server in servers:
        server.clear()
    few, many = (statistics.median(taken) for taken in times)
    return {"gallery_ratio": many / few, "gallery_24_seconds": few, "gallery_5000_seconds": many}


def _gallery_of(count: int, folder: Path) -> Server:
    data = folder / str(count)
    with Seeder(data) as seeder:
        seeder.videos(count)
    return Server(data, {"SINGLE_USER": "true"}).start()


def _loaded(browser: Browser, server: Server) -> float:
    began = time.perf_counter()
    page = _open(browser, f"{server.url}/gallery")
    expect(page.locator(".st-key-gallery_grid img")).to_have_count(FEW)
    page.wait_for_function(
        "[...document.querySelectorAll('.st-key-gallery_grid img')].slice(0, 8)"
        ".every(picture => picture.complete && picture.naturalWidth > 0)"
    )
    _settled(page)
    took = time.perf_counter() - began
    page.context.close()
    return took


def _open(browser: Browser, url: str) -> Page:
    context = browser.new_context(viewport={"width": LAPTOP["width"], "height": LAPTOP["height"]})
    page = context.new_page()
    page.goto(url)
    return page


def _settled(page: Page) -> None:
    """Whether no script runs."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


if __name__ == "__main__":
    main()
