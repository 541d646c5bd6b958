"""The workspaces repository: each workspace by the hash of its token, or by a fixed id."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from talkinghead.core.database import Database
from talkinghead.core.tables import workspaces


class WorkspaceRepository:
    """The workspaces of a studio."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_or_create(self, *, token_hash: str | None, fixed_id: str | None = None) -> str:
        """Return the id of the workspace with this hash, or with this fixed id; created at first
        use."""
        if fixed_id is not None:
            found = select(workspaces.c.id).where(workspaces.c.id == fixed_id)
        else:
            found = select(workspaces.c.id).where(workspaces.c.token_hash == token_hash)
        row = {
            "id": fixed_id or uuid4().hex,
            "token_hash": token_hash,
            "created_at": datetime.now(UTC),
        }
        with self._database.reading() as connection:
            known = connection.scalar(found)
        if known is not None:
            return str(known)
        try:
            with self._database.writing() as connection:
                connection.execute(insert(workspaces).values(**row))
            return str(row["id"])
        except IntegrityError:  # another tab was faster
            with self._database.reading() as connection:
                return str(connection.scalars(found).one())
