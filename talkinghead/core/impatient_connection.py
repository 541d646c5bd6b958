"""A connection to PostgreSQL that stops waiting for an answer.

A server that is cut off without a word (a firewall that drops packets, a frozen host) neither
answers nor breaks the connection: without a limit on this side, whoever asks waits for ever.

Imported where a database is PostgreSQL, because its driver is slow to import.
"""

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Engine, event

from talkinghead.core.database import ANSWERING, PATIENCE

Result = TypeVar("Result")


class ImpatientConnection(psycopg.Connection[Any]):
    """Closes itself where an answer takes longer than `patience` seconds.

    Raises:
        psycopg.OperationalError: it did; from then on the connection is a lost one.
    """

    patience: float | None = ANSWERING

    def wait(self, gen: Generator[Any, Any, Result], *limits: Any, **named: Any) -> Result:
        """Wait for the answer to what was sent."""
        if self.patience is None:
            return super().wait(gen, *limits, **named)
        try:
            return super().wait(_limited(gen, self.patience), *limits, **named)
        except _Silent as silent:
            self.close()
            raise psycopg.OperationalError("PostgreSQL isn't responding.") from silent


class _Silent(Exception):
    pass


def limit_waiting(connections: Engine, seconds: float = ANSWERING) -> None:
    """Make these connections stop waiting.

    Args:
        connections: to PostgreSQL.
        seconds: for an answer, except in a transaction whose option `PATIENCE` says otherwise.
    """

    def connect(_dialect: object, _record: object, given: list[Any], named: dict[str, Any]) -> Any:
        connection = ImpatientConnection.connect(*given, **named)
        connection.patience = seconds
        return connection

    def begin(connection: Connection) -> None:
        patience = connection.get_execution_options().get(PATIENCE, seconds)
        connection.connection.dbapi_connection.patience = patience  # type: ignore[union-attr] # ours

    def checkin(connection: ImpatientConnection | None, _record: object) -> None:
        if connection is not None:
            connection.patience = seconds  # for the question whether it is still there

    event.listen(connections, "do_connect", connect)
    event.listen(connections, "begin", begin)
    event.listen(connections, "checkin", checkin)


def _limited(waiting: Generator[Any, Any, Result], seconds: float) -> Generator[Any, Any, Result]:
    """Yield what psycopg waits for; end with `_Silent` if nothing came in so many seconds."""
    deadline = time.monotonic() + seconds
    try:
        wanted = next(waiting)
        while True:
            ready = yield wanted
            if not ready and time.monotonic() > deadline:
                raise _Silent
            wanted = waiting.send(ready)
    except StopIteration as done:
        result: Result = done.value
        return result
