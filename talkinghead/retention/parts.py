"""Which parts are still of use: those of films that are there, or that may be tried again."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, or_, select, update

from talkinghead.core.database import Database
from talkinghead.jobs.kinds import LONG_VIDEO
from talkinghead.jobs.repository import OPEN, of_kind
from talkinghead.jobs.tables import jobs
from talkinghead.videos.tables import videos

KEPT_WITHOUT_FILM = timedelta(days=30)
"""Parts that were paid for wait so long for their film to be tried again."""


class FilmParts:
    """The parts of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark_unneeded(self, made_before: datetime, deleted_at: datetime) -> int:
        """Delete softly the parts that no film needs any more; returns how many.

        Args:
            made_before: younger ones stay: their film may be about to be ordered.
            deleted_at: what is written down as the time of it.
        """
        old = and_(
            videos.c.part.is_(True),
            videos.c.deleted_at.is_(None),
            videos.c.created_at < made_before,
        )
        with self._database.writing() as connection:
            rows = connection.execute(select(videos.c.id, videos.c.job_id).where(old)).all()
            needed = _needed(connection) if rows else set()
            gone = [video_id for video_id, job_id in rows if job_id not in needed]
            marked = update(videos).where(videos.c.id.in_(gone)).values(deleted_at=deleted_at)
            if gone:
                connection.execute(marked)
        return len(gone)


def _needed(connection: Connection) -> set[str]:
    """The jobs of all parts of films that are under way, in a gallery, or ended lately without a
    video."""
    lately = datetime.now(UTC) - KEPT_WITHOUT_FILM
    useful = or_(
        jobs.c.state.in_(OPEN),
        videos.c.id.is_not(None),
        and_(jobs.c.video_id.is_(None), jobs.c.ended_at > lately),
    )
    films = connection.scalars(
        select(jobs.c.arguments)
        .select_from(jobs.outerjoin(videos, videos.c.id == jobs.c.video_id))
        .where(of_kind(LONG_VIDEO), useful)
    )
    return {part["job"] for film in films for part in film.get("parts", [])}
