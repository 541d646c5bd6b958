"""Benchmark: latency from a log line at fal to the screen, and the cost of watching.

`--visitors` people watch renders of one studio on the Create page. A few of them are real pages in
a real browser, in which the moment is taken at which a line is drawn; the others speak the same
protocol without a browser (`visitor.py`), since twenty browsers would leave the server none of two
cores. Each line's age counts from the moment at which the test fal wrote it. cpu_cores: processor
time of the app's process over the time of watching.
"""

import argparse
import asyncio
import json
import re
import statistics
import sys
import tempfile
import threading
import time
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.visitor import Visitor  # noqa: E402  the path above makes these importable
from talkinghead import Settings, open_studio  # noqa: E402
from talkinghead.catalogue import FlashheadInput, SpeechLength  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.browser.conftest import CHROMIUM_ARGUMENTS  # noqa: E402
from tests.browser.server import Server  # noqa: E402
from tests.fal_server.process import FalProcess  # noqa: E402
from tests.orders import order_render, quote_render  # noqa: E402
from tests.paid_studio import small_portrait  # noqa: E402

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
STEP = re.compile(r"(\d+/\d+) \[")  # distinguishes a line of a progress bar from all others
NOTE_MOMENTS = """
window.moments = {};
const look = () => {
  const log = document.querySelector('.st-key-create_stage');
  if (!log) return;
  for (const found of log.textContent.matchAll(/(\\d+\\/\\d+) \\[/g))
    if (!(found[1] in window.moments)) window.moments[found[1]] = Date.now();
};
new MutationObserver(() => requestAnimationFrame(look))
  .observe(document, {subtree: true, childList: true, characterData: true});
"""


class Crowd:
    """Visitors without browsers, on their own event loop."""

    def __init__(self, url: str, queries: list[str]) -> None:
        self.visitors = [Visitor(url, query) for query in queries]
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def come(self) -> None:
        """Open every page."""
        self._thread.start()
        assert self._ready.wait(60), "the pages did not open"

    def _live(self) -> None:
        self._loop.run_until_complete(self._stay())

    async def _stay(self) -> None:
        opened = [asyncio.Event() for _ in self.visitors]
        pages = [
            asyncio.create_task(each.stay(event))
            for each, event in zip(self.visitors, opened, strict=True)
        ]
        await asyncio.gather(*(event.wait() for event in opened))
        self._ready.set()
        await asyncio.gather(*pages, return_exceptions=True)


def main() -> None:
    """Run the benchmark and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--renders", type=int, default=4, help="so many are watched")
    parser.add_argument("--pages", type=int, default=2, help="visitors with a real browser")
    parser.add_argument("--seconds", type=int, default=30)
    arguments = parser.parse_args()
    run = ("--latency", f"run={arguments.seconds + 25}", "queue=0.1", "status=0.03..0.08")
    with (
        tempfile.TemporaryDirectory() as name,
        FalProcess("--option", "log_interval=0.5", *run) as f,
    ):
        variables = {"SINGLE_USER": "true", "FAL_KEY": KEY, "FAL_PROXY_URL": f.url}
        server = Server(Path(name) / "data", variables).start()
        try:
            print(json.dumps(watched(arguments, f, server)))
        finally:
            server.clear()


def watched(arguments: argparse.Namespace, fal: FalProcess, server: Server) -> dict[str, Any]:
    """Return the figures."""
    Crowd(server.url, [""]).come()  # the studio opens with its first visitor, who then leaves
    jobs = ordered(arguments.renders, fal, server)
    queries = [f"job={jobs[number % len(jobs)]}" for number in range(arguments.visitors)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.get(), args=CHROMIUM_ARGUMENTS
        )
        pages = []
        for query in queries[: arguments.pages]:
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.add_init_script(NOTE_MOMENTS)
            page.goto(f"{server.url}/?{query}")
            pages.append(page)
        crowd = Crowd(server.url, queries[arguments.pages :])
        crowd.come()
        for page in pages:
            page.wait_for_function("Object.keys(window.moments).length > 0", timeout=30_000)
        time.sleep(2)
        since, began, before = time.time(), time.monotonic(), processor_seconds(server)
        page.wait_for_timeout(arguments.seconds * 1000)
        cores = (processor_seconds(server) - before) / (time.monotonic() - began)
        ages = seen(pages, queries, fal, since)
        browser.close()
    ages.sort()
    return {
        "visitors": arguments.visitors,
        "p50_ms": round(statistics.median(ages)),
        "p95_ms": round(ages[int(0.95 * len(ages))]),
        "cpu_cores": round(cores, 3),
        "renders": arguments.renders,
        "lines": len(ages),
        "runs_a_visitor": round(statistics.mean(each.runs for each in crowd.visitors)),
    }


def ordered(count: int, fal: FalProcess, server: Server) -> list[str]:
    """Order renders from another process, as the app's pages do."""
    settings = Settings(
        data_dir=server.data_dir,
        single_user=True,
        fal_key=KEY,
        fal_proxy_url=fal.url,
    )
    studio = open_studio(settings)
    workspace = studio.workspace()
    portrait = workspace.portraits.add(small_portrait(), "portrait.jpg").reference
    length = SpeechLength(Decimal(2), "script")
    jobs = []
    for number in range(count):
        model_input = FlashheadInput(image_url=portrait, text=f"Render {number}.")
        agreed = quote_render(workspace, model_input, length).estimate.dollars
        jobs.append(
            order_render(
                workspace, model_input, length, f"Render {number}", agreed=agreed, another_take=True
            ).id
        )
    assert not studio.drives
    studio.close()
    return jobs


def seen(pages: list[Page], queries: list[str], fal: FalProcess, since: float) -> list[float]:
    """Return the ms from fal's line to the screen, for each line written since then."""
    ages = []
    by_words = {record["arguments"]["text"]: record for record in fal.jobs}
    renders = sorted(by_words)
    for number, page in enumerate(pages):
        record = by_words[renders[number % len(renders)]]
        moments = page.evaluate("window.moments")
        for entry in record["logs"]:
            found = STEP.search(entry["message"])
            written = datetime.fromisoformat(entry["timestamp"]).timestamp()
            if found and written > since and found[1] in moments:
                ages.append(moments[found[1]] - 1000 * written)
    return ages


def processor_seconds(server: Server) -> float:
    """Return the CPU seconds of the app's process so far."""
    assert server.process
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8").split(")")[-1]
    user, system = fields.split()[11:13]
    return (int(user) + int(system)) / 100


if __name__ == "__main__":
    main()
