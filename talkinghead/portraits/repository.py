"""The portrait library: which portraits a workspace can choose again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.core.tables import assets
from talkinghead.portraits.tables import portrait_library

_KEPT = portrait_library.c.removed_at.is_(None)


@dataclass(frozen=True)
class LibraryEntry:
    """A portrait of the library.

    Attributes:
        reference: the whole picture.
        name: the person's file name.
        thumbnail: a small JPEG; None until it is first shown.
    """

    reference: str
    name: str
    thumbnail: bytes | None


class PortraitLibraryRepository:
    """The portraits of every workspace that can be chosen again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, workspace: str, reference: str, thumbnail: bytes | None = None) -> None:
        """List a portrait first, also one that was removed; without a thumbnail, one that it has
        stays."""
        values: dict[str, Any] = {"used_at": datetime.now(UTC), "removed_at": None}
        if thumbnail is not None:
            values["thumbnail"] = thumbnail
        row = {"workspace": workspace, "reference": reference, **values}
        with self._database.writing() as connection:
            change = update(portrait_library).where(*_one(workspace, reference)).values(**values)
            if connection.execute(change).rowcount == 0:
                connection.execute(insert(portrait_library).values(**row))

    def set_thumbnail(self, workspace: str, reference: str, thumbnail: bytes) -> None:
        """Store the thumbnail of a portrait; nothing if it is not listed."""
        change = update(portrait_library).where(*_one(workspace, reference))
        with self._database.writing() as connection:
            connection.execute(change.values(thumbnail=thumbnail))

    def list(self, workspace: str, limit: int) -> list[LibraryEntry]:
        """Return the portraits that were chosen last, the newest first."""
        files = (
            assets.c.workspace == portrait_library.c.workspace,
            assets.c.reference == portrait_library.c.reference,
            assets.c.kind == "portrait",
        )
        query = (
            select(portrait_library.c.reference, assets.c.name, portrait_library.c.thumbnail)
            .where(portrait_library.c.workspace == workspace, _KEPT, *files)
            .order_by(portrait_library.c.used_at.desc(), portrait_library.c.reference)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [LibraryEntry(*row) for row in connection.execute(query)]

    def mark_removed(self, workspace: str, reference: str, at: datetime | None) -> None:
        """Remove a portrait from the library, or with None restore it.

        Raises:
            NotFound: it is not in the library.
        """
        change = update(portrait_library).where(*_one(workspace, reference)).values(removed_at=at)
        with self._database.writing() as connection:
            if connection.execute(change).rowcount == 0:
                raise NotFound("This portrait is no longer available. Upload it again.")

    def replace(self, workspace: str, reference: str, other: str) -> None:
        """Remove a portrait, in whose place another was put."""
        if reference != other:
            with self._database.writing() as connection:
                connection.execute(delete(portrait_library).where(*_one(workspace, reference)))


def library_portraits(connection: Connection, workspace: str, among: Collection[str]) -> set[str]:
    """Return those of these files that are in the library, or can be restored to it."""
    query = select(portrait_library.c.reference).where(
        portrait_library.c.workspace == workspace, portrait_library.c.reference.in_(among)
    )
    return set(connection.scalars(query))


def purge_removed_portraits(
    connection: Connection, before: datetime, limit: int
) -> list[tuple[str, str]]:
    """Delete entries that were removed before a moment; returns their workspaces and
    references."""
    query = select(portrait_library.c.workspace, portrait_library.c.reference)
    old = query.where(portrait_library.c.removed_at < before).limit(limit)
    gone = [(row.workspace, row.reference) for row in connection.execute(old)]
    for workspace, reference in gone:
        connection.execute(delete(portrait_library).where(*_one(workspace, reference)))
    return gone


def delete_from_library(
    connection: Connection, workspace: str, references: Collection[str]
) -> None:
    """Delete portraits from the library of a workspace, with their thumbnails."""
    gone = (
        portrait_library.c.workspace == workspace,
        portrait_library.c.reference.in_(references),
    )
    connection.execute(delete(portrait_library).where(*gone))


def erase_library(connection: Connection, workspace: str) -> None:
    """Delete the library of a workspace."""
    connection.execute(delete(portrait_library).where(portrait_library.c.workspace == workspace))


def _one(workspace: str, reference: str) -> tuple[ColumnElement[bool], ...]:
    return (
        portrait_library.c.workspace == workspace,
        portrait_library.c.reference == reference,
    )
