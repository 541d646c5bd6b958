"""Queries on the jobs of comparisons.

The functions work within a transaction, so that a comparison and its jobs change together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import JobState
from talkinghead.jobs.tables import jobs

LAST = 1_000  # the place of those that joined a comparison later


@dataclass(frozen=True)
class Member:
    """A job of a comparison.

    Attributes:
        comparison: its id.
        job_id: ours.
        parent: the job that it is a part of, or None.
        state: its state.
        video_id: what it made, or None.
        created_at, ended_at: aware UTC; the latter None while it is under way.
    """

    comparison: str
    job_id: str
    parent: str | None
    state: JobState
    video_id: str | None
    created_at: datetime
    ended_at: datetime | None

    @property
    def is_done(self) -> bool:
        """Whether its video can be chosen."""
        return self.state is JobState.DONE and self.parent is None


_COLUMNS = (
    jobs.c.comparison, jobs.c.id, jobs.c.parent, jobs.c.state, jobs.c.video_id, jobs.c.created_at,
    jobs.c.ended_at,
)  # fmt: skip


def members(connection: Connection, workspace: str, comparison_ids: Iterable[str]) -> list[Member]:
    """Return a workspace's jobs of these comparisons in order, including long videos."""
    query = (
        select(*_COLUMNS)
        .where(jobs.c.workspace == workspace, jobs.c.comparison.in_(list(comparison_ids)))
        .order_by(func.coalesce(jobs.c.place, LAST), jobs.c.created_at, jobs.c.id)
    )
    return [
        Member(of, job_id, parent, JobState(state), *rest)
        for of, job_id, parent, state, *rest in connection.execute(query)
    ]


def join_comparison(
    connection: Connection, workspace: str, job_id: str, comparison_id: str, place: int | None
) -> None:
    """Add the job to the comparison at this place.

    Raises:
        NotFound: this workspace has no such job.
    """
    joined = update(jobs).where(_one(workspace, job_id))
    values = {"comparison": comparison_id, "place": place}
    if connection.execute(joined.values(**values)).rowcount == 0:
        raise NotFound("Render not found.")


def leave_comparison(connection: Connection, workspace: str, job_id: str) -> int | None:
    """Remove the job from its comparison; returns its place."""
    one = _one(workspace, job_id)
    place: int | None = connection.scalar(select(jobs.c.place).where(one))
    connection.execute(update(jobs).where(one).values(comparison=None))
    return place


def _one(workspace: str, job_id: str) -> ColumnElement[bool]:
    return and_(jobs.c.id == job_id, jobs.c.workspace == workspace)
