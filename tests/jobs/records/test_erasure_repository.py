"""How jobs are forgotten, on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from talkinghead.core.database import Database
from talkinghead.core.tables import NO_WORKSPACE
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.erasure_repository import (
    DELETED_TITLE,
    arguments_of,
    empty_jobs,
    erase_jobs,
    forget_clients,
)
from talkinghead.jobs.records.lease_repository import LeaseRepository
from talkinghead.jobs.records.order_repository import OrderRepository, Person, costs_since
from talkinghead.jobs.tables import jobs, resends
from tests.jobs.made import a_job
from tests.jobs.permits import FREE_PASS, CountedFor

DONE = {"state": JobState.DONE, "request_id": "r"}
PAID = {"endpoint_id": "fal-ai/infinitalk", "estimate": Decimal("0.30")}


def test_of_erased_jobs_only_what_was_paid_stays(database: Database, workspace: str) -> None:
    journal, paid, draft = Journal(database), a_job(workspace, **DONE, **PAID), a_job(workspace)
    journal.add(paid, FREE_PASS)
    journal.add(draft)
    with database.writing() as connection:
        erase_jobs(connection, workspace)
    assert journal.several(workspace, [paid.id, draft.id]) == {}
    [left] = journal.several(NO_WORKSPACE, [paid.id, draft.id]).values()
    assert (left.id, left.title, left.arguments) == (paid.id, DELETED_TITLE, {})
    assert (left.estimate, left.request_id) == (Decimal("0.30"), "r")
    assert journal.events(NO_WORKSPACE, paid.id) == []
    assert OrderRepository(database).ledger(workspace, 10) == []


def test_nothing_of_an_erased_order_says_whose_it_was(database: Database, workspace: str) -> None:
    """Neither its gallery, nor its actor, key, client, inputs, or what it was a part of."""
    of_a_person = {"ordered_by": "an-actor", "payer": "session", "account": "a" * 32}
    of_the_whole = {"parent": "p", "place": 1, "comparison": "c", "fingerprint": "f" * 64}
    paid = a_job(workspace, **DONE, **PAID, **of_a_person, **of_the_whole)
    journal = Journal(database)
    journal.add(paid, CountedFor())
    with database.writing() as connection:
        erase_jobs(connection, workspace)
        [row] = connection.execute(select(jobs).where(jobs.c.id == paid.id)).mappings()
    kept = {name for name, value in row.items() if value not in (None, {}, False)}
    assert kept == {
        "id", "workspace", "endpoint_id", "title", "state", "speech_seconds", "estimate",
        "request_id", "created_at", "updated_at", "payer", "run", "dismissed", "last_event",
        "orders",
    } - {name for name in ("run", "orders") if not row[name]}  # fmt: skip
    assert row["workspace"] == NO_WORKSPACE


@pytest.mark.parametrize("client", ["address:one", None])
def test_an_erased_order_counts_against_the_caps_until_the_day_is_over(
    database: Database, workspace: str, client: str | None
) -> None:
    now = datetime.now(UTC)
    ordered = {"payer": "operator", "created_at": now, **PAID}
    lost = a_job(workspace, state=JobState.UNCONFIRMED, submitted_at=now, charged=None, **ordered)
    Journal(database).add(lost, CountedFor(counted_for=client))
    with database.writing() as connection:
        connection.execute(update(jobs).values(orders=1))
    assert LeaseRepository(database).send_again(lost, CountedFor(counted_for=client))
    assert Journal(database).change(lost.id, JobState.SUBMITTING, send_allowed=True)
    with database.writing() as connection:
        erase_jobs(connection, workspace)
    person = Person(workspace, client, by_address=client is not None)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with database.writing() as connection:
        assert len(costs_since(connection, midnight, person=person)) == 2
        assert len(costs_since(connection, midnight, payer="operator")) == 2
        assert costs_since(connection, midnight, person=Person("somebody", "address:two")) == []
        forget_clients(connection)
        assert len(costs_since(connection, midnight, person=person)) == 2
        for table, column in ((jobs, jobs.c.created_at), (resends, resends.c.at)):
            connection.execute(update(table).values({column: now - timedelta(days=1)}))
        forget_clients(connection)
        for table in (jobs, resends):
            assert list(connection.scalars(select(table.c.counted_for))) == [None]
        since = midnight - timedelta(days=2)
        assert costs_since(connection, since, person=person) == []
        assert len(costs_since(connection, since, payer="operator")) == 2


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
    [left] = journal.several(NO_WORKSPACE, [open_one.id, draft.id]).values()
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
