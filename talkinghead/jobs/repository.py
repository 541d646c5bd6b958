"""The jobs repository: read access to jobs and their events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Text, and_, cast, or_, select

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Job, JobEvent, JobState
from talkinghead.jobs.kinds import FREE_ENDPOINTS, KINDS, JobKind, awaited_jobs
from talkinghead.jobs.paying_keys import PayerSource
from talkinghead.jobs.tables import events, jobs

ENDED = tuple(state for state in JobState if state.ended)
OPEN = tuple(state for state in JobState if not state.ended)
JOB_FIELDS = tuple(field.name for field in fields(Job))
BOUGHT = jobs.c.endpoint_id.not_in(FREE_ENDPOINTS)
"""Jobs that may cost money: those that are not made here."""
NOT_EMPTIED = cast(jobs.c.arguments, Text) != "{}"
"""Jobs whose inputs were not erased."""
JOB_COLUMNS = tuple(jobs.c[name] for name in JOB_FIELDS)


@dataclass(frozen=True)
class Standing:
    """What the journal says to a running workflow of a job.

    Attributes:
        run: the workflow that may write.
        ended: the job has ended.
        cancel_requested: a person asked to stop it.
    """

    run: int
    ended: bool
    cancel_requested: bool


def of_kind(kind: JobKind) -> ColumnElement[bool]:
    """Return the condition for jobs of a kind made here: what is bought has no complete list."""
    assert not kind.paid  # noqa: S101
    return jobs.c.endpoint_id.in_(kind.endpoint_ids)


class JobRepository:
    """Read access to jobs and their events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def job(self, job_id: str, workspace: str | None = None) -> Job:
        """Return one job; with a workspace given, only if it belongs to it.

        Raises:
            NotFound: there is none.
        """
        with self._database.reading() as connection:
            return _one(connection, job_id, workspace)

    def jobs(self, workspace: str, *, open_only: bool = False, limit: int = 100) -> list[Job]:
        """Return a workspace's jobs, newest first, without dismissed ones and children."""
        shown = (jobs.c.dismissed.is_(False), jobs.c.parent.is_(None))
        query = (
            select(*JOB_COLUMNS)
            .where(jobs.c.workspace == workspace, *shown)
            .order_by(jobs.c.created_at.desc(), jobs.c.id.desc())
            .limit(limit)
        )
        if open_only:
            query = query.where(jobs.c.state.in_(OPEN))
        with self._database.reading() as connection:
            return [read_job(row) for row in connection.execute(query)]

    def open_jobs(self, workspace: str) -> list[Job]:
        """Return all open jobs of a workspace, also children and dismissed ones."""
        query = select(*JOB_COLUMNS).where(jobs.c.workspace == workspace, jobs.c.state.in_(OPEN))
        with self._database.reading() as connection:
            return [read_job(row) for row in connection.execute(query.order_by(jobs.c.created_at))]

    def children(self, parent: str) -> list[Job]:
        """Return the children of a job, by place; several at one place newest last."""
        query = select(*JOB_COLUMNS).where(jobs.c.parent == parent)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(jobs.c.place, jobs.c.created_at))
            return [read_job(row) for row in rows]

    def made_before(self, workspace: str, fingerprints: Iterable[str]) -> dict[str, Job]:
        """As the function `made_before`."""
        with self._database.reading() as connection:
            return made_before(connection, workspace, fingerprints)

    def awaited_by_others(self, job: Job) -> set[str]:
        """Return the ids of all jobs that other open orders of the workspace wait for."""
        composites = [each for kind in KINDS if kind.is_composite for each in kind.endpoint_ids]
        query = select(jobs.c.endpoint_id, jobs.c.arguments).where(
            jobs.c.workspace == job.workspace,
            jobs.c.id != job.id,
            jobs.c.endpoint_id.in_(composites),
            jobs.c.state.in_(OPEN),
            jobs.c.cancel_requested.is_(False),
        )
        with self._database.reading() as connection:
            return set().union(*(awaited_jobs(*row) for row in connection.execute(query)))

    def some(self, job_ids: Sequence[str]) -> list[Job]:
        """Return these jobs, in this order.

        Raises:
            NotFound: one of them is not there any more.
        """
        query = select(*JOB_COLUMNS).where(jobs.c.id.in_(job_ids))
        with self._database.reading() as connection:
            found = {job.id: job for job in map(read_job, connection.execute(query))}
        if missing := set(job_ids) - found.keys():
            raise NotFound(f"{len(missing)} of these renders are no longer available.")
        return [found[job_id] for job_id in job_ids]

    def latest(self, workspace: str, kind: JobKind, limit: int) -> list[Job]:
        """Return a workspace's jobs of one kind, newest first, including dismissed ones."""
        query = (
            select(*JOB_COLUMNS)
            .where(jobs.c.workspace == workspace, of_kind(kind))
            .order_by(jobs.c.created_at.desc(), jobs.c.id.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [read_job(row) for row in connection.execute(query)]

    def several(self, workspace: str, job_ids: Iterable[str]) -> dict[str, Job]:
        """Return a workspace's jobs of these ids, by id; unknown ones are missing."""
        query = select(*JOB_COLUMNS).where(
            jobs.c.workspace == workspace, jobs.c.id.in_(list(job_ids))
        )
        with self._database.reading() as connection:
            found = [read_job(row) for row in connection.execute(query)]
        return {job.id: job for job in found}

    def events(self, workspace: str, job_id: str, after: int = 0) -> list[JobEvent]:
        """Return the job's events numbered above `after`, in order.

        Raises:
            NotFound: the job is not this workspace's.
        """
        return self.look(workspace, job_id, after)[1]

    def look(self, workspace: str, job_id: str, after: int = 0) -> tuple[Job, list[JobEvent]]:
        """Return the job, and its events numbered above `after`, in order.

        Raises:
            NotFound: the job is not this workspace's.
        """
        following = (
            select(events.c.number, events.c.at, events.c.kind, events.c.text)
            .where(events.c.job_id == job_id, events.c.number > after)
            .order_by(events.c.number)
        )
        with self._database.reading() as connection:
            job = _one(connection, job_id, workspace)
            return job, [JobEvent(*row) for row in connection.execute(following)]

    def may_send_again(self, job_id: str) -> bool:
        """Whether a person let the unconfirmed order of a job be sent again."""
        query = select(jobs.c.send_allowed).where(jobs.c.id == job_id)
        with self._database.reading() as connection:
            return bool(connection.scalar(query))

    def sent(self, job_id: str) -> dict[str, Any] | None:
        """Return the arguments of the job's latest submission as sent, or None."""
        with self._database.reading() as connection:
            sent: dict[str, Any] | None = connection.scalar(
                select(jobs.c.sent).where(jobs.c.id == job_id)
            )
        return sent

    def lines(self, job_id: str) -> list[str]:
        """Return the renderer's stored log lines, in order."""
        of_job = select(events.c.text).where(events.c.job_id == job_id, events.c.kind == "log")
        with self._database.reading() as connection:
            return list(connection.scalars(of_job.order_by(events.c.number)))

    def changed_at(self, job_ids: Sequence[str]) -> dict[str, datetime]:
        """Return when each of these was changed last."""
        query = select(jobs.c.id, jobs.c.updated_at).where(jobs.c.id.in_(job_ids))
        with self._database.reading() as connection:
            return {row.id: row.updated_at for row in connection.execute(query)}

    def standing(self, job_ids: Iterable[str]) -> dict[str, Standing]:
        """Return what running workflows of these jobs need to know; erased jobs are missing."""
        query = select(jobs.c.id, jobs.c.run, jobs.c.state, jobs.c.cancel_requested)
        with self._database.reading() as connection:
            rows = connection.execute(query.where(jobs.c.id.in_(set(job_ids))))
            return {
                job_id: Standing(run, JobState(state).ended, cancel_requested)
                for job_id, run, state, cancel_requested in rows
            }


def made_before(
    connection: Connection, workspace: str, fingerprints: Iterable[str]
) -> dict[str, Job]:
    """Return jobs that made or make exactly this, by fingerprint; of several, a finished one, else
    the newest."""
    under_way = and_(jobs.c.state.in_(OPEN), jobs.c.cancel_requested.is_(False))
    query = select(*JOB_COLUMNS).where(
        jobs.c.workspace == workspace,
        jobs.c.fingerprint.in_(list(fingerprints)),
        or_(jobs.c.state == JobState.DONE, under_way),
    )
    rows = connection.execute(query.order_by(jobs.c.created_at, jobs.c.id))
    found = sorted(map(read_job, rows), key=lambda job: job.state is JobState.DONE)
    return {job.fingerprint: job for job in found if job.fingerprint}


def _one(connection: Connection, job_id: str, workspace: str | None) -> Job:
    query = select(*JOB_COLUMNS).where(jobs.c.id == job_id)
    if workspace is not None:
        query = query.where(jobs.c.workspace == workspace)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("Render not found.")
    return read_job(row)


def new_row(
    job: Job, *, account: str | None = None, counted_for: str | None = None
) -> dict[str, Any]:
    """Return the row of a new job, with its first event.

    Args:
        job: the job.
        account: the fingerprint of the key that pays, where one does.
        counted_for: whom it counts for, where that is not the workspace.
    """
    row = {name: getattr(job, name) for name in JOB_FIELDS}
    if job.waiting_for == "turn":  # that follows from its state
        row["waiting_for"] = None
    kept = {"account": job.account or account, "counted_for": counted_for, "last_event": 1}
    return {**row, **kept}


def payer_source(stored: str | None) -> PayerSource | None:
    """Return where a key comes from; a typed one was once stored as "own"."""
    if stored in ("session", "own"):
        return "session"
    return None if stored is None else "operator"


def read_job(row: Row[Any]) -> Job:
    """Return the job of a row with the columns `JOB_COLUMNS`."""
    values = dict(zip(JOB_FIELDS, row, strict=True))
    values["payer"] = payer_source(values["payer"])
    if values["state"] == JobState.WAITING and values["waiting_for"] is None:
        values["waiting_for"] = "turn"
    return Job(**{**values, "state": JobState(values["state"])})
