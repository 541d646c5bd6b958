"""The repository of what fal keeps: outputs by job, and uploads that are to be closed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import delete, insert, select, update

from talkinghead.core.database import Database, Transaction
from talkinghead.fal.tables import provider_outputs, upload_closings, uploads

AT_ONCE = 50


@dataclass(frozen=True)
class KeptOutput:
    """What fal keeps of a job.

    Attributes:
        job_id: ours.
        account: the fingerprint of the key that ordered it.
        expires_at: until when fal keeps it, aware UTC.
        deleted_at: when fal deleted it on request, or None.
    """

    job_id: str
    account: str
    expires_at: datetime
    deleted_at: datetime | None = None

    def can_be_fetched(self, now: datetime) -> bool:
        """Whether fal has it still."""
        return self.deleted_at is None and now < self.expires_at


@dataclass(frozen=True)
class OpenUpload:
    """A file at fal that everyone with its address can read.

    Attributes:
        account: the fingerprint of the key that uploaded it.
        content: a name for exactly what was sent.
        url, expires_at: as in `talkinghead.fal.uploads.Upload`.
    """

    account: str
    content: str
    url: str
    expires_at: datetime

    @property
    def reference(self) -> str:
        """The asset that it was made from."""
        return self.content.partition(" as ")[0]

    @property
    def is_portrait(self) -> bool:
        """Whether it is a picture."""
        return " as picture-" in self.content


class OutputMemory(Protocol):
    """Stores how long outputs are kept. Called from any thread."""

    def put(self, job_id: str, account: str, expires_at: datetime) -> None:
        """Store until when fal keeps what is about to be ordered."""
        ...


class OutputRepository:
    """What fal keeps, of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, job_id: str, account: str, expires_at: datetime) -> None:
        """Store until when fal keeps what is about to be ordered, in place of an earlier order."""
        values = {"account": account, "expires_at": expires_at, "deleted_at": None}
        one = provider_outputs.c.job_id == job_id
        with self._database.writing() as connection:
            change = update(provider_outputs).where(one).values(**values)
            if connection.execute(change).rowcount == 0:
                connection.execute(insert(provider_outputs).values(job_id=job_id, **values))

    def of_jobs(self, job_ids: Collection[str]) -> dict[str, KeptOutput]:
        """Return what is known of these jobs, by their ids."""
        found: dict[str, KeptOutput] = {}
        asked = list(job_ids)
        with self._database.reading() as connection:
            for start in range(0, len(asked), 400):  # databases bound the number of parameters
                some = provider_outputs.c.job_id.in_(asked[start : start + 400])
                for row in connection.execute(select(provider_outputs).where(some)):
                    found[row.job_id] = KeptOutput(*row)
        return found

    def left(self, limit: int = AT_ONCE, after: str = "") -> list[KeptOutput]:
        """Return what fal still keeps, in the order of the jobs' ids."""
        now = datetime.now(UTC)
        here = (provider_outputs.c.deleted_at.is_(None), provider_outputs.c.expires_at > now)
        query = select(provider_outputs).where(*here, provider_outputs.c.job_id > after)
        ordered = query.order_by(provider_outputs.c.job_id).limit(limit)
        with self._database.reading() as connection:
            return [KeptOutput(*row) for row in connection.execute(ordered)]

    def mark_deleted(self, job_id: str) -> None:
        """Note that fal has deleted it."""
        one = provider_outputs.c.job_id == job_id
        with self._database.writing() as connection:
            connection.execute(
                update(provider_outputs).where(one).values(deleted_at=datetime.now(UTC))
            )

    def release(self, unused: Callable[[Transaction, OpenUpload], bool]) -> set[str]:
        """Forget uploads that nothing uses, and remember in the same step to close them; returns
        their addresses.

        Args:
            unused: whether an upload is unused, asked within the transaction.
        """
        with self._database.writing() as connection:
            found = [OpenUpload(*row) for row in connection.execute(select(uploads))]
            gone = [each for each in found if unused(connection, each)]
            for each in gone:
                _release(connection, each)
        return {each.url for each in gone}

    def closings(self) -> list[tuple[str, str]]:
        """Return the addresses that are to be closed, each with its account; what fal has deleted
        by now is off the list."""
        with self._database.writing() as connection:
            over = upload_closings.c.expires_at < datetime.now(UTC)
            connection.execute(delete(upload_closings).where(over))
            query = select(upload_closings.c.url, upload_closings.c.account)
            return [(row.url, row.account) for row in connection.execute(query)]

    def mark_closed(self, url: str) -> None:
        """Take an address off the list."""
        with self._database.writing() as connection:
            connection.execute(delete(upload_closings).where(upload_closings.c.url == url))


def _release(connection: Transaction, upload: OpenUpload) -> None:
    connection.execute(
        delete(uploads).where(
            uploads.c.account == upload.account, uploads.c.content == upload.content
        )
    )
    one = upload_closings.c.url == upload.url
    if connection.execute(select(upload_closings.c.url).where(one)).one_or_none() is None:
        row = {"url": upload.url, "account": upload.account, "expires_at": upload.expires_at}
        connection.execute(insert(upload_closings).values(**row))
