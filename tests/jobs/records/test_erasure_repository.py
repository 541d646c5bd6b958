"""How jobs are forgotten, on SQLite and on PostgreSQL."""

from decimal import Decimal

from talkinghead.core.database import Database
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.erasure_repository import (
    DELETED_TITLE,
    arguments_of,
    empty_jobs,
    erase_jobs,
)
from tests.jobs.made import a_job
from tests.jobs.permits import FREE_PASS

DONE = {"state": JobState.DONE, "request_id": "r"}
PAID = {"endpoint_id": "fal-ai/infinitalk", "estimate": Decimal("0.30")}


def test_of_erased_jobs_only_what_was_paid_stays(database: Database, workspace: str) -> None:
    journal, paid, draft = Journal(database), a_job(workspace, **DONE, **PAID), a_job(workspace)
    journal.add(paid, FREE_PASS)
    journal.add(draft)
    with database.writing() as connection:
        erase_jobs(connection, workspace)
    [left] = journal.several(workspace, [paid.id, draft.id]).values()
    assert (left.id, left.title, left.arguments) == (paid.id, DELETED_TITLE, {})
    assert (left.estimate, left.request_id) == (Decimal("0.30"), "r")
    assert journal.events(workspace, paid.id) == []


def test_open_jobs_are_erased_too_and_may_have_been_charged(
    database: Database, workspace: str
) -> None:
    ordered = {"state": JobState.RENDERING, "request_id": "r", **PAID}
    journal, open_one, draft = Journal(database), a_job(workspace, **ordered), a_job(workspace)
    open_one = open_one.replace(waiting_for="key")
    journal.add(open_one, FREE_PASS)
    journal.add(draft)
    with database.writing() as connection:
        erase_jobs(connection, workspace)
    [left] = journal.several(workspace, [open_one.id, draft.id]).values()
    assert (left.state, left.charged, left.request_id) == (JobState.CANCELLED, None, "r")
    assert (left.arguments, left.waiting_for) == ({}, None)


def test_the_jobs_of_others_stay(database: Database, workspace: str) -> None:
    job = a_job(workspace, state=JobState.DONE)
    Journal(database).add(job)
    with database.writing() as connection:
        erase_jobs(connection, "somebody")
    assert Journal(database).job(job.id) == job


def test_only_ended_jobs_are_emptied(database: Database, workspace: str) -> None:
    ended, running = a_job(workspace, **DONE), a_job(workspace, state=JobState.RENDERING)
    for job in (ended, running):
        Journal(database).add(job)
    with database.writing() as connection:
        empty_jobs(connection, workspace, [ended.id, running.id])
        assert arguments_of(connection, workspace, ended.id) == {}
        assert arguments_of(connection, workspace, running.id) == running.arguments
