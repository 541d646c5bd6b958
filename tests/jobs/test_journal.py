"""The journal on SQLite and on PostgreSQL: what it promises about states, events and money."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import product

import pytest

from talkinghead.catalogue import BUILT_IN
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import TRANSITIONS, JobState
from talkinghead.jobs.journal import Journal, RequestTaken
from talkinghead.jobs.records.progress_repository import (
    LINES_LEFT_OUT,
    LONGEST_LINE,
    ProgressUpdate,
)
from talkinghead.jobs.renderer import FIRST_LINES, NEWEST_LINES
from talkinghead.videos.repository import VideoRepository, write_video
from tests.jobs.made import NOON, a_job, a_video


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database, partial(write_video, catalogue=BUILT_IN))


def rendering(journal: Journal, workspace: str) -> str:
    job = a_job(workspace)
    journal.add(job)
    for state in (JobState.PREPARING, JobState.SUBMITTING, JobState.QUEUED, JobState.RENDERING):
        assert journal.change(job.id, state)
    return job.id


def test_a_job_comes_back_as_it_was_written(journal: Journal, workspace: str) -> None:
    job = a_job(
        workspace,
        estimate=Decimal("0.0291850001"),
        speech_seconds=Decimal("5.837"),
        arguments={"image_url": "x", "text": "Grüße, 日本 \U0001f600 \x00"},
    )
    journal.add(job)
    assert journal.job(job.id) == job


def test_a_naive_time_is_refused(journal: Journal, workspace: str) -> None:
    with pytest.raises(Exception, match="naive time"):
        journal.add(a_job(workspace, created_at=NOON.replace(tzinfo=None)))


def test_a_float_is_refused_as_money(journal: Journal, workspace: str) -> None:
    with pytest.raises(Exception, match="finite Decimals"):
        journal.add(a_job(workspace, estimate=0.1))


def test_a_state_changes_only_along_the_transitions(journal: Journal, workspace: str) -> None:
    for before, after in product(JobState, JobState):
        job = a_job(workspace, state=before)
        journal.add(job)
        assert journal.change(job.id, after) is (after in TRANSITIONS[before]), (before, after)


def test_of_many_at_once_one_wins_the_change(journal: Journal, workspace: str) -> None:
    job = a_job(workspace, state=JobState.PREPARING)
    journal.add(job)
    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(lambda _: journal.change(job.id, JobState.SUBMITTING), range(8)))
    assert won.count(True) == 1


def test_an_outdated_workflow_changes_nothing(journal: Journal, workspace: str) -> None:
    job = a_job(workspace)
    journal.add(job)
    assert not journal.change(job.id, JobState.PREPARING, run=1)
    assert journal.change(job.id, JobState.PREPARING, run=0)


def test_a_job_that_shall_stop_is_not_submitted(journal: Journal, workspace: str) -> None:
    job = a_job(workspace, state=JobState.PREPARING)
    journal.add(job)
    journal.request_cancel(job.id)
    assert not journal.change(job.id, JobState.SUBMITTING, uncancelled=True)


def test_events_of_writers_at_once_are_numbered_without_gaps(
    journal: Journal, workspace: str
) -> None:
    job = a_job(workspace)
    journal.add(job)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: journal.note(job.id, f"note {number}"), range(40)))
    events = journal.events(workspace, job.id)
    assert [event.number for event in events] == list(range(1, 42))
    assert {event.text for event in events[1:]} == {f"note {number}" for number in range(40)}


def test_events_after_a_number_are_the_newer_ones(journal: Journal, workspace: str) -> None:
    job = a_job(workspace)
    journal.add(job)
    journal.note(job.id, "one")
    journal.note(job.id, "two")
    assert [event.text for event in journal.events(workspace, job.id, after=2)] == ["two"]


def test_news_move_between_queued_and_rendering(journal: Journal, workspace: str) -> None:
    job_id = rendering(journal, workspace)
    journal.record_updates([ProgressUpdate(job_id, 0, JobState.QUEUED, None, None, 3, ("again",))])
    job = journal.job(job_id)
    assert (job.state, job.queue_position) == (JobState.QUEUED, 3)
    assert journal.events(workspace, job_id)[-1].text == "again"


def test_news_of_an_ended_job_change_nothing(journal: Journal, workspace: str) -> None:
    job_id = rendering(journal, workspace)
    journal.change(job_id, JobState.CANCELLED)
    before = journal.events(workspace, job_id)
    journal.record_updates(
        [ProgressUpdate(job_id, 0, JobState.RENDERING, 0.5, 1.0, None, ("late",))]
    )
    assert journal.events(workspace, job_id) == before
    assert journal.job(job_id).state is JobState.CANCELLED


def test_a_log_line_is_cut_and_holds_no_nul(journal: Journal, workspace: str) -> None:
    job_id = rendering(journal, workspace)
    update = ProgressUpdate(
        job_id, 0, JobState.RENDERING, None, None, None, ("a\x00b" + "x" * 9000,)
    )
    journal.record_updates([update])
    text = journal.events(workspace, job_id)[-1].text
    assert text.startswith("abx")
    assert len(text) == LONGEST_LINE


def test_finishing_twice_gives_one_video(
    journal: Journal, database: Database, workspace: str
) -> None:
    job_id = rendering(journal, workspace)
    journal.change(job_id, JobState.STORING)
    video = a_video(workspace, id=job_id, job_id=job_id)
    assert journal.finish(job_id, 0, video)
    assert not journal.finish(job_id, 0, video)
    assert VideoRepository(database).page(workspace) == ([video], 1)
    assert journal.job(job_id).video_id == job_id


def test_a_request_that_answers_late_is_adopted(journal: Journal, workspace: str) -> None:
    job = a_job(workspace, state=JobState.UNCONFIRMED)
    journal.add(job)
    assert journal.record_request(job.id, "request-1")
    assert journal.job(job.id).state is JobState.QUEUED


def test_a_request_that_answers_after_the_end_is_still_on_record(
    journal: Journal, workspace: str
) -> None:
    job = a_job(workspace, state=JobState.CANCELLED)
    journal.add(job)
    assert not journal.record_request(job.id, "request-1")
    kept = journal.job(job.id)
    assert (kept.state, kept.request_id, kept.charged) == (JobState.CANCELLED, "request-1", None)


def test_a_second_request_for_the_same_job_is_reported(journal: Journal, workspace: str) -> None:
    job = a_job(workspace, state=JobState.SUBMITTING)
    journal.add(job)
    journal.record_request(job.id, "request-1")
    assert not journal.record_request(job.id, "request-2")
    assert journal.job(job.id).request_id == "request-1"
    assert "request-2" in journal.events(workspace, job.id)[-1].text


def test_a_strangers_job_is_not_found(journal: Journal, workspace: str) -> None:
    job = a_job(workspace)
    journal.add(job)
    with pytest.raises(NotFound):
        journal.job(job.id, "somebody else")
    with pytest.raises(NotFound):
        journal.events("somebody else", job.id)


def test_jobs_come_newest_first_without_the_dismissed(journal: Journal, workspace: str) -> None:
    made = [
        a_job(workspace, created_at=NOON + timedelta(minutes=minute), state=state)
        for minute, state in enumerate([JobState.FAILED, JobState.FAILED, JobState.WAITING])
    ]
    for job in made:
        journal.add(job)
    journal.dismiss(made[0].id)
    assert journal.jobs(workspace) == [made[2], made[1]]
    assert journal.jobs(workspace, open_only=True) == [made[2]]


def test_an_open_job_cannot_be_dismissed(journal: Journal, workspace: str) -> None:
    job = a_job(workspace)
    journal.add(job)
    journal.dismiss(job.id)
    assert journal.jobs(workspace) == [job]


@pytest.mark.parametrize("state", [JobState.SUBMITTING, JobState.FAILED])
def test_a_request_that_another_job_has_adopted_is_refused(
    journal: Journal, workspace: str, state: JobState
) -> None:
    journal.add(a_job(workspace, state=JobState.QUEUED, request_id="r"))
    job = a_job(workspace, state=state)
    journal.add(job)
    with pytest.raises(RequestTaken):
        journal.record_request(job.id, "r")
    assert journal.job(job.id) == job


def test_of_a_long_log_the_ends_are_kept_and_the_gap_is_said(
    journal: Journal, workspace: str
) -> None:
    job_id = rendering(journal, workspace)
    for first in range(0, 3000, 750):
        lines = tuple(f"line {number}" for number in range(first, first + 750))
        journal.record_updates(
            [ProgressUpdate(job_id, 0, JobState.RENDERING, None, None, None, lines)]
        )
    kept = journal.lines(job_id)
    assert kept[: FIRST_LINES + 1] == [f"line {n}" for n in range(FIRST_LINES)] + [LINES_LEFT_OUT]
    assert kept[-NEWEST_LINES:] == [f"line {n}" for n in range(3000 - NEWEST_LINES, 3000)]
    assert len(kept) == FIRST_LINES + 1 + NEWEST_LINES
    assert [event.text for event in journal.events(workspace, job_id) if event.kind == "state"]
