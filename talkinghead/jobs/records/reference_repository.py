"""Queries for retention: what jobs refer to.

The functions work within a transaction that excludes other purges.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select, update

from talkinghead.jobs.job import JobState
from talkinghead.jobs.repository import ENDED, OPEN
from talkinghead.jobs.tables import TO_INDEX, jobs


@dataclass(frozen=True)
class EndedJob:
    """A job that has ended, and what it refers to.

    Attributes:
        workspace, id: which.
        arguments: its inputs, as JSON.
        is_done: it has a result, which refers to the inputs itself.
    """

    workspace: str
    id: str
    arguments: Mapping[str, Any]
    is_done: bool


def jobs_to_index(connection: Connection, limit: int) -> list[EndedJob]:
    """Return ended jobs that are not in the reference index yet, and mark them as indexed."""
    query = select(jobs.c.workspace, jobs.c.id, jobs.c.arguments, jobs.c.state)
    rows = connection.execute(query.where(TO_INDEX, jobs.c.state.in_(ENDED)).limit(limit)).all()
    found = [
        EndedJob(row.workspace, row.id, row.arguments, row.state == JobState.DONE) for row in rows
    ]
    ids = [each.id for each in found]
    connection.execute(update(jobs).where(jobs.c.id.in_(ids)).values(indexed=True))
    return found


def open_arguments(connection: Connection, workspace: str | None = None) -> list[Mapping[str, Any]]:
    """Return the arguments of the open jobs of a workspace, or of all workspaces."""
    query = select(jobs.c.arguments).where(jobs.c.state.in_(OPEN))
    if workspace is not None:
        query = query.where(jobs.c.workspace == workspace)
    return list(connection.scalars(query))


def without_result(connection: Connection, job_ids: Collection[str]) -> set[str]:
    """Return those of these jobs that may be tried again with their inputs: not done, not open."""
    ended = jobs.c.state.in_((JobState.FAILED, JobState.CANCELLED))
    return set(connection.scalars(select(jobs.c.id).where(jobs.c.id.in_(job_ids), ended)))


def videos_of(connection: Connection, job_ids: Collection[str]) -> dict[str, str]:
    """Return the id of the video of each of these jobs that has one."""
    made = and_(jobs.c.id.in_(job_ids), jobs.c.video_id.is_not(None))
    rows = connection.execute(select(jobs.c.id, jobs.c.video_id).where(made))
    return {row.id: row.video_id for row in rows}


def ended_without_video(
    connection: Connection, job_ids: Collection[str], since: datetime
) -> set[str]:
    """Return those of these jobs that ended after a moment and made no video."""
    none = (jobs.c.id.in_(job_ids), jobs.c.video_id.is_(None), jobs.c.ended_at > since)
    return set(connection.scalars(select(jobs.c.id).where(*none)))


@dataclass(frozen=True)
class JobOfWorkspace:
    """A job, as far as erasure of a part of a workspace needs it.

    Attributes:
        id, endpoint_id, arguments: as in `Job`.
        is_open: it has not ended.
        parent, request_id, account: as in `Job`.
    """

    id: str
    endpoint_id: str
    arguments: Mapping[str, Any]
    is_open: bool
    parent: str | None
    request_id: str | None
    account: str | None


def jobs_of_workspace(connection: Connection, workspace: str) -> list[JobOfWorkspace]:
    """Return every job of a workspace."""
    query = select(
        jobs.c.id, jobs.c.endpoint_id, jobs.c.arguments, jobs.c.state.in_(OPEN), jobs.c.parent,
        jobs.c.request_id, jobs.c.account,
    )  # fmt: skip
    rows = connection.execute(query.where(jobs.c.workspace == workspace))
    return [JobOfWorkspace(*row) for row in rows]
