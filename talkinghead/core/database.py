"""The database: SQLite in a file, or PostgreSQL; the code above is the same for both."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Imported as a whole before any statement: what runs jobs imports it in another thread, and a
# statement that is made meanwhile would meet it half made.
import sqlalchemy.orm  # noqa: F401
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    NotSupportedError,
    ProgrammingError,
    SQLAlchemyError,
    TimeoutError,
)
from sqlalchemy.pool import ConnectionPoolEntry

from talkinghead.core.column_types import make_storable
from talkinghead.core.errors import (
    DATABASE_AWAY,
    DISK_FULL,
    DISK_REFUSED,
    DISK_REFUSES,
    ConfigurationError,
    StudioError,
    is_disk_full,
)
from talkinghead.core.migrations.backup import delete_copies
from talkinghead.core.migrations.new_database import create_tables
from talkinghead.core.migrations.stamp import read_stamp

DatabaseError = SQLAlchemyError
"""The errors of any repository call when the database is unreachable or refuses."""
Transaction = Connection
"""The connection of `reading` and `writing`, for repository functions within a transaction."""


class DatabaseAway(SQLAlchemyError):
    """PostgreSQL cannot be reached at the moment."""


Connections = Engine
"""Connections for a library that has tables of its own."""

ANSWERING = 5.0  # seconds that an answer of PostgreSQL is waited for
PATIENCE = "studio_patience"
"""The name of the execution option that says how many seconds instead; None: without a limit."""
CONNECTING = 4  # seconds after which PostgreSQL counts as away
_WRITING = 30.0  # seconds that an answer is waited for within a transaction that writes
_IDLE_IN_TRANSACTION = 60_000  # ms, after which PostgreSQL ends a session that holds locks
_AWAY_STATES = ("08", "53", "57P")
"""SQLSTATE classes of a server that is away, full or shutting down."""
_WRITES = "studio_writes"
_AWAY = (DBAPIError, DatabaseAway, TimeoutError)
_REFUSED_STATEMENTS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
"""What a database says of a statement; it would say so again."""
PURGE_LOCK = 7_402_114
"""Transactions that delete permanently exclude each other."""
_MIGRATION_LOCK = (
    7_402_113  # any constant: the advisory lock that one process at a time migrates under
)


class Database:
    """One database. `reading` and `writing` are its transactions; a writing one takes the write
    lock when it starts, so that it never fails half-way because of another writer.

    Args:
        url: of the database.
        answering: seconds that PostgreSQL's answer to a reading one is waited for.
    """

    def __init__(self, url: str, answering: float = ANSWERING) -> None:
        try:
            self._engine = _open(url, answering)
        except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
            raise ConfigurationError("DATABASE_URL must look like postgresql://….") from error
        try:
            self._migrate()
        except DBAPIError as error:
            self._engine.dispose()
            raise ConfigurationError(
                DISK_FULL
                if is_disk_full(error)
                else "The database can't be opened. Check DATABASE_URL (or the DATA_DIR folder if "
                "it isn't set), and that the database server is running."
            ) from error
        except ConfigurationError:
            self._engine.dispose()
            raise
        event.listen(self._engine, "before_cursor_execute", make_storable, retval=True)
        self._writing = self._engine.execution_options(**{_WRITES: True, PATIENCE: _WRITING})
        self.is_sqlite = self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Context manager: a read-only transaction."""
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, lock: int | None = None) -> Iterator[Connection]:
        """Context manager: a write transaction; committed at the end, rolled back by an
        exception.

        Args:
            lock: the number of an advisory lock, held until its end: on PostgreSQL transactions
                with the same number wait for each other; on SQLite all writing ones do.
        """
        with self._writing.begin() as connection:
            if lock is not None and not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
            yield connection

    def delete_copies(self, made_before: datetime) -> None:
        """Delete the copies that migrations made before this moment; only SQLite has any."""
        if self.is_sqlite and (file := self._engine.url.database):
            delete_copies(Path(file), made_before)

    def close(self) -> None:
        """Close every connection, those in use when they are given back."""
        close_connections(self._engine)

    def _migrate(self) -> None:
        with self._engine.begin() as connection:
            if read_stamp(connection).is_head:
                return
        with self._migrating() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            elif read_stamp(connection).is_new:
                create_tables(connection)
                return
            from talkinghead.core.migrations.upgrade import upgrade  # Alembic is slow to import

            upgrade(connection)

    @contextmanager
    def _migrating(self) -> Iterator[Connection]:
        """A write transaction on a connection of its own, on which SQLite does not enforce foreign
        keys."""
        options = {_WRITES: True, PATIENCE: None}  # large tables take their time
        with self._engine.execution_options(**options).connect() as connection:
            connection.detach()  # it is closed afterwards, and no other work ever gets it
            if connection.dialect.name == "sqlite":
                connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
            with connection.begin():
                yield connection


def sentence_of(error: BaseException) -> str | None:
    """Return the sentence for a person: the text of an expected failure, or the one for an outage
    of the database or the disk; None where the error is a fault of the studio."""
    if isinstance(error, StudioError):
        return str(error)
    if is_disk_full(error):
        return DISK_FULL
    if is_outage(error):
        return DATABASE_AWAY
    if isinstance(error, OSError) and error.errno in DISK_REFUSED:
        return DISK_REFUSES
    return None


def is_outage(error: BaseException) -> bool:
    """Whether the same call may succeed later: the database is away, locked, full or read-only. A
    value or a statement that it refuses is refused again."""
    return isinstance(error, _AWAY) and not isinstance(error, _REFUSED_STATEMENTS)


def parsed_url(url: str) -> URL:
    """Return the parts of a database's URL.

    Raises:
        ValueError: it is none; the message omits it, because it may hold a password.
    """
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("this is not the URL of a database") from None


def impatient_connections(url: str, application: str, most: int = 20) -> Connections:
    """Return connections to PostgreSQL that raise `DatabaseAway` at once.

    dbos repeats a call for as long as it sees a lost connection, and sleeps up to a minute and a
    half between two attempts: after a short outage its queues would stand still for as long again.
    """
    from talkinghead.core.impatient_connection import limit_waiting

    named = {"application_name": application, "connect_timeout": CONNECTING}
    engine = create_engine(
        driver_url(url), pool_size=most, max_overflow=0, pool_pre_ping=True, connect_args=named
    )
    limit_waiting(engine)
    event.listen(engine, "connect", _limit_idle_transactions)
    event.listen(engine, "handle_error", _raise_if_away)
    return engine


def sqlite_url(path: Path) -> str:
    """Return the URL of an SQLite file, whatever characters its folders have in their names."""
    return f"sqlite:///{quote(str(path.absolute()))}"


def driver_url(url: str) -> str:
    """Return the URL with the installed driver: hosts provide `postgres://` and `postgresql://`."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _open(url: str, answering: float) -> Engine:
    address = make_url(driver_url(url))
    if address.get_backend_name() != "sqlite":
        from talkinghead.core.impatient_connection import limit_waiting

        patience = {"connect_timeout": CONNECTING}
        engine = create_engine(
            address, pool_pre_ping=True, pool_size=5, max_overflow=15, connect_args=patience
        )
        limit_waiting(engine, answering)
        return engine
    # The wait for another process's write is bounded here and by busy_timeout alike.
    engine = create_engine(address, connect_args={"timeout": 30, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a power cut must not forget an intent to pay
        "busy_timeout=30000",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another wrote meanwhile,
    # whatever the busy timeout; so a writing one takes the lock at its beginning.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def close_connections(connections: Connections) -> None:
    """Close these connections, and those that are still in use when they are given back."""
    event.listen(connections, "checkin", _close_returned)
    connections.dispose()


def _close_returned(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def _limit_idle_transactions(connection: Any, _record: object) -> None:
    import psycopg

    try:
        connection.execute(f"SET idle_in_transaction_session_timeout = {_IDLE_IN_TRANSACTION}")
        connection.commit()  # a rollback would undo it
    except psycopg.Error:
        connection.close()  # the pool does not know it yet
        raise


def _raise_if_away(context: ExceptionContext) -> None:
    """Replace a connection error, except that of the pool's own check."""
    if not context.is_pre_ping and (context.is_disconnect or _is_away(context.original_exception)):
        raise DatabaseAway("The database can't be reached.") from context.original_exception


def _is_away(error: BaseException | None) -> bool:
    import psycopg

    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith(_AWAY_STATES)
