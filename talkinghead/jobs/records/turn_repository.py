"""Turns: whom the jobs of a workspace count for, and how many jobs come before one."""

from dataclasses import dataclass

from sqlalchemy import Connection, Select, and_, case, func, or_, select

from talkinghead.core.database import Database
from talkinghead.core.tables import workspaces
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.kinds import DRAFT, EXPORT, SPEECH
from talkinghead.jobs.repository import BOUGHT, OPEN
from talkinghead.jobs.tables import jobs

CLIENT = func.coalesce(workspaces.c.client, workspaces.c.id)
"""Whom the jobs of a workspace count for."""


@dataclass(frozen=True)
class FreeJobs:
    """The number of free jobs in progress.

    Attributes:
        gallery: of one workspace.
        client: of all workspaces of its client.
    """

    gallery: int
    client: int


class TurnRepository:
    """The turns of everybody's jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def client_of(self, workspace: str) -> str:
        """Return whom the jobs of a workspace count for; by default itself."""
        query = select(CLIENT).where(workspaces.c.id == workspace)
        with self._database.reading() as connection:
            return connection.scalar(query) or workspace

    def galleries_of(self, client: str) -> list[str]:
        """Return the workspaces that count for a client."""
        with self._database.reading() as connection:
            return list(connection.scalars(select(workspaces.c.id).where(CLIENT.in_([client]))))

    def free_in_progress(self, workspace: str) -> FreeJobs:
        """As the function `free_in_progress`."""
        with self._database.reading() as connection:
            return free_in_progress(connection, workspace)

    def count_ahead(self, job: Job) -> int:
        """Return how many open jobs come before one.

        Paid ones are counted in their workspace. What is made here takes turns by client: those of
        its own client that were ordered before, and of every other client as many as get a turn
        until then.
        """
        with self._database.reading() as connection:
            if job.kind.paid:
                mine = (jobs.c.workspace == job.workspace, BOUGHT)
                return connection.scalar(_ahead(job).where(*mine)) or 0
            client = connection.scalar(select(CLIENT).where(workspaces.c.id == job.workspace))
            alike = jobs.c.endpoint_id == job.endpoint_id
            query = _ahead(job).join(workspaces, jobs.c.workspace == workspaces.c.id)
            own = connection.scalar(query.where(alike, client == CLIENT)) or 0
            others = (
                select(func.count())
                .select_from(jobs.join(workspaces, jobs.c.workspace == workspaces.c.id))
                .where(*_MOVING, alike, client != CLIENT)
                .group_by(CLIENT)
            )
            return own + sum(min(count, own + 1) for count in connection.scalars(others))


_FREE = jobs.c.endpoint_id.in_(
    [one for kind in (DRAFT, EXPORT, SPEECH) for one in kind.endpoint_ids]
)


def free_in_progress(connection: Connection, workspace: str) -> FreeJobs:
    """Return how many free jobs of a workspace and of its client are in progress."""
    client = select(CLIENT).where(workspaces.c.id == workspace).scalar_subquery()
    query = (
        select(func.count(case((jobs.c.workspace == workspace, 1))), func.count())
        .select_from(jobs.join(workspaces, jobs.c.workspace == workspaces.c.id))
        .where(jobs.c.state.in_(OPEN), _FREE, client == CLIENT)
    )
    return FreeJobs(*connection.execute(query).one())


_MOVING = (jobs.c.state.in_(OPEN), jobs.c.state != JobState.UNCONFIRMED)


def _ahead(job: Job) -> Select[int]:
    """Return the query that counts the open jobs that were ordered before one."""
    earlier = or_(
        jobs.c.created_at < job.created_at,
        and_(jobs.c.created_at == job.created_at, jobs.c.id < job.id),
    )
    return select(func.count()).select_from(jobs).where(*_MOVING, earlier)
