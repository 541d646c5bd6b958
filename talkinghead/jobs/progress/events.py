"""How events are added: numbered for each job from 1, without gaps."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from talkinghead.jobs.tables import events, jobs

LONGEST_LINE = 2000  # characters kept of a renderer's log line


def add_events(connection: Connection, job_id: str, kind: str, texts: Sequence[str]) -> None:
    """Numbered without gaps: the update of the job's row holds everybody else off until the
    commit."""
    last = connection.execute(
        update(jobs)
        .where(jobs.c.id == job_id)
        .values(last_event=jobs.c.last_event + len(texts))
        .returning(jobs.c.last_event)
    ).scalar_one()
    rows = event_rows(job_id, last - len(texts) + 1, [(kind, text) for text in texts])
    connection.execute(insert(events), rows)


def event_rows(job_id: str, first: int, told: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Rows numbered from `first`; told is kind and text of each."""
    at = datetime.now(UTC)
    return [
        {"job_id": job_id, "number": number, "at": at, "kind": kind, "text": _clean(text)}
        for number, (kind, text) in enumerate(told, first)
    ]


def _clean(line: str) -> str:
    """PostgreSQL keeps no NUL in text."""
    return line.replace("\x00", "")[:LONGEST_LINE]
