"""What changes a database that an older version of this app made, in order.

A database at version n still needs `MIGRATIONS[n:]`; a new one is made whole by the tables. Tables
that are new altogether are made before these run; here stand the changes to those that were there.
"""

from collections.abc import Callable

from sqlalchemy import Column, Connection, inspect, text
from sqlalchemy.schema import CreateColumn

from talkinghead.core.schema import jobs, speeches, videos


def _add_payment(connection: Connection) -> None:
    """Who pays for a job, what was sent, and that no two jobs share one request."""
    for name in ("payer", "waiting_for", "unit_price", "submitted_at", "sent", "orders"):
        _add_column(connection, jobs.c[name])
    connection.execute(text("UPDATE jobs SET payer = 'operator' WHERE endpoint_id <> 'draft'"))
    connection.execute(text("CREATE UNIQUE INDEX jobs_by_request ON jobs (request_id)"))


def _add_families(connection: Connection) -> None:
    """Jobs that belong together, parts that no gallery shows, videos made from videos."""
    for name in ("parent", "place", "fingerprint", "comparison"):
        _add_column(connection, jobs.c[name])
    for name in ("part", "made_from"):
        _add_column(connection, videos.c[name])
    connection.execute(text("CREATE INDEX jobs_of_parent ON jobs (parent, place)"))
    connection.execute(text("CREATE INDEX jobs_by_fingerprint ON jobs (workspace, fingerprint)"))


def _add_removal(connection: Connection) -> None:
    """When a speech was removed. Where the table itself is new, it has the column already."""
    known = {column["name"] for column in inspect(connection).get_columns(speeches.name)}
    if speeches.c.deleted_at.name not in known:
        _add_column(connection, speeches.c.deleted_at)


def _add_column(connection: Connection, column: "Column[object]") -> None:
    definition = CreateColumn(column).compile(dialect=connection.dialect)
    connection.execute(text(f"ALTER TABLE {column.table.name} ADD COLUMN {definition}"))


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _add_payment,
    _add_families,
    _add_removal,
)
