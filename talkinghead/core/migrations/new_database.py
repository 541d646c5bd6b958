"""Makes the tables of a new SQLite database at once, without Alembic.

`new_database.sql` is what all revisions together leave in an empty database, with the stamp of the
newest. After a new revision it is written again:

    python -m talkinghead.core.migrations.new_database
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, create_engine

SNAPSHOT = Path(__file__).parent / "data" / "new_database.sql"
_FRAME = ("BEGIN TRANSACTION;", "COMMIT;")  # the caller's transaction is around it


def create_tables(connection: Connection) -> None:
    """Make every table, with the stamp of the newest revision.

    Args:
        connection: to an empty SQLite database, in a transaction.
    """
    for statement in SNAPSHOT.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def snapshot() -> str:
    """Return the statements that all revisions amount to, by running them."""
    from talkinghead.core.migrations.upgrade import upgrade  # Alembic is slow to import

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "new.db"
        engine = create_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()
        with closing(sqlite3.connect(file)) as written:
            lines = [line for line in written.iterdump() if line not in _FRAME]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
