"""What happened to every job: the record that guards the money.

A state changes only by compare-and-set, along `TRANSITIONS`, in the same transaction as the event
that tells of it. Each job has a `run`: the number of the workflow that may write. A workflow that
was replaced (its process was silent for too long and another took over) finds its number outdated
and changes nothing any more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from talkinghead.errors import NotFound
from talkinghead.jobs.database import Database
from talkinghead.jobs.event_log import add_events, event_rows
from talkinghead.jobs.job import TRANSITIONS, Job, JobEvent, JobState, Video
from talkinghead.jobs.news import News, write_news
from talkinghead.jobs.tables import events, jobs, videos
from talkinghead.jobs.videos import video_row

Admission = Callable[[Connection], None]
"""Refuses a new job by raising, inside the transaction that writes it down."""
ENDED = tuple(state for state in JobState if state.ended)
OPEN = tuple(state for state in JobState if not state.ended)
_JOB_FIELDS = tuple(field.name for field in fields(Job))
_JOB_COLUMNS = tuple(jobs.c[name] for name in _JOB_FIELDS)


class Journal:
    """Jobs and their events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: Job, admit: Admission | None = None) -> None:
        """Write down a new job, waiting.

        Args:
            job: the job.
            admit: refuses it by raising.
        """
        row = {name: getattr(job, name) for name in _JOB_FIELDS}
        if job.waiting_for == "turn":  # that follows from its state
            row["waiting_for"] = None
        with self._database.writing() as connection:
            if admit is not None:
                admit(connection)
            connection.execute(insert(jobs).values(**row, last_event=1))
            first = event_rows(job.id, 1, [("state", job.state.value)])
            connection.execute(insert(events), first)

    def job(self, job_id: str, workspace: str | None = None) -> Job:
        """One job; with a workspace, only if it is that one's.

        Raises:
            NotFound: there is none.
        """
        query = select(*_JOB_COLUMNS).where(jobs.c.id == job_id)
        if workspace is not None:
            query = query.where(jobs.c.workspace == workspace)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such job here.")
        return _job(row)

    def jobs(self, workspace: str, *, open_only: bool = False, limit: int = 100) -> list[Job]:
        """A workspace's jobs, newest first, without the dismissed ones."""
        query = (
            select(*_JOB_COLUMNS)
            .where(jobs.c.workspace == workspace, jobs.c.dismissed.is_(False))
            .order_by(jobs.c.created_at.desc(), jobs.c.id.desc())
            .limit(limit)
        )
        if open_only:
            query = query.where(jobs.c.state.in_(OPEN))
        with self._database.reading() as connection:
            return [_job(row) for row in connection.execute(query)]

    def events(self, workspace: str, job_id: str, after: int = 0) -> list[JobEvent]:
        """The job's events numbered above `after`, in order.

        Raises:
            NotFound: the job is not this workspace's.
        """
        with self._database.reading() as connection:
            owner = connection.scalar(select(jobs.c.workspace).where(jobs.c.id == job_id))
            if owner != workspace:
                raise NotFound("There is no such job here.")
            rows = connection.execute(
                select(events.c.number, events.c.at, events.c.kind, events.c.text)
                .where(events.c.job_id == job_id, events.c.number > after)
                .order_by(events.c.number)
            )
            return [JobEvent(*row) for row in rows]

    def change(
        self,
        job_id: str,
        to: JobState,
        *,
        run: int | None = None,
        before: Iterable[JobState] | None = None,
        note: str | None = None,
        uncancelled: bool = False,
        send_allowed: bool | None = None,
        orders_less: int = 0,
        **values: Any,
    ) -> bool:
        """Move a job to another state if it stands where that is legal; whoever gets True has moved
        it.

        Args:
            job_id: the job.
            to: the new state.
            run: only if this workflow is still the one that writes.
            before: only from these states; else from all that may become `to`.
            note: a sentence to add to the events.
            uncancelled: only if nobody has asked to stop it.
            send_allowed: only if the permission to send again is this; it is used up.
            orders_less: so many orders did not leave after all.
            values: other columns to set at the same time.
        """
        legal = {state for state in JobState if to in TRANSITIONS[state]}
        origin = legal if before is None else legal & set(before)
        conditions = [jobs.c.id == job_id, jobs.c.state.in_(origin)]
        if run is not None:
            conditions.append(jobs.c.run == run)
        if uncancelled:
            conditions.append(jobs.c.cancel_requested.is_(False))
        if send_allowed is not None:
            conditions.append(jobs.c.send_allowed.is_(send_allowed))
            values["send_allowed"] = False
        if orders_less:
            values["orders"] = jobs.c.orders - orders_less
        with self._database.writing() as connection:
            changed = connection.execute(
                update(jobs).where(*conditions).values(**{**_state_values(to), **values})
            )
            if changed.rowcount == 0:
                return False
            add_events(connection, job_id, "state", [to.value])
            if note:
                add_events(connection, job_id, "note", [note])
        return True

    def wait_for_key(self, job_id: str, run: int, why: str) -> None:
        """Nothing can go on before there is a key; what was ordered already keeps its state."""
        if self.change(
            job_id,
            JobState.WAITING,
            run=run,
            before=[JobState.PREPARING],
            note=why,
            waiting_for="key",
        ):
            return
        here = (jobs.c.id == job_id, jobs.c.run == run, jobs.c.state.in_(OPEN))
        with self._database.writing() as connection:
            marked = update(jobs).where(*here).values(waiting_for="key", updated_at=_now())
            if connection.execute(marked).rowcount:
                add_events(connection, job_id, "note", [why])

    def sent(self, job_id: str) -> dict[str, Any] | None:
        """The arguments of the job's latest order as they left, or None before the first."""
        with self._database.reading() as connection:
            sent: dict[str, Any] | None = connection.scalar(
                select(jobs.c.sent).where(jobs.c.id == job_id)
            )
        return sent

    def lines(self, job_id: str) -> list[str]:
        """The renderer's log lines on record, in order."""
        of_job = select(events.c.text).where(events.c.job_id == job_id, events.c.kind == "log")
        with self._database.reading() as connection:
            return list(connection.scalars(of_job.order_by(events.c.number)))

    def note(self, job_id: str, text: str) -> None:
        """Add a sentence of ours to the job's events."""
        with self._database.writing() as connection:
            add_events(connection, job_id, "note", [text])

    def record_request(self, job_id: str, request_id: str) -> bool:
        """Write down the provider's id for a job, whatever else has happened meanwhile: it may be
        paid.

        Returns True when the job stands in the provider's queue now.
        """
        ordered = (JobState.SUBMITTING, JobState.UNCONFIRMED)
        if self.change(
            job_id, JobState.QUEUED, before=ordered, request_id=request_id, problem=None
        ):
            return True
        with self._database.writing() as connection:
            first = connection.execute(
                update(jobs)
                .where(jobs.c.id == job_id, jobs.c.request_id.is_(None))
                .values(request_id=request_id, charged=None, updated_at=_now())
            )
            if first.rowcount == 0:
                another = f"Another order for this video was accepted too: {request_id}."
                add_events(connection, job_id, "note", [another])
        return False

    def record_news(self, batch: Sequence[News]) -> None:
        """Write down the news of many jobs in one transaction."""
        with self._database.writing() as connection:
            write_news(connection, batch)

    def finish(self, job_id: str, run: int, video: Video, billed: Decimal | None = None) -> bool:
        """The video is in the store: put it into the gallery and end its job, both or neither."""
        with self._database.writing() as connection:
            ended = connection.execute(
                update(jobs)
                .where(jobs.c.id == job_id, jobs.c.run == run, jobs.c.state == JobState.STORING)
                .values(
                    **_state_values(JobState.DONE),
                    video_id=video.id,
                    billed=billed,
                    charged=video.endpoint_id != "draft",
                    fraction=1.0,
                    seconds_left=None,
                    problem=None,
                    problem_field=None,
                )
            )
            if ended.rowcount == 0:
                return False
            if connection.scalar(select(videos.c.id).where(videos.c.id == video.id)) is None:
                connection.execute(insert(videos).values(**video_row(video)))
            add_events(connection, job_id, "state", [JobState.DONE.value])
        return True

    def request_cancel(self, job_id: str) -> None:
        """A person asks to stop this job; the workflow that drives it looks for that."""
        with self._database.writing() as connection:
            connection.execute(
                update(jobs)
                .where(jobs.c.id == job_id, jobs.c.state.in_(OPEN))
                .values(cancel_requested=True, updated_at=_now())
            )

    def cancel_requested(self, job_ids: Iterable[str]) -> set[str]:
        """Which of these a person has asked to stop."""
        query = select(jobs.c.id).where(jobs.c.id.in_(job_ids), jobs.c.cancel_requested.is_(True))
        with self._database.reading() as connection:
            return set(connection.scalars(query))

    def dismiss(self, job_id: str) -> None:
        """Take an ended job off the list; its record stays."""
        with self._database.writing() as connection:
            connection.execute(
                update(jobs)
                .where(jobs.c.id == job_id, jobs.c.state.in_(ENDED))
                .values(dismissed=True)
            )

    def standing_before(self, job: Job, endpoint_id: str | None) -> int:
        """How many open jobs were ordered before this one: of everybody's on `endpoint_id`, or
        where that is None of the same workspace's on other endpoints than the draft's."""
        earlier = or_(
            jobs.c.created_at < job.created_at,
            and_(jobs.c.created_at == job.created_at, jobs.c.id < job.id),
        )
        query = select(func.count()).where(
            jobs.c.state.in_(OPEN), jobs.c.state != JobState.UNCONFIRMED, earlier
        )
        if endpoint_id is not None:
            query = query.where(jobs.c.endpoint_id == endpoint_id)
        else:
            query = query.where(jobs.c.workspace == job.workspace, jobs.c.endpoint_id != "draft")
        with self._database.reading() as connection:
            return connection.scalar(query) or 0


def _state_values(to: JobState) -> dict[str, Any]:
    now = _now()
    values: dict[str, Any] = {"state": to, "updated_at": now, "ended_at": now if to.ended else None}
    values["waiting_for"] = None
    if to is JobState.SUBMITTING:
        values |= {"submitted_at": now, "orders": jobs.c.orders + 1}
    if to is JobState.PREPARING:
        values["started_at"] = func.coalesce(jobs.c.started_at, now)
    return values


def _job(row: Row[Any]) -> Job:
    values = dict(zip(_JOB_FIELDS, row, strict=True))
    if values["state"] == JobState.WAITING and values["waiting_for"] is None:
        values["waiting_for"] = "turn"
    return Job(**{**values, "state": JobState(values["state"])})


def _now() -> datetime:
    return datetime.now(UTC)
