"""Purges deleted items one day after their deletion; until then they can be restored."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from talkinghead.captions.repository import CaptionRepository
from talkinghead.core.database import Database
from talkinghead.core.errors import StorageFailed
from talkinghead.core.store import Store
from talkinghead.retention.deleted_speeches import DeletedSpeeches
from talkinghead.retention.deleted_videos import DeletedVideos
from talkinghead.retention.unused_parts import UnusedParts

KEPT_AFTER_DELETION = timedelta(days=1)
EVERY = timedelta(hours=1)
"""A hosted studio runs for weeks; what a person deleted must not wait for its next start."""

_log = logging.getLogger(__name__)


class Purge:
    """Purges deleted items, in a thread of its own; can be closed once."""

    def __init__(self, database: Database, store: Store, every: timedelta = EVERY) -> None:
        self._database = database
        self._store = store
        self._deleted_videos = DeletedVideos(database)
        self._long_video_parts = UnusedParts(database)
        self._removed_speeches = DeletedSpeeches(database)
        self._captions = CaptionRepository(database)
        self._every = every.total_seconds()
        self._closed = Event()
        self._thread = Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Purge at intervals from now on."""
        self._thread.start()

    def close(self) -> None:
        """Stop; a purge under way is finished first."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join()

    def purge(self) -> int:
        """Delete permanently what was deleted more than a day ago; returns how many videos that
        were."""
        long_ago = datetime.now(UTC) - KEPT_AFTER_DELETION
        gone = self._purge_deleted(long_ago)
        if self._long_video_parts.mark_deleted(long_ago, long_ago - timedelta(seconds=1)):
            self._purge_deleted(long_ago)
        for speech in self._removed_speeches.before(long_ago):  # after the videos that kept them
            self._take_out(speech.workspace, self._removed_speeches.forget(speech, long_ago))
        self._captions.delete_orphans()
        self._database.delete_copies(long_ago)  # they contain what is gone by now
        return gone

    def _run(self) -> None:
        while not self._closed.wait(self._every):
            try:
                self.purge()
            except Exception:  # noqa: BLE001 - a thread's outermost frame: the next time may go well
                _log.exception("what was deleted could not be forgotten")

    def _purge_deleted(self, before: datetime) -> int:
        gone = self._deleted_videos.before(before)
        for video in gone:
            unused = self._deleted_videos.forget(video, untouched_since=before)
            self._take_out(video.workspace, unused)
        return len(gone)

    def _take_out(self, workspace: str, references: Iterable[str]) -> None:
        for reference in references:
            try:
                self._store.delete(workspace, reference)
            except StorageFailed:  # a file too many does no harm
                _log.warning("a deleted file is left in the store: %s", reference)
