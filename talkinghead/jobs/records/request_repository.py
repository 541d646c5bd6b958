"""Request ids of the provider: those that belong to no lost order, and those of finished jobs."""

import json
from collections.abc import Collection
from dataclasses import dataclass
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


@dataclass(frozen=True)
class DoneRequest:
    """A request of the provider whose result is stored here.

    Attributes:
        job_id: ours.
        workspace: whose.
        request_id: the provider's.
        video_id: the video that came of it, or None for a sound.
    """

    job_id: str
    workspace: str
    request_id: str
    video_id: str | None


def done_requests(connection: Connection, job_ids: Collection[str]) -> list[DoneRequest]:
    """Return those of these jobs that are done, with their requests."""
    query = select(jobs.c.id, jobs.c.workspace, jobs.c.request_id, jobs.c.video_id).where(
        jobs.c.id.in_(job_ids), jobs.c.state == JobState.DONE, jobs.c.request_id.is_not(None)
    )
    return [DoneRequest(*row) for row in connection.execute(query)]


def was_sent_and_ended(connection: Connection, text: str, since: datetime) -> bool:
    """Whether a job that was sent this text in its arguments has ended since a moment."""
    query = select(jobs.c.sent).where(jobs.c.ended_at >= since, jobs.c.sent.is_not(None))
    return any(text in json.dumps(sent) for sent in connection.scalars(query))
