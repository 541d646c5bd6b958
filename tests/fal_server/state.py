"""What survives a restart of the server, when it is given a file: requests, files and bills.

One SQLite file; every change is committed as it is made, so that the server may be killed.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fal_server.files import StoredFile

TABLES = """
CREATE TABLE IF NOT EXISTS record (kind TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, id));
CREATE TABLE IF NOT EXISTS file (
  path TEXT PRIMARY KEY, content_type TEXT, expires_at TEXT, request_id TEXT, data BLOB
);
"""


class State:
    """The file; without a path nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        if path:
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")
            self._connection.executescript(TABLES)

    def _do(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def save(self, kind: str, key: str, body: dict[str, Any]) -> None:
        """Keep a record, in place of the one it had before."""
        if self._connection is not None:
            self._do(
                "INSERT INTO record VALUES (?, ?, ?) "
                "ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
                kind,
                key,
                json.dumps(body),
            )

    def load(self, kind: str) -> list[dict[str, Any]]:
        """All records of a kind, the oldest first."""
        rows = self._do("SELECT body FROM record WHERE kind = ? ORDER BY rowid", kind)
        return [json.loads(body) for (body,) in rows]

    def save_file(self, file: StoredFile) -> None:
        """Keep a file."""
        until = file.expires_at.isoformat() if file.expires_at else None
        self._do(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
            file.path,
            file.content_type,
            until,
            file.request_id,
            file.data,
        )

    def delete_file(self, path: str) -> None:
        """Forget a file."""
        self._do("DELETE FROM file WHERE path = ?", path)

    def files(self) -> list[StoredFile]:
        """All files."""
        from tests.fal_server.files import StoredFile

        rows = self._do("SELECT path, content_type, data, expires_at, request_id FROM file")
        return [
            StoredFile(path, kind, data, datetime.fromisoformat(until) if until else None, request)
            for path, kind, data, until, request in rows
        ]

    def clear(self) -> None:
        """Forget everything."""
        self._do("DELETE FROM record")
        self._do("DELETE FROM file")

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
