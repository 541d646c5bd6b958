"""The engine's times on any SQLite."""

import sqlite3
from contextlib import closing

from talkinghead.jobs.execution.sqlite_compatibility import Connection


def test_a_row_gets_its_time_by_default() -> None:
    with closing(sqlite3.connect(":memory:", factory=Connection)) as connection:
        connection.execute(
            "CREATE TABLE t (a INTEGER, at INTEGER NOT NULL DEFAULT (unixepoch('subsec') * 1000))"
        )
        connection.execute("INSERT INTO t (a) VALUES (1)")
        (at,) = connection.execute("SELECT at FROM t").fetchone()
    assert at > 1_700_000_000_000  # milliseconds
