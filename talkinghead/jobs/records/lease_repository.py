"""Leases: which workflow drives each job, and which processes are alive.

A job's `run` numbers its workflows. A new one is made when the old one is gone: its process died,
or it ended without ending the job. From then on the old one, should it wake up, can change nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from talkinghead.core.database import Database
from talkinghead.core.tables import workspaces
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import TRANSITIONS, Job, JobState
from talkinghead.jobs.paying_keys import Payer
from talkinghead.jobs.permit import OrderPermit
from talkinghead.jobs.records.order_repository import hold_orders
from talkinghead.jobs.records.progress_repository import add_events
from talkinghead.jobs.records.resend_repository import add_resend, withdraw_resends
from talkinghead.jobs.records.turn_repository import CLIENT
from talkinghead.jobs.repository import ENDED, JOB_COLUMNS, NOT_EMPTIED, OPEN, read_job
from talkinghead.jobs.tables import executors, jobs

# An unconfirmed job waits for a person; no sweep may move it before that person has decided.
DRIVEN = or_(
    jobs.c.state.in_([state for state in OPEN if state is not JobState.UNCONFIRMED]),
    and_(jobs.c.state == JobState.UNCONFIRMED, jobs.c.send_allowed.is_(True)),
)
LOST_AND_ENDED = and_(
    jobs.c.state.in_([state for state in ENDED if JobState.UNCONFIRMED in TRANSITIONS[state]]),
    jobs.c.submitted_at.is_not(None),
    jobs.c.request_id.is_(None),
    jobs.c.charged.is_(None),
    NOT_EMPTIED,
)
"""An order that left, and that nobody knows more about. Of erased data nothing can be found: an
order is recognized by its inputs."""
_OPENED_AGAIN: Mapping[str, Any] = MappingProxyType(
    {
        "state": JobState.UNCONFIRMED,
        "ended_at": None,
        "dismissed": False,
        "cancel_requested": False,
        "problem": None,
    }
)
LOOKS_APART, LOOKED_FOR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Lease:
    """A job and the workflow that drives it.

    Attributes:
        job_id, run: together the workflow's id.
        workspace: whose job it is; the share of the paid queue is counted by it.
        endpoint_id: what renders it.
        client: whose turn it takes where it is made here.
    """

    job_id: str
    run: int
    workspace: str
    endpoint_id: str
    client: str

    @property
    def workflow_id(self) -> str:
        """The engine's id of this workflow; it never runs twice."""
        return self.name(self.job_id, self.run)

    @staticmethod
    def name(job_id: str, run: int) -> str:
        """Return the engine's id of a job's workflow of this number."""
        return f"{job_id}-{run}"


class LeaseRepository:
    """Says which workflow may write to each job."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self) -> list[Lease]:
        """Return open jobs whose workflow is not enqueued yet, oldest first."""
        return self._leases(jobs.c.enqueued.is_(False), jobs.c.state.in_(OPEN))

    def under_way(self) -> list[Lease]:
        """Return open jobs whose workflow is enqueued, oldest first."""
        return self._leases(jobs.c.enqueued.is_(True), DRIVEN)

    def without_key(self) -> dict[Payer, list[str]]:
        """Return the jobs that wait for a key, by who pays for them."""
        query = select(*JOB_COLUMNS).where(jobs.c.state.in_(OPEN), jobs.c.waiting_for == "key")
        waiting: dict[Payer, list[str]] = {}
        with self._database.reading() as connection:
            for job in map(read_job, connection.execute(query)):
                waiting.setdefault(job.paid_by, []).append(job.id)
        return waiting

    def wake(self, job_ids: Sequence[str]) -> None:
        """Make jobs that waited for a key due again."""
        waiting = (jobs.c.id.in_(job_ids), jobs.c.state.in_(OPEN), jobs.c.waiting_for == "key")
        due = {"run": jobs.c.run + 1, "enqueued": False, "waiting_for": None}
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(*waiting).values(**due))

    def is_open(self, job_id: str) -> bool:
        """Whether the job exists and has not ended."""
        query = select(jobs.c.id).where(jobs.c.id == job_id, jobs.c.state.in_(OPEN))
        with self._database.reading() as connection:
            return connection.scalar(query) is not None

    def mark_enqueued(self, lease: Lease) -> None:
        """Record that the workflow is enqueued."""
        with self._database.writing() as connection:
            connection.execute(
                update(jobs)
                .where(jobs.c.id == lease.job_id, jobs.c.run == lease.run)
                .values(enqueued=True)
            )

    def replace(self, lease: Lease) -> bool:
        """Make the job due with the next run number if it is still open: its workflow no longer
        exists."""
        return self._next_run(lease.job_id, DRIVEN, jobs.c.run == lease.run)

    def look_for_lost(self) -> None:
        """Search for lost orders, once a minute for an hour: the provider may list them late. A
        search only ever adopts; it never sends."""
        now = datetime.now(UTC)
        lost = (
            jobs.c.state == JobState.UNCONFIRMED,
            jobs.c.enqueued.is_(True),
            jobs.c.send_allowed.is_(False),  # a person's order to send again is not disturbed
            jobs.c.waiting_for.is_(None),
            jobs.c.updated_at < now - LOOKS_APART,
            jobs.c.submitted_at > now - LOOKED_FOR,
        )
        due = {"run": jobs.c.run + 1, "enqueued": False, "updated_at": now}
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(*lost).values(**due))

    def reconcile(self, job_id: str) -> bool:
        """Request another search for the lost order. A job that ended before its order was found is
        unconfirmed again. Returns False if there is nothing to look for."""
        unconfirmed = jobs.c.state == JobState.UNCONFIRMED
        with self._database.writing() as connection:
            withdraw_resends(connection, jobs.c.id == job_id, unconfirmed)
            if _change_run(connection, job_id, unconfirmed, cancel_requested=False):
                return True
            opened = _change_run(connection, job_id, LOST_AND_ENDED, **_OPENED_AGAIN)
            if opened:
                add_events(connection, job_id, "state", [JobState.UNCONFIRMED.value])
            return opened

    def send_again(self, job: Job, permit: OrderPermit) -> bool:
        """A person orders to send again, once, knowing that it may charge twice; False where that
        was allowed already, or the order is not lost any more.

        Args:
            job: with the price of today, which becomes that of the stored job.
            permit: leave to spend so much.

        Raises:
            RenderRefused: it costs more than was agreed to, or a cap is in the way.
        """
        lost = (
            jobs.c.id == job.id,
            jobs.c.state == JobState.UNCONFIRMED,
            jobs.c.send_allowed.is_(False),
        )
        values = _next_values() | {"send_allowed": True, "cancel_requested": False}
        with self._database.writing() as connection:
            hold_orders(connection)
            permit.admit(connection, [CompositeJob(job)])
            changed = connection.execute(
                update(jobs).where(*lost).values(**values, waiting_for=None)
            )
            if changed.rowcount == 1:
                add_resend(connection, job, permit.counted_for)
        return changed.rowcount == 1

    def fetch_again(self, job_id: str) -> bool:
        """Request that the output of an ended job with a request id is fetched; nothing is rendered
        again."""
        ended = [
            state for state in JobState if state.ended and JobState.STORING in TRANSITIONS[state]
        ]
        return self._next_run(
            job_id,
            jobs.c.state.in_(ended),
            jobs.c.request_id.is_not(None),
            state=JobState.STORING,
            ended_at=None,
            dismissed=False,
            cancel_requested=False,
        )

    def write_heartbeat(self, executor_id: str) -> None:
        """Store the heartbeat of this process, by the database's clock."""
        seen = {"seen_at": func.now()}
        mine = executors.c.id == executor_id
        with self._database.writing() as connection:
            if connection.execute(update(executors).where(mine).values(**seen)).rowcount == 0:
                connection.execute(insert(executors).values(id=executor_id, **seen))

    def leave(self, executor_id: str) -> None:
        """Remove this process on an orderly shutdown, so that others need not wait for its
        silence."""
        with self._database.writing() as connection:
            connection.execute(
                update(executors)
                .where(executors.c.id == executor_id)
                .values(seen_at=datetime(2000, 1, 1, tzinfo=UTC))
            )

    def alive(self, within: timedelta) -> set[str]:
        """Return the processes that were heard of within so long, by the database's clock."""
        with self._database.reading() as connection:
            since = _database_time(connection) - within
            return set(
                connection.scalars(select(executors.c.id).where(executors.c.seen_at >= since))
            )

    def anybody_alive(self, within: timedelta) -> bool:
        """Whether some process was heard of within so long."""
        return bool(self.alive(within))

    def forget_silent(self, longer_than: timedelta) -> None:
        """Remove processes that were not heard of for so long."""
        with self._database.writing() as connection:
            since = _database_time(connection) - longer_than
            connection.execute(delete(executors).where(executors.c.seen_at < since))

    def _leases(self, *conditions: ColumnElement[bool]) -> list[Lease]:
        query = (
            select(jobs.c.id, jobs.c.run, jobs.c.workspace, jobs.c.endpoint_id, CLIENT)
            .join(workspaces, jobs.c.workspace == workspaces.c.id)
            .where(*conditions, jobs.c.waiting_for.is_(None))
            .order_by(jobs.c.created_at, jobs.c.id)
        )
        with self._database.reading() as connection:
            return [Lease(*row) for row in connection.execute(query)]

    def _next_run(self, job_id: str, *conditions: ColumnElement[bool], **values: object) -> bool:
        with self._database.writing() as connection:
            return _change_run(connection, job_id, *conditions, **values)


def _change_run(
    connection: Connection, job_id: str, *conditions: ColumnElement[bool], **values: object
) -> bool:
    here = (jobs.c.id == job_id, *conditions)
    due = {**_next_values(), "waiting_for": None, **values}
    return connection.execute(update(jobs).where(*here).values(**due)).rowcount == 1


def _database_time(connection: Connection) -> datetime:
    now: datetime = connection.execute(select(func.now())).scalar_one()
    return now


def _next_values() -> dict[str, Any]:
    return {"run": jobs.c.run + 1, "enqueued": False, "updated_at": datetime.now(UTC)}
