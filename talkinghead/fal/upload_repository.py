"""The uploads repository: after a restart nothing is uploaded again."""

from contextlib import suppress
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.exc import IntegrityError

from talkinghead.core.database import Database
from talkinghead.fal.tables import uploads
from talkinghead.fal.uploads import Upload


class UploadRepository:
    """The `UploadMemory` in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recall(self, account: str, content: str) -> Upload | None:
        """Return the latest upload of this content with this account's key, or None."""
        query = select(uploads.c.url, uploads.c.expires_at).where(*_one(account, content))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Upload(*row)

    def remember(self, account: str, content: str, upload: Upload) -> None:
        """Store the upload, replacing an older one of the same content; expired ones are
        deleted."""
        row = {"url": upload.url, "expires_at": upload.expires_at}
        # Another process that remembers the same at this moment has it as good as we.
        with suppress(IntegrityError), self._database.writing() as connection:
            connection.execute(delete(uploads).where(uploads.c.expires_at < datetime.now(UTC)))
            connection.execute(delete(uploads).where(*_one(account, content)))
            connection.execute(insert(uploads).values(account=account, content=content, **row))

    def forget(self, account: str, content: str) -> None:
        """Delete the upload."""
        with self._database.writing() as connection:
            connection.execute(delete(uploads).where(*_one(account, content)))


def _one(account: str, content: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return uploads.c.account == account, uploads.c.content == content
