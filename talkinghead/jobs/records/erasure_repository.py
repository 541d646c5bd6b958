"""Queries for retention: what jobs refer to, and their deletion.

The functions work within the transaction in which everything that belongs together is forgotten.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, not_, select, update

from talkinghead.jobs.records.give_up_repository import given_up
from talkinghead.jobs.records.order_repository import ORDERED, withdraw_resends
from talkinghead.jobs.repository import ENDED, OPEN
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


def erase_jobs(connection: Connection, workspace: str) -> None:
    """Delete a workspace's jobs, open ones too; of paid ones the payment is kept."""
    mine = jobs.c.workspace == workspace
    withdraw_resends(connection, mine)
    connection.execute(update(jobs).where(mine, jobs.c.state.in_(OPEN)).values(**given_up()))
    _delete_events(connection, mine)
    connection.execute(delete(jobs).where(mine, not_(ORDERED)))
    connection.execute(update(jobs).where(mine).values(**EMPTIED))


def empty_jobs(connection: Connection, workspace: str, job_ids: Collection[str]) -> None:
    """Delete the arguments and words of these jobs if they have ended; the payment is kept."""
    ended = (jobs.c.workspace == workspace, jobs.c.id.in_(job_ids), jobs.c.state.in_(ENDED))
    _delete_events(connection, *ended)
    connection.execute(update(jobs).where(*ended).values(**EMPTIED))


def arguments_of(connection: Connection, workspace: str, job_id: str) -> Mapping[str, Any]:
    """Return a job's arguments; empty if it is not this workspace's or was erased."""
    one = jobs.c.workspace == workspace, jobs.c.id == job_id
    return connection.scalar(select(jobs.c.arguments).where(*one)) or {}


def makers_among(
    connection: Connection, workspace: str, fingerprints: Collection[str]
) -> list[str]:
    """Return the ids of a workspace's jobs that made, or make, one of these."""
    mine = jobs.c.workspace == workspace, jobs.c.fingerprint.in_(fingerprints)
    return list(connection.scalars(select(jobs.c.id).where(*mine)))


def _delete_events(connection: Connection, *of_jobs: ColumnElement[bool]) -> None:
    these = select(jobs.c.id).where(*of_jobs)
    connection.execute(delete(events).where(events.c.job_id.in_(these)))
