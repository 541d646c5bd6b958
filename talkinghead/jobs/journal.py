"""The journal: every job and its events, the record that protects money.

A state changes only by compare-and-set, along `TRANSITIONS`, in the same transaction as the event
that records it. Each job has a `run`: the number of the workflow that may write. A workflow that
was replaced (its process was silent for too long and another took over) finds its number outdated
and changes nothing any more.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, update
from sqlalchemy.exc import IntegrityError

from talkinghead.core.database import Database
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import TRANSITIONS, UNKNOWN_BILL, Bill, Job, JobState, Video
from talkinghead.jobs.permit import OrderPermit, PermitMissing
from talkinghead.jobs.records.progress_repository import (
    ProgressUpdate,
    add_events,
    event_rows,
    last_note,
    write_updates,
)
from talkinghead.jobs.records.request_repository import record_late
from talkinghead.jobs.records.resend_repository import remove_resend, withdraw_resends
from talkinghead.jobs.records.under_way_repository import admit_order, under_way
from talkinghead.jobs.repository import ENDED, OPEN, JobRepository, new_row
from talkinghead.jobs.tables import events, jobs

Also = Callable[[Connection], None]
"""Writes more into a transaction of the journal's, or ends it by raising; may be called again after
one that failed."""
VideoWriter = Callable[[Connection, Video], None]
"""Puts a finished video on record, once, within a transaction."""


class RequestTaken(Exception):
    """The provider's request id belongs to another job already."""


def _no_gallery(connection: Connection, video: Video) -> None:
    raise NotImplementedError("This journal has no way to record a video.")


class Journal(JobRepository):
    """Write access to jobs and their events.

    Args:
        database: the database.
        write_video: needed where jobs are finished.
    """

    def __init__(self, database: Database, write_video: VideoWriter = _no_gallery) -> None:
        super().__init__(database)
        self._write_video = write_video

    def add(self, job: Job, permit: OrderPermit | None = None) -> None:
        """Write down a new job, waiting; as `add_composites`."""
        self.add_composites([CompositeJob(job)], permit)

    def add_composites(
        self,
        composites: Sequence[CompositeJob],
        permit: OrderPermit | None = None,
        also: Also | None = None,
    ) -> None:
        """Write down several new jobs, each with all that it is made of, or nothing at all.

        Args:
            composites: what is ordered together.
            permit: needed where any of it costs money; checked in the same transaction.
            also: writes what belongs to them, or refuses all by raising.

        Raises:
            PermitMissing: some of it costs money, and there is no permit.
            AlreadyUnderWay, PlanOutdated, RenderRefused: as in `admit_order`.
        """
        ordered = [job for composite in composites for job in composite.jobs]
        if permit is None and any(job.kind.paid for job in ordered):
            raise PermitMissing
        new_events = [
            row for job in ordered for row in event_rows(job.id, 1, [("state", job.state)])
        ]
        with self._database.writing() as connection:
            if permit is not None:
                admit_order(connection, permit, composites)
            if also is not None:
                also(connection)
            connection.execute(insert(jobs), [_row(job, permit) for job in ordered])
            connection.execute(insert(events), new_events)

    def under_way(self, composites: Sequence[CompositeJob]) -> list[Job]:
        """The open jobs that make exactly this, one for each, or none."""
        with self._database.reading() as connection:
            return under_way(connection, composites)

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
        """Change a job's state if its current state allows it; True for the caller that changed
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
            if orders_less:
                remove_resend(connection, job_id)
            if to.ended:
                withdraw_resends(connection, jobs.c.id == job_id)
            add_events(connection, job_id, "state", [to.value])
            if note:
                add_events(connection, job_id, "note", [note])
        return True

    def wait_for_key(self, job_id: str, run: int, why: str) -> None:
        """Mark the job as waiting for a key; the state of a submitted job is kept. The reason is
        noted unless it is the latest note already."""
        with self._database.reading() as connection:
            note = None if last_note(connection, job_id) == why else why
        if self.change(
            job_id,
            JobState.WAITING,
            run=run,
            before=[JobState.PREPARING],
            note=note,
            waiting_for="key",
        ):
            return
        here = (jobs.c.id == job_id, jobs.c.run == run, jobs.c.state.in_(OPEN))
        with self._database.writing() as connection:
            marked = update(jobs).where(*here).values(waiting_for="key", updated_at=_now())
            if connection.execute(marked).rowcount and note:
                add_events(connection, job_id, "note", [note])

    def note_once(self, job_id: str, text: str) -> None:
        """Add a note, unless it repeats the last one."""
        with self._database.writing() as connection:
            if last_note(connection, job_id) != text:
                add_events(connection, job_id, "note", [text])

    def note(self, job_id: str, text: str) -> None:
        """Add a note to the job's events."""
        with self._database.writing() as connection:
            add_events(connection, job_id, "note", [text])

    def forbid_sending(self, job_id: str, why: str) -> None:
        """Withdraw the permission to send an unconfirmed order again."""
        with self._database.writing() as connection:
            withdraw_resends(connection, jobs.c.id == job_id)
            add_events(connection, job_id, "note", [why])

    def record_request(self, job_id: str, request_id: str) -> bool:
        """Store the provider's request id of a job in any state: it may be paid.

        Returns True when the job is in the provider's queue now.

        Raises:
            RequestTaken: it is another job's.
        """
        try:
            return self._record_request(job_id, request_id)
        except IntegrityError as error:
            raise RequestTaken from error

    def _record_request(self, job_id: str, request_id: str) -> bool:
        ordered = (JobState.SUBMITTING, JobState.UNCONFIRMED)
        if self.change(
            job_id, JobState.QUEUED, before=ordered, request_id=request_id, problem=None
        ):
            return True
        with self._database.writing() as connection:
            return record_late(connection, job_id, request_id)

    def record_updates(self, batch: Sequence[ProgressUpdate]) -> None:
        """Store the progress of many jobs in one transaction."""
        with self._database.writing() as connection:
            write_updates(connection, batch)

    def finish(
        self,
        job_id: str,
        run: int,
        video: Video | None,
        bill: Bill = UNKNOWN_BILL,
        *,
        charged: bool = False,
        also: Also | None = None,
    ) -> bool:
        """Store the result and end its job, in one transaction.

        Args:
            job_id, run: the job, and the workflow that may write.
            video: for the gallery; None where something else was made.
            bill: by what the provider reported.
            charged: it was paid for.
            also: writes what else was made, in the same transaction.
        """
        with self._database.writing() as connection:
            ended = connection.execute(
                update(jobs)
                .where(jobs.c.id == job_id, jobs.c.run == run, jobs.c.state == JobState.STORING)
                .values(
                    **_state_values(JobState.DONE),
                    video_id=video.id if video else None,
                    billed=bill.dollars,
                    unusable_units=bill.unusable_units,
                    charged=charged,
                    fraction=1.0,
                    seconds_left=None,
                    problem=None,
                    problem_field=None,
                )
            )
            if ended.rowcount == 0:
                return False
            if video is not None:
                self._write_video(connection, video)
            if also is not None:
                also(connection)
            add_events(connection, job_id, "state", [JobState.DONE.value])
        return True

    def request_cancel(self, job_id: str) -> None:
        """Record a cancellation request; the workflow that drives the job polls for it."""
        with self._database.writing() as connection:
            connection.execute(
                update(jobs)
                .where(jobs.c.id == job_id, jobs.c.state.in_(OPEN))
                .values(cancel_requested=True, updated_at=_now())
            )

    def dismiss(self, job_id: str) -> None:
        """Hide an ended job from the list; its record is kept."""
        with self._database.writing() as connection:
            connection.execute(
                update(jobs)
                .where(jobs.c.id == job_id, jobs.c.state.in_(ENDED))
                .values(dismissed=True)
            )


def _row(job: Job, permit: OrderPermit | None) -> dict[str, Any]:
    if permit is None or not job.kind.paid:
        return new_row(job)
    return new_row(job, account=permit.account, counted_for=permit.counted_for)


def _state_values(to: JobState) -> dict[str, Any]:
    now = _now()
    values: dict[str, Any] = {"state": to, "updated_at": now, "ended_at": now if to.ended else None}
    values["waiting_for"] = None
    if to is JobState.SUBMITTING:
        values |= {"submitted_at": now, "orders": jobs.c.orders + 1}
    if to is JobState.PREPARING:
        values["started_at"] = func.coalesce(jobs.c.started_at, now)
    return values


def _now() -> datetime:
    return datetime.now(UTC)
