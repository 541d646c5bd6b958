"""The assets repository: the files of each workspace and their metadata."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from talkinghead.core.assets import Asset
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.core.tables import TO_SWEEP, assets

BROUGHT = ("portrait", "crop", "recording")
"""Kinds of files that a person brings, or makes of what they brought."""

_DERIVED = ("crop", "portrait")
"""Kinds of files that may be made from a picture: a crop, or the picture rotated."""


class AssetRepository:
    """The assets of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, workspace: str, asset: Asset) -> None:
        """Store the metadata of a file; the newest name and facts replace earlier ones."""
        key = (
            assets.c.workspace == workspace,
            assets.c.reference == asset.reference,
            assets.c.kind == asset.kind,
        )
        values = {"name": asset.name, "facts": asset.facts, "put_at": datetime.now(UTC)}
        values |= {"swept": False}
        row = {"workspace": workspace, "reference": asset.reference, "kind": asset.kind, **values}
        with self._database.writing() as connection:
            if connection.execute(update(assets).where(*key).values(**values)).rowcount == 0:
                connection.execute(insert(assets).values(**row))

    def find(self, workspace: str, reference: str, kind: str) -> Asset:
        """Return the metadata of a file.

        Raises:
            NotFound: this workspace knows no such file of that kind.
        """
        found = self._first(
            assets.c.workspace == workspace,
            assets.c.reference == reference,
            assets.c.kind == kind,
        )
        if found is None:
            raise NotFound("This file is no longer available. Choose it again.")
        return found

    def find_named(self, workspace: str, kind: str, name: str) -> Asset | None:
        """Return the file of this name, or None."""
        return self._first(
            assets.c.workspace == workspace, assets.c.kind == kind, assets.c.name == name
        )

    def _first(self, *conditions: ColumnElement[bool]) -> Asset | None:
        query = select(assets.c.reference, assets.c.kind, assets.c.name, assets.c.facts)
        with self._database.reading() as connection:
            row = connection.execute(query.where(*conditions).limit(1)).one_or_none()
        return None if row is None else Asset(*row)


def fresh_files(
    connection: Connection, workspace: str, since: datetime, among: Collection[str]
) -> set[str]:
    """Return those of these files that were stored again since then: they are about to be used."""
    fresh = (
        assets.c.workspace == workspace,
        assets.c.reference.in_(among),
        assets.c.put_at >= since,
    )
    return set(connection.scalars(select(assets.c.reference).where(*fresh)))


def assets_to_sweep(connection: Connection, before: datetime, limit: int) -> list[tuple[str, str]]:
    """Return workspaces and references of files that were stored before a moment and not looked at
    since, and mark them. Voice samples stay, whoever heard them."""
    query = select(assets.c.workspace, assets.c.reference, assets.c.kind).where(
        TO_SWEEP, assets.c.put_at < before, assets.c.kind.in_(BROUGHT)
    )
    rows = connection.execute(query.order_by(assets.c.put_at).limit(limit)).all()
    for row in rows:
        this = (
            assets.c.workspace == row.workspace,
            assets.c.reference == row.reference,
            assets.c.kind == row.kind,
        )
        connection.execute(update(assets).where(*this).values(swept=True))
    return [(row.workspace, row.reference) for row in rows]


def cropped_pictures(connection: Connection, workspace: str, among: Collection[str]) -> set[str]:
    """Return those of these pictures that a crop or a rotated picture was made from which is still
    there."""
    source = assets.c.facts["from"].as_string()
    query = select(source).where(
        assets.c.workspace == workspace, assets.c.kind.in_(_DERIVED), source.in_(among)
    )
    return set(connection.scalars(query))


def sources_of(connection: Connection, workspace: str, crops: Collection[str]) -> set[str]:
    """Return the pictures that these crops and rotated pictures were made from."""
    query = select(assets.c.facts["from"].as_string()).where(
        assets.c.workspace == workspace,
        assets.c.kind.in_(_DERIVED),
        assets.c.reference.in_(crops),
    )
    return {source for source in connection.scalars(query) if source is not None}


@dataclass(frozen=True)
class WholePicture:
    """The picture that crops and rotated pictures come from.

    Attributes:
        reference: of the picture as it was brought.
        uploaded: the SHA-256 of the file that it was made from, or None where it was not kept.
    """

    reference: str
    uploaded: str | None = None


def whole_pictures(
    connection: Connection, workspace: str, references: Collection[str]
) -> dict[str, WholePicture]:
    """Return the whole picture that each of these pictures comes from, a whole one itself; what
    this workspace does not know as a picture is left out."""
    paths = {reference: [reference] for reference in references}
    origins: dict[str, WholePicture] = {}
    asked = set(paths)
    while asked:
        query = select(assets.c.reference, assets.c.facts).where(
            assets.c.workspace == workspace,
            assets.c.kind.in_(_DERIVED),
            assets.c.reference.in_({paths[one][-1] for one in asked}),
        )
        facts = [(row.reference, row.facts) for row in connection.execute(query)]
        uploaded = {now: each["uploaded"] for now, each in facts if "uploaded" in each}
        # A picture may be stored as a crop and as a portrait: then the one it was cut from counts.
        sources = {now: now for now, _ in facts}
        sources |= {
            now: source for now, each in facts if (source := _source(each)) not in ("", now)
        }
        for given in asked:
            now = paths[given][-1]
            # A file that is gone still has a name, which says which one it was.
            if now in sources or given != now:
                origins[given] = WholePicture(now, uploaded.get(now))
        asked = {one for one in asked if sources.get(paths[one][-1]) not in (None, *paths[one])}
        for one in asked:
            paths[one].append(sources[paths[one][-1]])
    return origins


def _source(facts: Mapping[str, Any]) -> str:
    """Return the picture that one was made from, by its metadata; "" for a whole one."""
    return str(facts.get("from") or facts.get("copied_from") or "")


def picture_references(connection: Connection, workspace: str) -> set[str]:
    """Return the references of a workspace's portraits and crops."""
    mine = (assets.c.workspace == workspace, assets.c.kind.in_(_DERIVED))
    return set(connection.scalars(select(assets.c.reference).where(*mine)))


def delete_assets(connection: Connection, workspace: str, references: Collection[str]) -> None:
    """Delete the metadata of these files."""
    gone = (assets.c.workspace == workspace, assets.c.reference.in_(references))
    connection.execute(delete(assets).where(*gone))


def erase_assets(connection: Connection, workspace: str) -> None:
    """Delete the metadata of a workspace's files."""
    connection.execute(delete(assets).where(assets.c.workspace == workspace))
