"""Reads the revision of a database without Alembic: importing Alembic takes longer than opening a
database, and nearly every start finds the current revision."""

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

HEAD = "0013"  # the newest revision in `versions/`
UNSTAMPED = (
    "0000",
    "0001",
    "0002",
    "0003",
)  # written before Alembic, identified by their number alone


@dataclass(frozen=True)
class Stamp:
    """The revision that a database is stamped with.

    Attributes:
        revision: Alembic's; None in a new database, and in one made before there was Alembic.
        version: the number of the revision, which versions of this app without Alembic read, so
            that they leave a newer database alone; None in a new database.
    """

    revision: str | None
    version: int | None

    @property
    def is_new(self) -> bool:
        """Whether the database is empty."""
        return self.revision is None and self.version is None

    @property
    def is_head(self) -> bool:
        """Whether no migration is pending."""
        return self.revision == HEAD and self.version == int(HEAD)


def read_stamp(connection: Connection) -> Stamp:
    """Return the database's revision."""
    tables = inspect(connection)
    revision = version = None
    if tables.has_table("alembic_version"):
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if tables.has_table("schema_version"):
        version = connection.scalar(text("SELECT version FROM schema_version"))
    return Stamp(revision, version)
