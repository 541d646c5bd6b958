"""The engine's own SQLite file: a damaged one is set aside and made again.

It holds the queues and nothing else. The journal knows every open job, so the jobs go on with a new
file; with a damaged one none would.
"""

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from talkinghead.core.errors import ConfigurationError

NAME = "engine.db"
KEPT = timedelta(days=7)
_TIME = "%Y%m%dT%H%M%SZ"
_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to a database's name for the files beside it."""
_PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")
"""Errors of a disk that is full or away, or of another process: the file itself may be sound."""
_log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class EngineFile:
    """The file in a data folder. Only the process that drives the jobs uses this.

    Args:
        folder: the data folder.
        now: the clock that names what is set aside, in UTC.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime] = _utc_now) -> None:
        self._now = now
        self.path = folder / NAME

    def prepare(self) -> None:
        """Set the file aside if it is damaged, and delete those that were set aside long ago.

        Raises:
            ConfigurationError: it is damaged and cannot be moved.
        """
        self._delete_old()
        damage = self.damage()
        if damage:
            self.set_aside(damage)

    def set_aside(self, reason: str) -> None:
        """Rename the file and those beside it, to be looked at for some days.

        Args:
            reason: for the log.

        Raises:
            ConfigurationError: it cannot be moved.
        """
        stem = f"engine-damaged-{self._now():{_TIME}}.db"
        try:
            for ending in _BESIDE:
                beside = self.path.with_name(f"{NAME}{ending}")
                if beside.is_symlink() or beside.exists():
                    beside.rename(self.path.with_name(f"{stem}{ending}"))
        except OSError as error:
            raise ConfigurationError(
                f"{NAME} in the DATA_DIR folder is damaged and can't be moved. Delete it, then "
                "start again. Renders in progress resume."
            ) from error
        _log.warning(
            "%s was damaged (%s). It is now %s, kept for %d days; a new one is made and open jobs "
            "go on",
            NAME,
            reason,
            stem,
            KEPT.days,
        )

    def damage(self) -> str | None:
        """Return what is wrong with the file, or None."""
        if not self.path.exists():
            return "a link to nothing" if self.path.is_symlink() else self._left_beside()
        if not self.path.is_file():
            return "not a file"
        if self.path.stat().st_size == 0:
            return self._left_beside()
        try:
            with closing(sqlite3.connect(self.path)) as connection:
                [(found,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
        except sqlite3.Error as error:
            return damage_in(error)
        return None if found == "ok" else "its pages are inconsistent"

    def _left_beside(self) -> str | None:
        """An empty database with changes beside it lost what they belong to."""
        log = self.path.with_name(f"{NAME}-wal")
        return "empty" if log.exists() and log.stat().st_size else None

    def _delete_old(self) -> None:
        oldest = f"engine-damaged-{self._now() - KEPT:{_TIME}}.db"
        for path in self.path.parent.glob("engine-damaged-*.db*"):
            if path.name < oldest:
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def damage_in(error: BaseException) -> str | None:
    """Return the SQLite error that says that the file is damaged, or None if this is no such
    error: the disk may be full, or the file locked."""
    for each in _causes(error):
        if isinstance(each, sqlite3.Error):
            name = getattr(each, "sqlite_errorname", None) or type(each).__name__
            return None if name.startswith(_PASSING) else name
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
