"""Queries for retention: the deletion of jobs, and of what says whose they were.

The functions work within the transaction in which everything that belongs together is forgotten.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, delete, func, not_, select, update

from talkinghead.core.workspace_repository import ensure_no_workspace
from talkinghead.jobs.records.give_up_repository import given_up
from talkinghead.jobs.records.order_repository import ORDERED, erased_mark
from talkinghead.jobs.records.resend_repository import withdraw_resends
from talkinghead.jobs.repository import ENDED, OPEN
from talkinghead.jobs.tables import events, jobs, resends

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
    """Delete a workspace's jobs, open ones too. Of paid ones the payment is kept, which belongs to
    no workspace any more; until the day is over it counts for the person who ordered it."""
    mine = jobs.c.workspace == workspace
    withdraw_resends(connection, mine)
    connection.execute(update(jobs).where(mine, jobs.c.state.in_(OPEN)).values(**given_up()))
    _delete_events(connection, mine)
    connection.execute(delete(jobs).where(mine, not_(ORDERED)))
    _detach_resends(connection, workspace)
    nowhere = ensure_no_workspace(connection)
    connection.execute(
        update(jobs).where(mine).values(workspace=nowhere, **EMPTIED, **_detached(workspace))
    )


def _detach_resends(connection: Connection, workspace: str) -> None:
    mine = resends.c.job_id.in_(select(jobs.c.id).where(jobs.c.workspace == workspace))
    marked = func.coalesce(resends.c.counted_for, erased_mark(workspace))
    counted_for = case((resends.c.at >= _today(), marked))
    connection.execute(update(resends).where(mine).values(counted_for=counted_for))


def _detached(workspace: str) -> Mapping[str, Any]:
    """Return the values of a job that says neither whose it was nor what it was a part of."""
    marked = func.coalesce(jobs.c.counted_for, erased_mark(workspace))
    return {
        "ordered_by": None,
        "account": case((jobs.c.payer == "operator", jobs.c.account)),
        "counted_for": case((jobs.c.created_at >= _today(), marked)),
        "parent": None,
        "place": None,
        "comparison": None,
        "fingerprint": None,
    }


def forget_clients(connection: Connection) -> None:
    """Delete from whom orders came, where the day is over that they counted on."""
    for table, moment in ((jobs, jobs.c.created_at), (resends, resends.c.at)):
        over = (table.c.counted_for.is_not(None), moment < _today())
        connection.execute(update(table).where(*over).values(counted_for=None))


def empty_jobs(connection: Connection, workspace: str, job_ids: Collection[str]) -> None:
    """Delete the arguments and words of these jobs if they have ended; the payment is kept."""
    ended = (jobs.c.workspace == workspace, jobs.c.id.in_(job_ids), jobs.c.state.in_(ENDED))
    _delete_events(connection, *ended)
    connection.execute(update(jobs).where(*ended).values(**EMPTIED))


def delete_some_jobs(connection: Connection, workspace: str, job_ids: Collection[str]) -> None:
    """Delete these jobs if they have ended, with their words; of paid ones the payment is kept."""
    ended = (jobs.c.workspace == workspace, jobs.c.id.in_(job_ids), jobs.c.state.in_(ENDED))
    _delete_events(connection, *ended)
    connection.execute(delete(jobs).where(*ended, not_(ORDERED)))
    left_of_it = {**EMPTIED, "parent": None, "place": None, "comparison": None}
    connection.execute(update(jobs).where(*ended).values(**left_of_it, fingerprint=None))


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


def _today() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
