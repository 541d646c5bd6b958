"""The repository of signed videos: what each version was signed with."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, not_, select

from talkinghead.content_credentials.tables import signed_videos
from talkinghead.core.database import Database
from talkinghead.videos.repository import is_known_video


class SignedVideoRepository:
    """The signed videos of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def facts(self, workspace: str, video_id: str) -> dict[str, Any] | None:
        """Return what a version was signed with; None where that is not known."""
        query = select(signed_videos.c.facts).where(
            signed_videos.c.workspace == workspace, signed_videos.c.video_id == video_id
        )
        with self._database.reading() as connection:
            found: dict[str, Any] | None = connection.scalar(query)
        return found

    def delete_orphans(self, limit: int = 500) -> int:
        """Delete what is known of videos that no longer exist; returns how many, at most the
        limit."""
        orphan = not_(is_known_video(signed_videos.c.video_id))
        with self._database.reading() as connection:  # others may write while it is looked for
            query = select(signed_videos.c.video_id).where(orphan).limit(limit)
            found = connection.scalars(query).all()
        if found:
            with self._database.writing() as connection:
                gone = signed_videos.c.video_id.in_(found)
                connection.execute(delete(signed_videos).where(gone, orphan))
        return len(found)


def write_signed_video(
    connection: Connection, workspace: str, video_id: str, facts: dict[str, Any]
) -> None:
    """Store what a version was signed with, within a transaction."""
    row = {
        "video_id": video_id,
        "workspace": workspace,
        "facts": facts,
        "signed_at": datetime.now(UTC),
    }
    connection.execute(delete(signed_videos).where(signed_videos.c.video_id == video_id))
    connection.execute(insert(signed_videos).values(**row))


def erase_signed_videos(connection: Connection, workspace: str) -> None:
    """Delete what is known of a workspace's signed videos."""
    connection.execute(delete(signed_videos).where(signed_videos.c.workspace == workspace))
