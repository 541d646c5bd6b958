"""Take the pictures of the README: `python -m docs.screenshots` (after `make test` installed what
it needs).

The app runs on a folder of its own with a small gallery, and makes one draft. Each picture is
written to docs/pictures, with few enough colors to stay small.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from tests.browser import chromium
from tests.browser.conftest import CHROMIUM_ARGUMENTS, app_ready, keyed
from tests.browser.seeding import Seeder
from tests.browser.server import ROOT, Server
from tests.jobs.permits import FREE_PASS

PICTURES = ROOT / "docs" / "pictures"
WINDOW = (1440, 900)
COLORS = 200
SETTLED = 3_000  # milliseconds until a player has taken its sign of loading away
PATIENCE = 240_000  # milliseconds that a draft may take on a busy computer
TITLES = ("Spring sale", "Welcome aboard", "Quarterly update", "New feature tour", "Hiring: design")
SCRIPT = "Our spring sale starts on Monday. Everything is 20% off, and shipping is free."
MODELS = {
    "fal-ai/flashhead": "0.06",
    "fal-ai/stable-avatar": "1.12",
    "fal-ai/heygen/avatar4/image-to-video": "1.12",
}
LONG_SCRIPT = " ".join(
    f"Chapter {number} is about one thing that every team should know before it starts."
    for number in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
)


def seed(folder: Path) -> str:
    """Fill a gallery and return the id of a decided comparison."""
    with Seeder(folder) as seeder:
        seeder.videos(len(TITLES), titles=TITLES)
        return _compared(seeder)


def _compared(seeder: Seeder) -> str:
    now = datetime.now(UTC)
    record = ComparisonRecord(uuid4().hex, seeder.workspace, "Spring sale", False, now)
    jobs = []
    for (endpoint_id, dollars), video in zip(MODELS.items(), seeder.videos(3), strict=True):
        job = Job(
            id=uuid4().hex,
            workspace=seeder.workspace,
            endpoint_id=endpoint_id,
            arguments={},
            title="Spring sale",
            state=JobState.DONE,
            speech_seconds=Decimal("11.2"),
            estimate=Decimal(dollars),
            billed=Decimal(dollars),
            created_at=now,
            updated_at=now,
            started_at=now,
            ended_at=now,
            video_id=video.id,
            comparison=record.id,
        )
        jobs.append(job)
    enrolment = ComparisonRepository(seeder.database).enrolment(record)
    heads = [CompositeJob(job) for job in jobs]
    Journal(seeder.database).add_composites(heads, FREE_PASS, enrolment)
    return record.id


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """Run the app on a folder until the block ends."""
    server = Server(folder, {"SINGLE_USER": "true"})
    try:
        yield server.start()
    finally:
        server.clear()


def take(page: Page, name: str) -> None:
    """Write what the window shows to docs/pictures."""
    page.mouse.move(0, 0)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_function(
        "[...document.querySelectorAll('video')].every((video) => video.readyState > 3)"
    )
    page.wait_for_timeout(SETTLED)
    image = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    small = image.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(PICTURES / f"{name}.png", optimize=True)
    size = (PICTURES / f"{name}.png").stat().st_size
    sys.stdout.write(f"{name}.png: {size // 1000} kB\n")


def create(page: Page, url: str) -> None:
    """Make a draft of a sample portrait and take Create with it, then its page in the gallery and
    the form for exports."""
    page.goto(url)
    app_ready(page)
    page.get_by_role("radio", name="Mona Lisa").first.check(force=True)
    expect(keyed(page, "create_crop").locator(".stage")).to_be_visible()
    keyed(page, "create_script").locator("textarea").press_sequentially(SCRIPT)
    keyed(page, "create_draft").get_by_role("button").click()
    expect(keyed(page, "create_stage").locator("video")).to_be_visible(timeout=PATIENCE)
    app_ready(page)
    take(page, "create")
    keyed(page, "create_gallery").get_by_role("button").click()
    expect(keyed(page, "player").locator("video")).to_be_visible()
    expect(page.get_by_role("heading", name="Captions")).to_be_visible()
    if (write := page.get_by_role("button", name="Create captions")).is_visible():
        write.click()
    expect(page.get_by_text("Timed from the voice.")).to_be_visible(timeout=PATIENCE)
    app_ready(page)
    take(page, "captions")
    keyed(page, "video_export").get_by_role("button").first.click()
    dialog = page.get_by_role("dialog")
    for shape in ("9:16", "16:9"):
        dialog.get_by_text(shape, exact=True).first.click()
        app_ready(page)
    expect(keyed(page, "export_previews").locator("img")).to_have_count(3)
    app_ready(page)
    take(page, "export")


def parts(page: Page, url: str) -> None:
    """Take a long script with the price of each of its parts."""
    page.goto(url)
    app_ready(page)
    page.get_by_role("radio", name="Mona Lisa").first.check(force=True)
    expect(keyed(page, "create_crop").locator(".stage")).to_be_visible()
    keyed(page, "create_script").locator("textarea").fill(LONG_SCRIPT)
    page.get_by_role("radio", name="InfiniTalk from script").check(force=True)
    expect(page.get_by_text("joined seamlessly")).to_be_visible(timeout=PATIENCE)
    app_ready(page)
    take(page, "long")


def main() -> None:
    """Take all pictures."""
    folder = Path(tempfile.mkdtemp())
    try:
        comparison = seed(folder / "data")
        with started(folder / "data") as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.get(), args=CHROMIUM_ARGUMENTS
            )
            width, height = WINDOW
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{server.url}/jobs")  # so that no render is new
            app_ready(page)
            for address, name in (
                ("gallery", "gallery"),
                (f"compare?comparison={comparison}", "compare"),
            ):
                page.goto(f"{server.url}/{address}")
                app_ready(page)
                take(page, name)
            create(page, server.url)
            parts(page, server.url)
            browser.close()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
