"""Writes progress and events of jobs.

That of many jobs at once takes four statements however many there are. Events are numbered for each
job from 1; of a long log the middle is deleted again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from talkinghead.jobs.job import JobState
from talkinghead.jobs.renderer import FIRST_LINES, NEWEST_LINES
from talkinghead.jobs.tables import events, jobs

LONGEST_LINE = 2000  # characters kept of a renderer's log line
LINES_LEFT_OUT = "… Some lines are left out here. …"
_SHORTENED_AT = FIRST_LINES + NEWEST_LINES + 200  # not with every line
_MOVING = (JobState.QUEUED, JobState.RENDERING)
_UPDATE = (
    update(jobs)
    .where(jobs.c.id == bindparam("job_id"))
    .values(
        state=bindparam("new_state"),
        fraction=bindparam("new_fraction"),
        seconds_left=bindparam("new_seconds_left"),
        queue_position=bindparam("new_queue_position"),
        last_event=bindparam("new_last_event"),
        updated_at=bindparam("new_updated_at"),
    )
)


@dataclass(frozen=True)
class ProgressUpdate:
    """The progress that a renderer reported about one job since the last write.

    Attributes:
        job_id, run: whose progress, and from which workflow.
        state: QUEUED or RENDERING.
        fraction, seconds_left, queue_position: the newest, or None.
        lines: new log lines, oldest first.
        notes: our own remarks.
    """

    job_id: str
    run: int
    state: JobState
    fraction: float | None
    seconds_left: float | None
    queue_position: int | None
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def last_note(connection: Connection, job_id: str) -> str | None:
    """Return the latest note on a job, or None."""
    notes = select(events.c.text).where(events.c.job_id == job_id, events.c.kind == "note")
    return connection.scalar(notes.order_by(events.c.number.desc()).limit(1))


def write_updates(connection: Connection, batch: Sequence[ProgressUpdate]) -> None:
    """Update the jobs and add their lines; jobs whose state changed meanwhile are skipped."""
    standing = _standing(connection, batch)
    current = [each for each in batch if (each.job_id, each.run) in standing]
    rows, changes = [], []
    for each in current:
        state, last = standing[each.job_id, each.run]
        new_events = [("state", each.state.value)] if state != each.state else []
        new_events += [("log", line) for line in each.lines]
        new_events += [("note", note) for note in each.notes]
        rows += event_rows(each.job_id, last + 1, new_events)
        changes.append(_changes(each, last + len(new_events)))
    if changes:
        connection.execute(_UPDATE, changes)
    if rows:
        connection.execute(insert(events), rows)
    for change in changes:
        if change["new_last_event"] > _SHORTENED_AT:
            _shorten_log(connection, change["job_id"])


def _shorten_log(connection: Connection, job_id: str) -> None:
    """Delete the middle of a log that is too long; one line says so."""
    logged = (events.c.job_id == job_id, events.c.kind == "log")
    query = select(events.c.number).where(*logged).order_by(events.c.number)
    numbers = connection.scalars(query).all()
    if len(numbers) <= _SHORTENED_AT:
        return
    gap, rest = numbers[FIRST_LINES], numbers[-NEWEST_LINES]
    middle = (events.c.number > gap, events.c.number < rest)
    connection.execute(delete(events).where(*logged, *middle))
    here = (events.c.job_id == job_id, events.c.number == gap)
    connection.execute(update(events).where(*here).values(text=LINES_LEFT_OUT))


def _standing(
    connection: Connection, batch: Sequence[ProgressUpdate]
) -> dict[tuple[str, int], tuple[str, int]]:
    """Return state and last event of each running job, by id and run; the rows stay locked until
    the commit."""
    rows = connection.execute(
        select(jobs.c.id, jobs.c.run, jobs.c.state, jobs.c.last_event)
        .where(jobs.c.id.in_([each.job_id for each in batch]), jobs.c.state.in_(_MOVING))
        .order_by(jobs.c.id)  # always the same order, so that two writers cannot block each other
        .with_for_update()
    )
    return {(job_id, run): (state, last) for job_id, run, state, last in rows}


def _changes(progress: ProgressUpdate, last_event: int) -> dict[str, Any]:
    return {
        "job_id": progress.job_id,
        "new_state": progress.state,
        "new_fraction": progress.fraction,
        "new_seconds_left": progress.seconds_left,
        "new_queue_position": progress.queue_position,
        "new_last_event": last_event,
        "new_updated_at": datetime.now(UTC),
    }


def add_events(connection: Connection, job_id: str, kind: str, texts: Sequence[str]) -> None:
    """Add events with the next numbers: the update of the job's row is a lock until the commit."""
    last = connection.execute(
        update(jobs)
        .where(jobs.c.id == job_id)
        .values(last_event=jobs.c.last_event + len(texts))
        .returning(jobs.c.last_event)
    ).scalar_one()
    rows = event_rows(job_id, last - len(texts) + 1, [(kind, text) for text in texts])
    connection.execute(insert(events), rows)


def event_rows(
    job_id: str, first: int, new_events: Sequence[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Return rows numbered from `first`; new_events are kind and text of each."""
    at = datetime.now(UTC)
    return [
        {"job_id": job_id, "number": number, "at": at, "kind": kind, "text": _clean(text)}
        for number, (kind, text) in enumerate(new_events, first)
    ]


def _clean(line: str) -> str:
    """Remove NUL, which PostgreSQL does not allow in text."""
    return line.replace("\x00", "")[:LONGEST_LINE]
