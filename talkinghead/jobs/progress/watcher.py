"""Polls the journal for changes, on behalf of every page that watches a job.

Pages that each asked the database several times a second would cost a core between them, and a
renderer in another process does not notify this one. So one thread asks one question for all of
them, and only while somebody waits.
"""

import logging
import threading
from collections import Counter
from datetime import datetime

from talkinghead.core.database import Database, DatabaseError
from talkinghead.jobs.repository import JobRepository

INTERVAL = 0.08  # seconds between two looks
IDLE = 25  # so many looks with nobody waiting end the thread

_log = logging.getLogger(__name__)


class ChangeWatcher:
    """The poller; one per studio."""

    def __init__(self, database: Database) -> None:
        self._records = JobRepository(database)
        self._changed = threading.Condition()
        self._watched: Counter[str] = Counter()
        self._moved: dict[str, datetime] = {}
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def wait(self, job_id: str, since: datetime, seconds: float) -> bool:
        """Block until the job was changed after a moment.

        Args:
            job_id: which; one that is not there never moves.
            since: the job's `updated_at` as it is known.
            seconds: wait no longer than this.

        Returns:
            Whether it has moved.
        """
        with self._changed:
            self._watched[job_id] += 1
            self._watch()
            try:
                return self._changed.wait_for(lambda: self._has_moved(job_id, since), seconds)
            finally:
                self._watched[job_id] -= 1

    def close(self) -> None:
        """End the thread; pending waits run into their timeout."""
        self._closed.set()
        with self._changed:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _has_moved(self, job_id: str, since: datetime) -> bool:
        moved = self._moved.get(job_id)
        return moved is not None and moved > since

    def _watch(self) -> None:
        if self._thread is None and not self._closed.is_set():
            self._thread = threading.Thread(target=self._look, name="change watcher", daemon=True)
            self._thread.start()

    def _look(self) -> None:
        idle = 0
        while not self._closed.wait(INTERVAL):
            with self._changed:
                ids = [job_id for job_id, watchers in self._watched.items() if watchers]
                idle = 0 if ids else idle + 1
                if idle > IDLE:  # the next to wait starts another thread
                    self._watched.clear()
                    self._moved.clear()
                    self._thread = None
                    return
            if not ids:
                continue
            try:
                moved = self._records.changed_at(ids)
            except DatabaseError:  # pages look for themselves now and then
                _log.warning("The journal could not be read for the pages; trying again")
                continue
            with self._changed:
                if moved != self._moved:
                    self._moved = moved
                    self._changed.notify_all()
