"""The reference index and the list of unused files: what refers to which file of a workspace.

The functions work within a transaction that excludes other purges.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select, update

from talkinghead.retention.tables import reference_index, unused_files

OwnerKind = Literal["video", "job", "project"]
FileKey = tuple[str, str]
"""A workspace and the reference of one of its files."""

_AT_ONCE = 400  # references in one query: databases bound the number of parameters


@dataclass(frozen=True)
class Owner:
    """What refers to files.

    Attributes:
        kind: of it.
        workspace, id: which.
        references: every reference in it.
    """

    kind: OwnerKind
    workspace: str
    id: str
    references: Collection[str]


def add_owners(connection: Connection, owners: Sequence[Owner]) -> None:
    """Write the references of these owners, in place of earlier ones."""
    ids: dict[tuple[OwnerKind, str], list[str]] = {}
    for owner in owners:
        ids.setdefault((owner.kind, owner.workspace), []).append(owner.id)
    for (kind, workspace), those in ids.items():
        remove_owners(connection, kind, workspace, those)
    rows = [
        {
            "workspace": owner.workspace,
            "reference": reference,
            "owner_kind": owner.kind,
            "owner_id": owner.id,
        }
        for owner in owners
        for reference in set(owner.references)
    ]
    if rows:
        connection.execute(insert(reference_index), rows)


def remove_owners(
    connection: Connection, kind: OwnerKind, workspace: str, owner_ids: Iterable[str]
) -> None:
    """Delete the references of owners."""
    for some in _chunks(owner_ids):
        connection.execute(delete(reference_index).where(*_of_owners(kind, workspace, some)))


def references_of(
    connection: Connection, kind: OwnerKind, workspace: str, owner_ids: Iterable[str]
) -> set[str]:
    """Return the references of owners."""
    found: set[str] = set()
    for some in _chunks(owner_ids):
        query = select(reference_index.c.reference).where(*_of_owners(kind, workspace, some))
        found.update(connection.scalars(query))
    return found


def owners_of(
    connection: Connection, kind: OwnerKind, workspace: str, references: Iterable[str]
) -> dict[str, set[str]]:
    """Return the ids of the owners of a kind, by reference; a reference without one is left out."""
    found: dict[str, set[str]] = {}
    for some in _chunks(references):
        query = select(reference_index.c.reference, reference_index.c.owner_id).where(
            reference_index.c.workspace == workspace,
            reference_index.c.reference.in_(some),
            reference_index.c.owner_kind == kind,
        )
        for reference, owner_id in connection.execute(query):
            found.setdefault(reference, set()).add(owner_id)
    return found


def add_unused(
    connection: Connection, workspace: str, references: Iterable[str], at: datetime
) -> None:
    """List files that may be unused now; one that is listed already stays listed."""
    asked = sorted(set(references))
    for some in _chunks(asked):
        here = (unused_files.c.workspace == workspace, unused_files.c.reference.in_(some))
        known = set(connection.scalars(select(unused_files.c.reference).where(*here)))
        rows = [
            {"workspace": workspace, "reference": reference, "tried_at": at}
            for reference in some
            if reference not in known
        ]
        if rows:
            connection.execute(insert(unused_files), rows)


def next_unused(connection: Connection, before: datetime, limit: int) -> list[FileKey]:
    """Return listed files that were last tried before a moment, the longest waiting first."""
    query = (
        select(unused_files.c.workspace, unused_files.c.reference)
        .where(unused_files.c.tried_at < before)
        .order_by(unused_files.c.tried_at)
        .limit(limit)
    )
    return [(row.workspace, row.reference) for row in connection.execute(query)]


def used_by_content(connection: Connection, workspace: str, references: Sequence[str]) -> set[str]:
    """Return those of these files that a video or a project refers to."""
    referred = exists().where(
        reference_index.c.workspace == unused_files.c.workspace,
        reference_index.c.reference == unused_files.c.reference,
        reference_index.c.owner_kind.in_(("video", "project")),
    )
    query = select(unused_files.c.reference).where(
        unused_files.c.workspace == workspace, unused_files.c.reference.in_(references), referred
    )
    return set(connection.scalars(query))


def mark_tried(connection: Connection, files: Collection[FileKey]) -> None:
    """Leave these files for a later purge."""
    for here in _of_files(files):
        connection.execute(update(unused_files).where(*here).values(tried_at=datetime.now(UTC)))


def remove_unused(connection: Connection, files: Collection[FileKey]) -> None:
    """Take these files off the list: they are deleted, or in use."""
    for here in _of_files(files):
        connection.execute(delete(unused_files).where(*here))


def erase_references(connection: Connection, workspace: str) -> None:
    """Delete what is known of a workspace's references and unused files."""
    for table in (reference_index, unused_files):
        connection.execute(delete(table).where(table.c.workspace == workspace))


def _of_owners(
    kind: OwnerKind, workspace: str, owner_ids: Sequence[str]
) -> tuple[ColumnElement[bool], ...]:
    return (
        reference_index.c.owner_kind == kind,
        reference_index.c.owner_id.in_(owner_ids),
        reference_index.c.workspace == workspace,
    )


def _of_files(files: Collection[FileKey]) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """Yield the conditions that together match all of these files."""
    for workspace in {workspace for workspace, _ in files}:
        for some in _chunks(reference for owner, reference in files if owner == workspace):
            yield unused_files.c.workspace == workspace, unused_files.c.reference.in_(some)


def _chunks(references: Iterable[str]) -> Iterator[list[str]]:
    asked = list(references)
    for start in range(0, len(asked), _AT_ONCE):
        yield asked[start : start + _AT_ONCE]
