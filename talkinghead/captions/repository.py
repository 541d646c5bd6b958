"""The captions on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from talkinghead.captions.tables import captions
from talkinghead.core.database import Database
from talkinghead.videos.repository import known_videos


@dataclass(frozen=True)
class StoredCaptions:
    """A video's captions as they are kept.

    Attributes:
        source: how the times were found.
        words: text, start and end of each, as JSON.
        edits: the captions as a person corrected them, or nothing.
    """

    source: str
    words: list[Any]
    edits: list[Any]


class CaptionRepository:
    """Captions of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def captions(self, workspace: str, video_id: str) -> StoredCaptions | None:
        """What is on record for a video, or None."""
        query = select(captions.c.source, captions.c.words, captions.c.edits).where(
            captions.c.workspace == workspace, captions.c.video_id == video_id
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else StoredCaptions(*row)

    def keep(self, workspace: str, video_id: str, kept: StoredCaptions) -> None:
        """Write the captions of a video down, in the place of earlier ones."""
        with self._database.writing() as connection:
            write_captions(connection, workspace, video_id, kept)

    def remove(self, workspace: str, video_id: str) -> None:
        """Forget the captions of a video."""
        mine = (captions.c.workspace == workspace, captions.c.video_id == video_id)
        with self._database.writing() as connection:
            connection.execute(delete(captions).where(*mine))

    def edit(
        self, workspace: str, video_id: str, before: Sequence[Any], edits: Sequence[Any]
    ) -> bool:
        """Keep a correction, if nobody corrected meanwhile; True if it is kept.

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
        """Where the face of a video is, as JSON, where it was looked for before."""
        query = select(captions.c.face_path).where(
            captions.c.workspace == workspace, captions.c.video_id == video_id
        )
        with self._database.reading() as connection:
            found: list[Any] | None = connection.scalar(query)
        return found

    def forget_orphans(self) -> None:
        """Remove the captions of videos that are gone for good."""
        with self._database.writing() as connection:
            connection.execute(delete(captions).where(captions.c.video_id.not_in(known_videos())))


def write_captions(
    connection: Connection, workspace: str, video_id: str, kept: StoredCaptions
) -> None:
    """Write the captions of a video down within a transaction, in the place of earlier ones."""
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
    """Keep where the face of a video is, beside its captions, within a transaction."""
    mine = (captions.c.workspace == workspace, captions.c.video_id == video_id)
    connection.execute(update(captions).where(*mine).values(face_path=list(path)))


def erase_captions(connection: Connection, workspace: str) -> None:
    """Forget the captions of a workspace's videos."""
    connection.execute(delete(captions).where(captions.c.workspace == workspace))
