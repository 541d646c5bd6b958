"""Copies of an SQLite database made before a migration."""

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from talkinghead.core.errors import ConfigurationError

COPIES_KEPT = 3
_TIME = "%Y%m%dT%H%M%SZ"  # sorts as time does


def back_up(file: Path, revision: str, now: datetime) -> Path:
    """Copy the whole database to `journal-before-0004-20260301T120000Z.db` beside it.

    Others may read it meanwhile. Only the latest copies are kept.

    Args:
        file: the database.
        revision: what it is about to become.
        now: the time in the copy's name, UTC.

    Raises:
        ConfigurationError: there is no room for the copy.
    """
    copy = file.with_name(f"{file.stem}-before-{revision}-{now:{_TIME}}{file.suffix}")
    unfinished = copy.with_name(f"{copy.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        _copy(file, unfinished)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise ConfigurationError(
            "The database could not be copied before its upgrade, so it was left as it is. Make "
            "room on the disk of the data folder, then start again."
        ) from error
    unfinished.replace(copy)
    for old in copies(file)[:-COPIES_KEPT]:
        old.unlink(missing_ok=True)
    return copy


def copies(file: Path) -> list[Path]:
    """Return the copies of this database, oldest first."""
    return sorted(file.parent.glob(f"{file.stem}-before-*{file.suffix}"), key=_made_at)


def delete_copies(file: Path, made_before: datetime) -> None:
    """Delete the copies of this database that were made before a moment."""
    for copy in copies(file):
        if _made_at(copy) < f"{made_before:{_TIME}}":
            copy.unlink(missing_ok=True)


def _made_at(copy: Path) -> str:
    return copy.stem.rsplit("-", 1)[-1]


def _copy(file: Path, to: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    shutil.copymode(file, to)
