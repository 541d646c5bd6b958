"""Purges deleted items one day after their deletion; until then they can be restored.

Files that nothing refers to a day after they were stored, such as the edits of a recording that was
edited further, go the same way.

It works in the background and in small transactions, between which others write. What it costs
follows from what is deleted and from what was written since the last time, not from what is kept.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from talkinghead.captions.repository import CaptionRepository
from talkinghead.content_credentials.repository import SignedVideoRepository
from talkinghead.core.asset_repository import assets_to_sweep
from talkinghead.core.database import PURGE_LOCK, Database, DatabaseError
from talkinghead.core.errors import StorageFailed
from talkinghead.core.store import Store
from talkinghead.jobs.records.erasure_repository import forget_clients
from talkinghead.portraits.repository import purge_removed_portraits
from talkinghead.projects.listing.repository import purge_projects
from talkinghead.retention.deleted_speeches import DeletedSpeeches
from talkinghead.retention.deleted_videos import DeletedVideos
from talkinghead.retention.indexing import index_some
from talkinghead.retention.reference_repository import add_unused
from talkinghead.retention.unused_files import UnusedFiles
from talkinghead.retention.unused_parts import UnusedParts

KEPT_AFTER_DELETION = timedelta(days=1)
EVERY = timedelta(hours=1)
"""A hosted studio runs for weeks; what a person deleted must not wait for its next start."""
AFTER_OUTAGE = timedelta(minutes=1)
SWEPT_AT_ONCE = 100
PAUSE = 0.005  # seconds between two transactions, in which others get the write lock
CLOSING = 5.0  # seconds that closing waits for the transaction or the deletion under way

_log = logging.getLogger(__name__)


class Purge:
    """Purges deleted items, in a thread of its own; can be closed once."""

    def __init__(self, database: Database, store: Store, every: timedelta = EVERY) -> None:
        self._database = database
        self._videos = DeletedVideos(database)
        self._parts = UnusedParts(database)
        self._speeches = DeletedSpeeches(database)
        self._captions = CaptionRepository(database)
        self._signed_videos = SignedVideoRepository(database)
        self._files = UnusedFiles(database, store)
        self._every = every
        self._closed = Event()
        self._thread = Thread(target=self._run, name="purge", daemon=True)

    def start(self) -> None:
        """Purge in the background, now and at intervals."""
        self._thread.start()

    def close(self) -> None:
        """Stop after the transaction under way; the rest is purged at the next start."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(CLOSING)

    def purge(self) -> int:
        """Delete permanently what was deleted more than a day ago; returns how many videos that
        were.

        Raises:
            DatabaseError, StorageFailed: what is left is deleted the next time.
        """
        gone = 0
        for videos in self._steps(datetime.now(UTC)):
            gone += videos
            if self._closed.wait(PAUSE):
                break
        return gone

    def _run(self) -> None:
        while not self._closed.wait(self._purged_then().total_seconds()):
            pass

    def _purged_then(self) -> timedelta:
        """Purge, and return how long to wait before the next time."""
        try:
            self.purge()
        except (DatabaseError, StorageFailed, OSError) as error:
            if not self._closed.is_set():
                kind = type(error).__name__
                _log.warning("the purge of deleted items stopped (%s) and is tried again", kind)
            return min(self._every, AFTER_OUTAGE)
        except Exception:  # noqa: BLE001 - a thread's outermost frame: the next time may go well
            _log.exception("the purge of deleted items failed and is tried again")
        return self._every

    def _steps(self, now: datetime) -> Iterator[int]:
        """Purge step by step, a transaction each; yields how many videos a step deleted."""
        before = now - KEPT_AFTER_DELETION
        self._forget_clients()
        yield from _until_none(lambda: self._purge_projects(before), counted=False)
        yield from _until_none(self._index, counted=False)
        yield from _until_none(lambda: self._purge_projects(before), counted=False)
        yield from _until_none(lambda: self._videos.purge_some(before))
        yield from self._mark_unused_parts(before)
        yield from _until_none(lambda: self._videos.purge_some(before), counted=False)
        for speech in self._speeches.before(before):  # after the videos that kept them
            self._speeches.purge(speech, before)
            yield 0
        yield from _until_none(self._captions.delete_orphans, counted=False)
        yield from _until_none(self._signed_videos.delete_orphans, counted=False)
        yield from _until_none(lambda: self._purge_portraits(before), counted=False)
        yield from _until_none(lambda: self._sweep(before), counted=False)
        self._database.delete_copies(before)  # they contain what is gone by now
        started = datetime.now(UTC)
        yield from _until_none(lambda: self._files.delete_some(started, before), counted=False)

    def _purge_portraits(self, before: datetime) -> int:
        """List the files of portraits that were removed from a library; returns how many."""
        with self._database.writing(PURGE_LOCK) as connection:
            gone = purge_removed_portraits(connection, before, SWEPT_AT_ONCE)
            for workspace, reference in gone:
                add_unused(connection, workspace, [reference], datetime.now(UTC))
        return len(gone)

    def _forget_clients(self) -> None:
        with self._database.writing(PURGE_LOCK) as connection:
            forget_clients(connection)

    def _purge_projects(self, before: datetime) -> int:
        """Empty projects that were deleted before then; remove those that were indexed since."""
        with self._database.writing(PURGE_LOCK) as connection:
            return purge_projects(connection, before, SWEPT_AT_ONCE)

    def _index(self) -> int:
        with self._database.writing(PURGE_LOCK) as connection:
            return index_some(connection)

    def _sweep(self, before: datetime) -> int:
        """List some files that were stored before then, for what refers to them to be checked."""
        with self._database.writing(PURGE_LOCK) as connection:
            found = assets_to_sweep(connection, before, SWEPT_AT_ONCE)
            for workspace in {workspace for workspace, _ in found}:
                references = [reference for owner, reference in found if owner == workspace]
                add_unused(connection, workspace, references, before)
            return len(found)

    def _mark_unused_parts(self, before: datetime) -> Iterator[int]:
        after: str | None = ""
        deleted_at = before - timedelta(seconds=1)
        while (after := self._parts.mark_some_deleted(before, deleted_at, after or "")) is not None:
            yield 0


def _until_none(step: Callable[[], int], *, counted: bool = True) -> Iterator[int]:
    """Repeat a step until it finds nothing more to do; yields what it did, or 0 for each."""
    while done := step():
        yield done if counted else 0
