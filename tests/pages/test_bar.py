"""What the bar of Create orders with a key: the very same again, and the voice-over that a model
needs."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from components.shell import session
from talkinghead import Workspace
from talkinghead.catalogue import DraftInput
from talkinghead.core.lock import DriveLock
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.tables import jobs
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.pages.test_create import run, texts, visited, with_painting, with_script
from tests.records import database_of
from tests.waiting import wait_until

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
SAME = "This exact video is already in progress"


@pytest.fixture(scope="module")
def fal() -> Iterator[FalServer]:
    """Nothing that is ordered here leaves its queue."""
    with FalServer(Options(keys=(KEY,))) as running:
        running.latency(queue=3600)
        yield running


@pytest.fixture
def page(data_dir: object, fal: FalServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("FAL_KEY", KEY)
    monkeypatch.setenv("FAL_PROXY_URL", fal.url)
    opened = with_script(with_painting(visited()), "Once, please.")
    yield opened
    for job in here().jobs.list(open_only=True):
        here().jobs.cancel(job.id)


def here() -> Workspace:
    return session.process_studio().workspace()


def open_jobs() -> list[Job]:
    return here().jobs.list(open_only=True)


def end(job: Job, state: JobState) -> None:
    """End a job without a video, uncharged."""
    if state is JobState.CANCELLED:
        here().jobs.cancel(job.id)
        return
    values = {"state": state, "charged": False, "problem": "No face was found."}
    with database_of(session.process_studio()) as database, database.writing() as connection:
        connection.execute(update(jobs).where(jobs.c.id == job.id).values(**values))


def click(page: AppTest, *keys: str) -> AppTest:
    for key in keys:
        page.button(key=key).click()
        run(page)
    return page


def has(page: AppTest, key: str) -> bool:
    return any(button.key == key for button in page.button)


def test_a_video_that_is_under_way_is_bought_again_only_as_another_take(page: AppTest) -> None:
    click(page, "create_paid", "create_agree")
    [first] = open_jobs()
    click(page, "create_paid", "create_agree")
    assert [job.id for job in open_jobs()] == [first.id]
    assert SAME in texts(page)
    click(page, "create_another_take")
    # Nothing is ordered before the price was agreed to, a free draft neither.
    assert [job.id for job in open_jobs()] == [first.id]
    click(page, "create_not_now")
    assert [job.id for job in open_jobs()] == [first.id]
    assert SAME in texts(page)
    click(page, "create_another_take", "create_agree")
    second, _ = open_jobs()
    assert (second.endpoint_id, second.arguments) == (first.endpoint_id, first.arguments)
    assert SAME not in texts(page)
    run(page)
    assert len(open_jobs()) == 2


def test_a_draft_that_is_under_way_is_made_again_only_as_another_take(page: AppTest) -> None:
    click(page, "create_draft", "create_draft")
    assert len(open_jobs()) == 1
    assert SAME in texts(page)
    click(page, "create_another_take")
    assert not has(page, "create_agree")
    assert [job.endpoint_id for job in open_jobs()] == [DraftInput.endpoint_id] * 2
    run(page)
    assert len(open_jobs()) == 2


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_what_ended_without_a_video_is_tried_again_with_one_button_for_one_price(
    page: AppTest, state: JobState
) -> None:
    click(page, "create_paid", "create_agree")
    [job] = open_jobs()
    end(job, state)
    run(page)
    assert [button.key for button in page.button if "again" in button.label] == ["create_paid"]
    assert page.button("create_paid").label.startswith("Try again · ")
    assert texts(page).count("You weren't charged") == 1


def test_the_voice_over_that_a_model_needs_is_the_next_step(
    page: AppTest, drive_lock: DriveLock
) -> None:
    drive_lock.release()
    page.session_state["create_model_chosen"] = {"chosen": "fal-ai/infinitalk"}
    run(page)
    assert "· needs a voice-over" in texts(page)
    assert not has(page, "create_paid")
    assert page.button("create_bar_speech").label == "Generate voice-over (free)"
    click(page, "create_bar_speech")
    assert "Generating the voice-over." in texts(page)
    assert not has(page, "create_bar_speech")
    wait_until(lambda: not open_jobs())
    run(page)
    assert "about" not in page.button("create_paid").label
