"""The engine over real databases and real processes, killed and started again."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from talkinghead import Studio
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.lock import DriveLock
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.jobs.execution import queues
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from tests.jobs.made import a_job
from tests.jobs.studios import order, small_studio, wait_for
from tests.orders import retry
from tests.postgres import fresh_database
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
ENDED = [state for state in JobState if state.ended]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    opened = small_studio(tmp_path)
    yield opened
    opened.close()


@contextmanager
def studio_process(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], bool]]:
    """A studio in a process of its own, and whether it drives; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.studios", str(folder), *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().split() == ["open", "True"]
    finally:
        process.kill()
        process.communicate()


def workers() -> list[str]:
    """The command lines of the small workers that run on this machine."""
    lines = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(entry.read_bytes().decode())
        except OSError:
            continue
    return [line for line in lines if "stand_in_worker" in line]


def test_a_draft_arrives_in_the_gallery(studio: Studio) -> None:
    workspace = studio.workspace()
    job = wait_for(workspace, order(workspace, "frames=25"), *ENDED)
    assert (job.state, job.fraction) == (JobState.DONE, 1.0)
    [video] = workspace.gallery.list().videos
    assert (video.id, video.width, video.seconds) == (job.video_id, 64, 1.0)
    assert workspace.gallery.content(video.id)[4:8] == b"ftyp"


def test_its_log_comes_line_by_line_without_repeats(studio: Studio) -> None:
    workspace = studio.workspace()
    job = wait_for(workspace, order(workspace, "frames=30 pause=0.02"), *ENDED)
    lines = [event.text for event in workspace.jobs.events(job.id) if event.kind == "log"]
    assert lines == ["voice af_heart"] + [f"frame {number}" for number in range(1, 31)]


def test_drafts_are_rendered_one_at_a_time_in_the_order_they_came(studio: Studio) -> None:
    workspace = studio.workspace()
    first = order(workspace, "frames=500 pause=0.02")
    wait_for(workspace, first, JobState.RENDERING)
    second, third = order(workspace, "frames=2"), order(workspace, "frames=2")
    assert [workspace.jobs.place_in_queue(job.id) for job in (first, second, third)] == [None, 1, 2]
    workspace.jobs.cancel(first.id)
    second, third = wait_for(workspace, second, *ENDED), wait_for(workspace, third, *ENDED)
    assert second.ended_at is not None
    assert third.started_at is not None
    assert second.ended_at <= third.started_at


def test_a_waiting_draft_is_cancelled_at_once(studio: Studio) -> None:
    workspace = studio.workspace()
    order(workspace, "frames=500 pause=0.02")
    waiting = order(workspace, "frames=2")
    workspace.jobs.cancel(waiting.id)
    assert workspace.jobs.find(waiting.id).state is JobState.CANCELLED


def test_a_running_draft_is_stopped_and_leaves_nothing(studio: Studio, tmp_path: Path) -> None:
    workspace = studio.workspace()
    job = order(workspace, "frames=5000 pause=0.02")
    wait_for(workspace, job, JobState.RENDERING)
    workspace.jobs.cancel(job.id)
    wait_for(workspace, job, JobState.CANCELLED)
    wait_until(lambda: list((tmp_path / "scratch").iterdir()) == [])
    assert workspace.gallery.list().total == 0
    assert not list((tmp_path / "media").rglob("*.mp4"))


def test_a_crash_of_the_worker_is_a_plain_sentence(studio: Studio) -> None:
    workspace = studio.workspace()
    job = wait_for(workspace, order(workspace, "crash"), *ENDED)
    assert job.state is JobState.FAILED
    assert job.problem is not None
    assert "ran out of memory" in job.problem
    assert not any("secret" in event.text for event in workspace.jobs.events(job.id))


def test_a_refusal_of_the_worker_names_the_field(studio: Studio) -> None:
    workspace = studio.workspace()
    job = wait_for(workspace, order(workspace, "refuse"), *ENDED)
    assert (job.state, job.problem_field) == (JobState.FAILED, "portrait")


def test_a_failed_job_can_be_tried_again(studio: Studio) -> None:
    workspace = studio.workspace()
    failed = wait_for(workspace, order(workspace, "crash"), *ENDED)
    again = retry(workspace, failed.id)
    assert again.id != failed.id
    assert again.arguments == failed.arguments
    assert wait_for(workspace, again, *ENDED).state is JobState.FAILED


def test_closing_stops_the_worker_and_every_thread(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    studio = small_studio(tmp_path)
    workspace = studio.workspace()
    wait_for(workspace, order(workspace, "frames=5000 pause=0.02"), JobState.RENDERING)
    studio.close()
    assert set(threading.enumerate()) == before
    wait_until(lambda: not any(str(tmp_path) in line for line in workers()))


def test_a_job_interrupted_by_closing_goes_on_at_the_next_start(tmp_path: Path) -> None:
    studio = small_studio(tmp_path)
    workspace = studio.workspace()
    job = order(workspace, "frames=100 pause=0.02")
    wait_for(workspace, job, JobState.RENDERING)
    studio.close()
    studio = small_studio(tmp_path)
    assert wait_for(studio.workspace(), job, *ENDED).state is JobState.DONE
    studio.close()


def test_a_job_goes_on_after_its_process_was_killed(tmp_path: Path) -> None:
    reader = Database(sqlite_url(tmp_path / "journal.db"))
    workspace = WorkspaceRepository(reader).find_or_create_fixed("local")
    with studio_process(tmp_path) as (process, drives):
        assert drives
        with second_studio(tmp_path) as second:
            running = order(second.workspace(), "frames=150 pause=0.02")
            waiting = order(second.workspace(), "frames=2")
            wait_for(second.workspace(), running, JobState.RENDERING)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert Journal(reader).job(running.id).state is JobState.RENDERING
    reader.close()
    studio = small_studio(tmp_path)
    for job in (running, waiting):
        assert wait_for(studio.workspace(), job, *ENDED).state is JobState.DONE
    assert studio.workspace().gallery.list().total == 2
    assert workspace == "local"
    studio.close()


@contextmanager
def second_studio(folder: Path) -> Iterator[Studio]:
    studio = small_studio(folder)
    try:
        assert not studio.drives
        yield studio
    finally:
        studio.close()


def test_the_second_process_takes_over_when_the_first_is_killed(tmp_path: Path) -> None:
    with studio_process(tmp_path) as (first, _), second_studio(tmp_path) as second:
        job = order(second.workspace(), "frames=150 pause=0.02")
        wait_for(second.workspace(), job, JobState.RENDERING)
        os.kill(first.pid, signal.SIGKILL)
        assert wait_for(second.workspace(), job, *ENDED).state is JobState.DONE
        assert second.drives


def test_a_process_with_a_draft_under_way_ends_when_terminated(tmp_path: Path) -> None:
    with studio_process(tmp_path) as (process, _), second_studio(tmp_path) as second:
        job = order(second.workspace(), "frames=5000 pause=0.02")
        wait_for(second.workspace(), job, JobState.RENDERING)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) != 0
        wait_until(lambda: len([line for line in workers() if str(tmp_path) in line]) == 0)


def test_the_queues_are_launched_with_the_first_job(tmp_path: Path) -> None:
    studio = small_studio(tmp_path)
    try:
        assert studio.drives
        assert not (tmp_path / "engine.db").exists()
        job = order(studio.workspace(), "frames=2")
        assert wait_for(studio.workspace(), job, *ENDED).state is JobState.DONE
        assert (tmp_path / "engine.db").exists()
    finally:
        studio.close()


def test_a_launch_that_fails_is_tried_again(
    tmp_path: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[bool] = []

    def fail_once(*arguments: Any) -> None:
        if not failed:
            failed.append(studio.drives)
            raise OSError("no room")
        return launch(*arguments)

    launch = queues.launch
    monkeypatch.setattr(queues, "launch", fail_once)
    jobs = [order(studio.workspace(), f"frames={frames}") for frames in (2, 3)]
    for job in jobs:
        assert wait_for(studio.workspace(), job, *ENDED).state is JobState.DONE
    assert failed == [True]
    assert studio.drives
    assert not DriveLock(tmp_path / "engine.lock").take()


def test_what_ended_jobs_left_in_a_crash_is_cleared_at_the_start(tmp_path: Path) -> None:
    left = tmp_path / "scratch" / ("0" * 32)
    left.mkdir(parents=True)
    small_studio(tmp_path).close()
    assert not left.exists()


def test_an_open_job_that_no_workflow_knows_is_driven(tmp_path: Path) -> None:
    studio = small_studio(tmp_path)
    workspace = studio.workspace()
    done = wait_for(workspace, order(workspace, "frames=2"), *ENDED)
    studio.close()
    database = Database(sqlite_url(tmp_path / "journal.db"))
    lost = a_job("local", arguments=done.arguments)
    Journal(database).add(lost)
    database.close()
    (tmp_path / "engine.db").unlink()
    studio = small_studio(tmp_path)
    assert wait_for(studio.workspace(), lost, *ENDED).state is JobState.DONE
    studio.close()


@pytest.mark.postgres
def test_on_postgres_a_draft_arrives_and_goes_on_after_closing(
    tmp_path: Path, postgres_server: str
) -> None:
    address = fresh_database(postgres_server)
    studio = small_studio(tmp_path, address)
    workspace = studio.workspace()
    done = wait_for(workspace, order(workspace, "frames=2"), *ENDED)
    assert done.state is JobState.DONE
    job = order(workspace, "frames=100 pause=0.02")
    wait_for(workspace, job, JobState.RENDERING)
    studio.close()
    studio = small_studio(tmp_path, address)
    assert wait_for(studio.workspace(), job, *ENDED).state is JobState.DONE
    studio.close()


@pytest.mark.postgres
def test_on_postgres_the_jobs_of_a_killed_process_are_taken_over(
    tmp_path: Path, postgres_server: str, request: pytest.FixtureRequest
) -> None:
    address = fresh_database(postgres_server)
    with studio_process(tmp_path, address) as (process, drives):
        assert drives
        studio = small_studio(tmp_path, address)
        request.addfinalizer(studio.close)
        workspace = studio.workspace()
        jobs = [order(workspace, "frames=100 pause=0.02") for _ in range(3)]
        wait_until(
            lambda: (
                sum(workspace.jobs.find(job.id).state is JobState.RENDERING for job in jobs) == 2
            )
        )
        os.kill(process.pid, signal.SIGKILL)
        assert {wait_for(workspace, job, *ENDED).state for job in jobs} == {JobState.DONE}
        assert workspace.gallery.list().total == 3
