"""Forgetting a workspace's things for good, all at once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, and_, delete, func, not_, or_, select, update

from talkinghead.captions.tables import captions
from talkinghead.comparisons.tables import comparisons
from talkinghead.core.database import Database
from talkinghead.core.errors import RenderRefused
from talkinghead.core.tables import assets
from talkinghead.jobs.repository import BOUGHT, OPEN
from talkinghead.jobs.tables import events, jobs
from talkinghead.projects.tables import compositions
from talkinghead.speech.pronunciations.tables import pronunciations
from talkinghead.speech.tables import speeches, spoken
from talkinghead.videos.tables import videos

_THINGS = (assets, compositions, speeches, spoken, pronunciations, captions, comparisons)
DELETED_TITLE = "Deleted"
STILL_OPEN = (
    "Renders are still under way. Wait until they have ended, or cancel them, then delete "
    "everything."
)
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
_ORDERED = and_(BOUGHT, or_(jobs.c.request_id.is_not(None), jobs.c.orders > 0))


class Erasure:
    """Removes what workspaces have."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self, workspace: str) -> None:
        """Whether a workspace may be emptied now.

        Raises:
            RenderRefused: jobs are under way.
        """
        with self._database.reading() as connection:
            _refuse_while_open(connection, workspace)

    def erase(self, workspace: str) -> int:
        """Remove a workspace's videos, files, forms and ended jobs; returns how many videos.

        Of what was ordered for money the dates, numbers and dollars stay, without words and faces.

        Raises:
            RenderRefused: jobs are under way.
        """
        mine = jobs.c.workspace == workspace
        with self._database.writing() as connection:
            _refuse_while_open(connection, workspace)
            of_mine = select(jobs.c.id).where(mine)
            connection.execute(delete(events).where(events.c.job_id.in_(of_mine)))
            connection.execute(delete(jobs).where(mine, not_(_ORDERED)))
            connection.execute(update(jobs).where(mine).values(**EMPTIED))
            for table in _THINGS:
                connection.execute(delete(table).where(table.c.workspace == workspace))
            gone = connection.execute(delete(videos).where(videos.c.workspace == workspace))
        return gone.rowcount


def _refuse_while_open(connection: Connection, workspace: str) -> None:
    under_way = jobs.c.workspace == workspace, jobs.c.state.in_(OPEN)
    if connection.scalar(select(func.count()).select_from(jobs).where(*under_way)):
        raise RenderRefused(STILL_OPEN)
