"""The list of jobs, searched, counted and cleared, on SQLite and on PostgreSQL."""

from datetime import timedelta
from typing import Any

import pytest

from talkinghead.core.database import Database
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.job_search import FINISHED, JobGroup, JobSearch
from talkinghead.jobs.records.list_repository import JobListRepository
from tests.jobs.made import NOON, a_job
from tests.jobs.permits import FREE_PASS

A, P = JobGroup.ATTENTION, JobGroup.IN_PROGRESS


@pytest.fixture
def job_list(database: Database) -> JobListRepository:
    return JobListRepository(database)


def add(database: Database, workspace: str, **changes: Any) -> Job:
    """Put a job into the journal."""
    job = a_job(workspace, **changes)
    Journal(database).add(job, FREE_PASS)
    return job


def found(job_list: JobListRepository, workspace: str, search: JobSearch) -> list[str]:
    """The titles that a search finds."""
    return [job.title for job in job_list.page(workspace, search, limit=10).jobs]


@pytest.mark.parametrize(
    ("changes", "group"),
    [
        ({"state": JobState.WAITING}, P),
        ({"state": JobState.RENDERING}, P),
        ({"state": JobState.UNCONFIRMED}, A),
        ({"state": JobState.QUEUED, "waiting_for": "key"}, A),
        ({"state": JobState.DONE}, JobGroup.DONE),
        ({"state": JobState.FAILED}, JobGroup.FAILED),
        ({"state": JobState.CANCELLED}, JobGroup.CANCELLED),
    ],
)
def test_each_job_is_in_one_group(
    database: Database,
    workspace: str,
    job_list: JobListRepository,
    changes: dict[str, Any],
    group: JobGroup,
) -> None:
    values = {"waiting_for": None, **changes}
    waits = values.pop("waiting_for")
    job = a_job(workspace, **values).replace(waiting_for=waits)
    Journal(database).add(job, FREE_PASS)
    assert job_list.counts(workspace) == {group: 1}
    for each in JobGroup:
        total = job_list.page(workspace, JobSearch(groups=frozenset({each})), limit=5).total
        assert total == (each is group)


def test_a_long_video_needs_attention_where_an_open_part_of_it_does(
    database: Database, workspace: str, job_list: JobListRepository
) -> None:
    whole = add(database, workspace, state=JobState.RENDERING)
    part = add(database, workspace, state=JobState.UNCONFIRMED, parent=whole.id, place=0)
    assert job_list.counts(workspace) == {A: 1}
    assert Journal(database).change(part.id, JobState.FAILED)
    assert job_list.counts(workspace) == {P: 1}


def test_words_are_looked_for_in_titles_and_ids(
    database: Database, workspace: str, job_list: JobListRepository
) -> None:
    add(database, workspace, title="Spring Sale 100%", state=JobState.DONE)
    add(database, workspace, title="Letter", request_id="r-9", state=JobState.DONE)
    for words, titles in {
        "sale spring": ["Spring Sale 100%"],
        "100%": ["Spring Sale 100%"],
        "100_": [],
        "r-9": ["Letter"],
        "r-9 " * 5_000 + "missing": ["Letter"],
        "": ["Letter", "Spring Sale 100%"],
    }.items():
        assert sorted(found(job_list, workspace, JobSearch(words))) == titles
    assert job_list.counts(workspace, "letter") == {JobGroup.DONE: 1}


def test_parts_of_the_list_come_newest_first_with_the_total(
    database: Database, workspace: str, job_list: JobListRepository
) -> None:
    for minute in range(3):
        at = NOON + timedelta(minutes=minute)
        add(database, workspace, title=str(minute), state=JobState.DONE, created_at=at)
    first = job_list.page(workspace, JobSearch(), limit=2)
    second = job_list.page(workspace, JobSearch(), limit=2, offset=2)
    assert [job.title for job in (*first.jobs, *second.jobs)] == ["2", "1", "0"]
    assert (first.total, second.total) == (3, 3)


def test_what_ended_is_cleared_together_and_comes_back(
    database: Database, workspace: str, job_list: JobListRepository
) -> None:
    add(database, workspace, title="open", state=JobState.RENDERING)
    add(database, workspace, title="done", state=JobState.DONE)
    add(database, workspace, title="failed", state=JobState.FAILED)
    cleared = job_list.dismiss(workspace, JobSearch(groups=FINISHED))
    assert found(job_list, workspace, JobSearch()) == ["open"]
    job_list.restore(WorkspaceRepository(database).create("h" * 64), cleared)
    assert found(job_list, workspace, JobSearch()) == ["open"]
    job_list.restore(workspace, cleared)
    assert sorted(found(job_list, workspace, JobSearch())) == ["done", "failed", "open"]


def test_an_open_job_is_never_cleared(
    database: Database, workspace: str, job_list: JobListRepository
) -> None:
    add(database, workspace, title="open", state=JobState.RENDERING)
    assert job_list.dismiss(workspace, JobSearch()) == []


def test_what_ended_is_news_until_somebody_has_seen_it(
    database: Database, workspace: str, job_list: JobListRepository
) -> None:
    running = add(database, workspace, state=JobState.STORING)
    done = add(database, workspace, state=JobState.DONE)
    add(database, workspace, state=JobState.CANCELLED)  # its person stopped it
    news = job_list.news(workspace)
    assert (set(news.open), news.unseen) == ({running.id}, 1)
    job_list.mark_seen(workspace, [done.id])
    assert job_list.news(workspace).unseen == 0
    assert Journal(database).change(running.id, JobState.FAILED)
    assert job_list.news(workspace).unseen == 1
    job_list.mark_seen(workspace)
    assert job_list.news(workspace).unseen == 0
