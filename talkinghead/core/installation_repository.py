"""The installation repository: values that are made once and are the same for every process."""

import secrets
from contextlib import suppress

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from talkinghead.core.database import Database
from talkinghead.core.tables import installation

ADDRESS_SECRET = "address_secret"  # noqa: S105  the value's name


class InstallationRepository:
    """The values of an installation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def address_secret(self) -> str:
        """Return the secret by which fingerprints of network addresses are made; created at first
        use."""
        if (known := self._find(ADDRESS_SECRET)) is not None:
            return known
        made = {"name": ADDRESS_SECRET, "value": secrets.token_hex(32)}
        with suppress(IntegrityError), self._database.writing() as connection:
            connection.execute(insert(installation).values(**made))
        found = self._find(ADDRESS_SECRET)  # another process may have been faster
        assert found is not None  # noqa: S101  it was just written
        return found

    def _find(self, name: str) -> str | None:
        query = select(installation.c.value).where(installation.c.name == name)
        with self._database.reading() as connection:
            return connection.scalar(query)
