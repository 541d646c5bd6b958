"""Queries by fingerprint: jobs that make the same output, within a transaction."""

from sqlalchemy import Connection, select

from talkinghead.jobs.job import Job
from talkinghead.jobs.repository import JOB_COLUMNS, OPEN, read_job
from talkinghead.jobs.tables import jobs


def makers_of(connection: Connection, workspace: str, fingerprint: str) -> list[Job]:
    """Return a workspace's jobs that make or made exactly this, newest first."""
    has_video = jobs.c.video_id.is_not(None)
    query = (
        select(*JOB_COLUMNS)
        .where(
            jobs.c.workspace == workspace,
            jobs.c.fingerprint == fingerprint,
            jobs.c.cancel_requested.is_(False) | has_video,
            jobs.c.state.in_(OPEN) | has_video,
        )
        .order_by(jobs.c.created_at.desc())
    )
    return [read_job(row) for row in connection.execute(query)]


def open_fingerprints(connection: Connection, workspace: str) -> set[str]:
    """Return the fingerprints of a workspace's open jobs."""
    query = select(jobs.c.fingerprint).where(
        jobs.c.workspace == workspace, jobs.c.fingerprint.is_not(None), jobs.c.state.in_(OPEN)
    )
    return set(connection.scalars(query))
