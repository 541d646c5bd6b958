"""Jobs are seen while they run, wait and end; what failed says why and can be tried again."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from talkinghead.jobs.job import JobState
from tests.browser.conftest import Server, keyed
from tests.browser.seeding import Seeder
from tests.browser.test_create import ENDLESS

WHY = "No face was found in the portrait. Choose a picture where the face is seen from the front."


class JobList:
    """A running app with jobs that have ended."""

    def __init__(self, server: Server, failed: str, done: str) -> None:
        self.url = f"{server.url}/jobs"
        self.failed, self.done = failed, done


@pytest.fixture(scope="module")
def job_list(
    start_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory
) -> JobList:
    folder = tmp_path_factory.mktemp("jobs") / "data"
    with Seeder(folder) as seeder:
        video = seeder.videos(1, titles=["Welcome aboard"])[0]
        failed = seeder.job("The *annual* letter", JobState.FAILED, problem=WHY)
        done = seeder.job("Welcome aboard", JobState.DONE, video_id=video.id)
    return JobList(start_server(folder), failed.id, done.id)


def test_a_failed_job_says_why_shows_its_log_and_leaves_the_list_when_cleared(
    job_list: JobList, visit: Callable[..., Page]
) -> None:
    page = visit(job_list.url)
    card = keyed(page, f"job_{job_list.failed}")
    expect(card).to_contain_text("The *annual* letter")
    expect(card).to_contain_text(WHY)
    card.get_by_role("button", name="Log").click()
    expect(keyed(page, f"job_log_{job_list.failed}")).to_contain_text("Failed")
    card.get_by_role("button", name="Try again").click()
    expect(page.get_by_test_id("stAlert")).to_be_visible()  # its portrait is missing
    card.get_by_role("button", name="Clear").click()
    expect(card).to_have_count(0)
    page.reload()
    expect(keyed(page, f"job_{job_list.done}")).to_be_visible()
    expect(card).to_have_count(0)


def test_jobs_run_one_after_the_other_and_each_can_be_cancelled(
    start_server: Callable[..., Server],
    tmp_path: Path,
    visit: Callable[..., Page],
) -> None:
    with Seeder(tmp_path / "data") as seeder:
        portrait = seeder.videos(1)[0].arguments["image_url"]
        running, waiting, last = (
            seeder.job(
                title,
                JobState.WAITING,
                arguments={"image_url": portrait, "script_text": words, "seed": 1},
                created_at=datetime.now(UTC),
            )
            for title, words in (
                ("First", ENDLESS),  # the page is slower than a short one at times
                ("Second", "Hello there."),
                ("Third", "Hello there."),
            )
        )
    page = visit(f"{start_server(tmp_path / 'data').url}/jobs")
    expect(keyed(page, f"job_{waiting.id}")).to_contain_text("1 ahead in queue")
    expect(keyed(page, f"job_{last.id}")).to_contain_text("2 ahead in queue")
    for job in (waiting, running):
        keyed(page, f"cancel_{job.id}").get_by_role("button").click()
        expect(keyed(page, f"job_{job.id}")).to_contain_text("Canceled")
    expect(keyed(page, f"job_{last.id}")).to_contain_text("Done")
    keyed(page, f"watch_{last.id}").get_by_role("button").click()
    expect(keyed(page, "player").locator("video")).to_be_visible()
