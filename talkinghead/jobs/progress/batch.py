"""News of many jobs at once, written in four statements however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from talkinghead.jobs.job import JobState
from talkinghead.jobs.progress.events import event_rows
from talkinghead.jobs.tables import events, jobs

_MOVING = (JobState.QUEUED, JobState.RENDERING)
_NEWS = (
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
class News:
    """What a renderer said about one job since it was last written down.

    Attributes:
        job_id, run: whose news, and from which workflow.
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


def write_news(connection: Connection, batch: Sequence[News]) -> None:
    """Bring the jobs up to date and add their lines; jobs that were moved meanwhile stay as they
    are."""
    standing = _standing(connection, batch)
    current = [news for news in batch if (news.job_id, news.run) in standing]
    rows, changes = [], []
    for news in current:
        state, last = standing[news.job_id, news.run]
        told = [("state", news.state.value)] if state != news.state else []
        told += [("log", line) for line in news.lines]
        told += [("note", note) for note in news.notes]
        rows += event_rows(news.job_id, last + 1, told)
        changes.append(_changes(news, last + len(told)))
    if changes:
        connection.execute(_NEWS, changes)
    if rows:
        connection.execute(insert(events), rows)


def _standing(
    connection: Connection, batch: Sequence[News]
) -> dict[tuple[str, int], tuple[str, int]]:
    """State and last event of each job that is under way, by id and run; held until the commit."""
    rows = connection.execute(
        select(jobs.c.id, jobs.c.run, jobs.c.state, jobs.c.last_event)
        .where(jobs.c.id.in_([news.job_id for news in batch]), jobs.c.state.in_(_MOVING))
        .order_by(jobs.c.id)  # always the same order, so that two writers cannot block each other
        .with_for_update()
    )
    return {(job_id, run): (state, last) for job_id, run, state, last in rows}


def _changes(news: News, last_event: int) -> dict[str, Any]:
    return {
        "job_id": news.job_id,
        "new_state": news.state,
        "new_fraction": news.fraction,
        "new_seconds_left": news.seconds_left,
        "new_queue_position": news.queue_position,
        "new_last_event": last_event,
        "new_updated_at": datetime.now(UTC),
    }
