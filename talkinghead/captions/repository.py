"""The captions repository."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, not_, select, update

from talkinghead.captions.tables import captions
from talkinghead.core.database import Database
from talkinghead.videos.repository import is_known_video


@dataclass(frozen=True)
class StoredCaptions:
    """A video's captions as stored.

    Attributes:
        source: how the times were found.
        words: text, start and end of each, as JSON.
        edits: the captions as a person corrected them, or nothing.
    """

    source: str
    words: list[Any]
    edits: list[Any]


class CaptionRepository:
    """The captions of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def captions(self, workspace: str, video_id: str) -> StoredCaptions | None:
        """Return the captions of a video, or None."""
        query = select(captions.c.source, captions.c.words, captions.c.edits).where(
            captions.c.workspace == workspace, captions.c.video_id == video_id
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else StoredCaptions(*row)

    def save(self, workspace: str, video_id: str, kept: StoredCaptions) -> None:
        """Store the captions of a video, replacing earlier ones."""
        with self._database.writing() as connection:
            write_captions(connection, workspace, video_id, kept)

    def remove(self, workspace: str, video_id: str) -> None:
        """Delete the captions of a video."""
        mine = (captions.c.workspace == workspace, captions.c.video_id == video_id)
        with self._database.writing() as connection:
            connection.execute(delete(captions).where(*mine))

    def edit(
        self, workspace: str, video_id: str, before: Sequence[Any], edits: Sequence[Any]
    ) -> bool:
        """Store a correction if nobody else corrected meanwhile; returns True if it was stored.

        Args:
            workspace, video_id: whose captions of which video.
            before: the correction that this one was made on.
            edits: the new one.
        """
        mine = (captions.c.workspace == workspace, captions.c.video_id == video_id)
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            known = connection.scalar(select(captions.c.edits).where(*mine).with_for_update())
            if known is None or known != list(before):
                return False
            connection.execute(
                update(captions).where(*mine).values(edits=list(edits), updated_at=now)
            )
        return True

    def face_path(self, workspace: str, video_id: str) -> list[Any] | None:
        """Return the face path of a video as JSON, if it was stored before."""
        query = select(captions.c.face_path).where(
            captions.c.workspace == workspace, captions.c.video_id == video_id
        )
        with self._database.reading() as connection:
            found: list[Any] | None = connection.scalar(query)
        return found

    def delete_orphans(self, limit: int = 500) -> int:
        """Delete captions of videos that no longer exist, and of which no version exists; returns
        how many, at most the limit."""
        orphan = not_(is_known_video(captions.c.video_id))
        with self._database.reading() as connection:  # others may write while it is looked for
            orphans = connection.scalars(select(captions.c.video_id).where(orphan).limit(limit))
            found = orphans.all()
        if found:
            with self._database.writing() as connection:
                gone = captions.c.video_id.in_(found)
                connection.execute(delete(captions).where(gone, orphan))
        return len(found)


def write_captions(
    connection: Connection, workspace: str, video_id: str, kept: StoredCaptions
) -> None:
    """Store the captions of a video within a transaction, replacing earlier ones."""
    mine = (captions.c.workspace == workspace, captions.c.video_id == video_id)
    values = {
        "source": kept.source,
        "words": kept.words,
        "edits": kept.edits,
        "updated_at": datetime.now(UTC),
    }
    if connection.execute(update(captions).where(*mine).values(**values)).rowcount == 0:
        row = {"workspace": workspace, "video_id": video_id, **values}
        connection.execute(insert(captions).values(**row))


def write_face_path(
    connection: Connection, workspace: str, video_id: str, path: Sequence[Any]
) -> None:
    """Store the face path of a video beside its captions, within a transaction."""
    mine = (captions.c.workspace == workspace, captions.c.video_id == video_id)
    connection.execute(update(captions).where(*mine).values(face_path=list(path)))


def delete_captions(connection: Connection, workspace: str, video_ids: Collection[str]) -> None:
    """Delete the captions of videos."""
    gone = (captions.c.workspace == workspace, captions.c.video_id.in_(video_ids))
    connection.execute(delete(captions).where(*gone))


def erase_captions(connection: Connection, workspace: str) -> None:
    """Delete the captions of a workspace's videos."""
    connection.execute(delete(captions).where(captions.c.workspace == workspace))
