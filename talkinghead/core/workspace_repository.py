"""The workspaces repository: each workspace by the hash of its token, or by a fixed id."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from talkinghead.core.column_types import Moment
from talkinghead.core.database import Database, Transaction
from talkinghead.core.tables import NO_WORKSPACE, workspaces


def ensure_no_workspace(connection: Transaction) -> str:
    """Return the id that stands for no workspace; its row is made where it is missing."""
    row = "INSERT INTO workspaces (id, created_at) VALUES (:id, :at) ON CONFLICT DO NOTHING"
    at = bindparam("at", datetime.now(UTC), Moment)
    connection.execute(text(row).bindparams(at), {"id": NO_WORKSPACE})
    return NO_WORKSPACE


class WorkspaceRepository:
    """The workspaces of a studio."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, token_hash: str) -> str:
        """Create the workspace of a new token, and return its id."""
        workspace_id = uuid4().hex
        self._insert(workspace_id, token_hash)
        return workspace_id

    def find(self, token_hash: str) -> str | None:
        """Return the id of the workspace whose token has this hash; None if it was never
        issued."""
        with self._database.reading() as connection:
            known = select(workspaces.c.id).where(workspaces.c.token_hash == token_hash)
            return connection.scalar(known)

    def set_client(self, workspace_id: str, client: str, *, replace: bool) -> None:
        """Store whom a workspace counts for.

        Args:
            workspace_id: which.
            client: a fingerprint.
            replace: also where another one is known.
        """
        this = workspaces.c.id == workspace_id
        with self._database.reading() as connection:
            known = connection.scalar(select(workspaces.c.client).where(this))
        if known == client or (known is not None and not replace):
            return
        with self._database.writing() as connection:
            connection.execute(update(workspaces).where(this).values(client=client))

    def client_of(self, workspace_id: str) -> str:
        """Return whom a workspace counts for: its client, or itself where none is known."""
        with self._database.reading() as connection:
            known = select(workspaces.c.client).where(workspaces.c.id == workspace_id)
            return connection.scalar(known) or workspace_id

    def find_or_create_fixed(self, workspace_id: str) -> str:
        """Return this id; its workspace, which no token opens, is created at first use."""
        with self._database.reading() as connection:
            known = select(workspaces.c.id).where(workspaces.c.id == workspace_id)
            if connection.scalar(known) is not None:
                return workspace_id
        with suppress(IntegrityError):  # another tab was faster
            self._insert(workspace_id, None)
        return workspace_id

    def _insert(self, workspace_id: str, token_hash: str | None) -> None:
        row = {"id": workspace_id, "token_hash": token_hash, "created_at": datetime.now(UTC)}
        with self._database.writing() as connection:
            connection.execute(insert(workspaces).values(**row))
