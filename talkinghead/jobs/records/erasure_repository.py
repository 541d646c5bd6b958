"""Queries for retention: what jobs refer to, and their deletion.

The functions work within the transaction in which everything that belongs together is forgotten.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, not_, or_, select, update

from talkinghead.jobs.job import JobState
from talkinghead.jobs.kinds import JobKind
from talkinghead.jobs.records.order_repository import ORDERED
from talkinghead.jobs.repository import ENDED, OPEN, of_kind
from talkinghead.jobs.tables import events, jobs

DELETED_TITLE = "Deleted"
EMPTIED: Mapping[str, Any] = MappingProxyType(
    {
        "arguments": {},
        "sent": None,
        "title": DELETED_TITLE,
        "problem": None,
        "problem_field": None,
        "video_id": None,
        "dismissed": True,
    }
)
"""A job of which only dates, numbers and dollars are left."""


@dataclass(frozen=True)
class Use:
    """The arguments of a job and its result.

    Attributes:
        arguments: its inputs, as JSON.
        is_open: it has not ended.
        video_id: its video, or None.
        ended_at: aware UTC, or None.
    """

    arguments: Mapping[str, Any]
    is_open: bool
    video_id: str | None
    ended_at: datetime | None


def count_open(connection: Connection, workspace: str) -> int:
    """Return the number of a workspace's open jobs."""
    mine = jobs.c.workspace == workspace, jobs.c.state.in_(OPEN)
    return connection.scalar(select(func.count()).select_from(jobs).where(*mine)) or 0


def erase_jobs(connection: Connection, workspace: str) -> None:
    """Delete a workspace's jobs; of paid ones the payment is kept."""
    mine = jobs.c.workspace == workspace
    _delete_events(connection, mine)
    connection.execute(delete(jobs).where(mine, not_(ORDERED)))
    connection.execute(update(jobs).where(mine).values(**EMPTIED))


def empty_jobs(connection: Connection, workspace: str, job_ids: Collection[str]) -> None:
    """Delete the arguments and words of these jobs if they have ended; the payment is kept."""
    ended = (jobs.c.workspace == workspace, jobs.c.id.in_(job_ids), jobs.c.state.in_(ENDED))
    _delete_events(connection, *ended)
    connection.execute(update(jobs).where(*ended).values(**EMPTIED))


def unfinished_arguments(connection: Connection, workspace: str) -> list[Mapping[str, Any]]:
    """Return the arguments of a workspace's jobs, except those that are done."""
    query = select(jobs.c.arguments).where(
        jobs.c.workspace == workspace, jobs.c.state != JobState.DONE
    )
    return list(connection.scalars(query))


def uses_of(connection: Connection, kind: JobKind) -> list[Use]:
    """Return all jobs of a kind, of every workspace."""
    query = select(jobs.c.arguments, jobs.c.state, jobs.c.video_id, jobs.c.ended_at)
    return [
        Use(arguments, not JobState(state).ended, video_id, ended_at)
        for arguments, state, video_id, ended_at in connection.execute(query.where(of_kind(kind)))
    ]


def arguments_of(connection: Connection, workspace: str, job_id: str) -> Mapping[str, Any]:
    """Return a job's arguments; empty if it is not this workspace's or was erased."""
    one = jobs.c.workspace == workspace, jobs.c.id == job_id
    return connection.scalar(select(jobs.c.arguments).where(*one)) or {}


def arguments_in_use(
    connection: Connection, workspace: str, kind: JobKind, job_ids: Collection[str]
) -> list[Mapping[str, Any]]:
    """Return the arguments of a workspace's jobs of a kind: the open ones, and these."""
    query = select(jobs.c.arguments).where(
        jobs.c.workspace == workspace,
        of_kind(kind),
        or_(jobs.c.id.in_(job_ids), jobs.c.state.in_(OPEN)),
    )
    return list(connection.scalars(query))


def makers_among(
    connection: Connection, workspace: str, fingerprints: Collection[str]
) -> list[str]:
    """Return the ids of a workspace's jobs that made, or make, one of these."""
    mine = jobs.c.workspace == workspace, jobs.c.fingerprint.in_(fingerprints)
    return list(connection.scalars(select(jobs.c.id).where(*mine)))


def _delete_events(connection: Connection, *of_jobs: ColumnElement[bool]) -> None:
    these = select(jobs.c.id).where(*of_jobs)
    connection.execute(delete(events).where(events.c.job_id.in_(these)))
