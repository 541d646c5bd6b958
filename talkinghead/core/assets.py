"""What stays: workspaces, and the files they know."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.core.tables import assets, workspaces

_REFERENCE = re.compile(r"asset:[0-9a-f]{64}\.[a-z0-9]{1,5}")


@dataclass(frozen=True)
class Asset:
    """What is known of a stored file without reading it.

    Attributes:
        reference: `asset:<sha256><suffix>`.
        kind: "portrait", "crop", "recording" or "preview".
        name: the person's file name, or what it was made from.
        facts: measured, as JSON.
    """

    reference: str
    kind: str
    name: str
    facts: dict[str, Any]


class Shelf:
    """Workspaces and their assets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def workspace(self, *, token_hash: str | None, fixed_id: str | None = None) -> str:
        """The id of the workspace with this hash, or with this fixed id; made at the first time."""
        if fixed_id is not None:
            found = select(workspaces.c.id).where(workspaces.c.id == fixed_id)
        else:
            found = select(workspaces.c.id).where(workspaces.c.token_hash == token_hash)
        row = {"id": fixed_id or uuid4().hex, "token_hash": token_hash, "created_at": _now()}
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

    def put_asset(self, workspace: str, asset: Asset) -> None:
        """Remember a stored file; the newest name and facts count."""
        key = (
            assets.c.workspace == workspace,
            assets.c.reference == asset.reference,
            assets.c.kind == asset.kind,
        )
        values = {"name": asset.name, "facts": asset.facts, "put_at": _now()}
        row = {"workspace": workspace, "reference": asset.reference, "kind": asset.kind, **values}
        with self._database.writing() as connection:
            if connection.execute(update(assets).where(*key).values(**values)).rowcount == 0:
                connection.execute(insert(assets).values(**row))

    def asset(self, workspace: str, reference: str, kind: str) -> Asset:
        """What is known of a file.

        Raises:
            NotFound: this workspace knows no such file of that kind.
        """
        found = self._asset(
            assets.c.workspace == workspace,
            assets.c.reference == reference,
            assets.c.kind == kind,
        )
        if found is None:
            raise NotFound("This file is not here any more. Choose it again.")
        return found

    def asset_named(self, workspace: str, kind: str, name: str) -> Asset | None:
        """The file of this name, or None."""
        return self._asset(
            assets.c.workspace == workspace, assets.c.kind == kind, assets.c.name == name
        )

    def _asset(self, *conditions: ColumnElement[bool]) -> Asset | None:
        query = select(assets.c.reference, assets.c.kind, assets.c.name, assets.c.facts)
        with self._database.reading() as connection:
            row = connection.execute(query.where(*conditions).limit(1)).one_or_none()
        return None if row is None else Asset(*row)


def fresh_files(connection: Connection, workspace: str, since: datetime) -> set[str]:
    """References of files that were put again since then: somebody is about to use them."""
    fresh = (assets.c.workspace == workspace, assets.c.put_at >= since)
    return set(connection.scalars(select(assets.c.reference).where(*fresh)))


def forget_assets(connection: Connection, workspace: str, references: Collection[str]) -> None:
    """Know nothing of these files any more."""
    gone = (assets.c.workspace == workspace, assets.c.reference.in_(references))
    connection.execute(delete(assets).where(*gone))


def erase_assets(connection: Connection, workspace: str) -> None:
    """Know nothing of a workspace's files any more."""
    connection.execute(delete(assets).where(assets.c.workspace == workspace))


def references_in(content: object) -> set[str]:
    """Every `asset:` reference in a JSON value."""
    return set(_REFERENCE.findall(json.dumps(content)))


def _now() -> datetime:
    return datetime.now(UTC)
