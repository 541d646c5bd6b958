"""SQLite functions that the workflow engine needs and older SQLite versions lack.

From Python 3.12 on dbos writes its times with `unixepoch('subsec')`, which came with SQLite 3.42;
Debian 12, and so many a host, still has 3.40, where it gives NULL. A function of the same name and
meaning takes its place there.
"""

import sqlite3
import time
from typing import Any

KNOWS_SUBSECONDS = sqlite3.sqlite_version_info >= (3, 42)


class Connection(sqlite3.Connection):
    """A connection that defines `unixepoch('subsec')`, the only form in which dbos calls it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not KNOWS_SUBSECONDS:
            self.create_function("unixepoch", 1, _now)


def _now(modifier: str) -> float:
    """Seconds since 1970, to the millisecond."""
    assert modifier == "subsec"  # noqa: S101  anything else is not ours to answer
    return round(time.time(), 3)
