"""Stores request ids of the provider that belong to no lost order."""

from datetime import UTC, datetime

from sqlalchemy import Connection, select, update

from talkinghead.jobs.job import JobState
from talkinghead.jobs.records.progress_repository import add_events
from talkinghead.jobs.tables import jobs


def record_late(connection: Connection, job_id: str, request_id: str) -> bool:
    """Store the request id of a job that does not wait for one: it may have been given up, or the
    id was stored before and only the answer was lost.

    Returns:
        Whether it is this job's request, and the job has not ended.
    """
    here = jobs.c.id == job_id
    first = connection.execute(
        update(jobs)
        .where(here, jobs.c.request_id.is_(None))
        .values(request_id=request_id, charged=None, updated_at=datetime.now(UTC))
    )
    if first.rowcount:
        return False
    known, state = connection.execute(select(jobs.c.request_id, jobs.c.state).where(here)).one()
    if known == request_id:
        return not JobState(state).ended
    another = f"fal.ai also accepted another order for this video: {request_id}."
    add_events(connection, job_id, "note", [another])
    return False
