"""The projects repository.

A project's revision is the time of its last change, which grows with each: a change is written only
over the revision that it was made from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.projects.listing.repository import erase_project_jobs, record_jobs
from talkinghead.projects.tables import TO_INDEX, projects


@dataclass(frozen=True)
class StoredProject:
    """A project as stored.

    Attributes:
        workspace, id: which.
        content: a JSON object.
    """

    workspace: str
    id: str
    content: Mapping[str, Any]


class ProjectRepository:
    """Stored projects: JSON objects that `stored_form` reads and writes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, workspace: str, project_id: str) -> dict[str, Any] | None:
        """Return the stored project, or None if this workspace has none with this id."""
        found = self.find_revision(workspace, project_id)
        return None if found is None else found[0]

    def find_revision(
        self, workspace: str, project_id: str
    ) -> tuple[dict[str, Any], datetime] | None:
        """Return the stored project with its revision, or None if this workspace has none."""
        query = select(projects.c.content, projects.c.updated_at)
        alive = (*_this(workspace, project_id), projects.c.deleted_at.is_(None))
        with self._database.reading() as connection:
            row = connection.execute(query.where(*alive)).one_or_none()
            return None if row is None else (row.content, row.updated_at)

    def add(self, workspace: str, content: Mapping[str, Any], project_id: str | None = None) -> str:
        """Store a new project; returns its id.

        Args:
            workspace: whose.
            content: the stored project.
            project_id: an id that was made elsewhere, such as a job's; what is stored there is
                replaced. It is a copy, which is not listed.
        """
        if project_id is not None and self._replaced(workspace, project_id, content):
            return project_id
        new_id = project_id or uuid4().hex
        row = {"id": new_id, "workspace": workspace, "content": dict(content), "updated_at": _now()}
        with self._database.writing() as connection:
            connection.execute(insert(projects).values(**row, listed=project_id is None))
            record_jobs(connection, workspace, new_id, content)
        return new_id

    def save(
        self, workspace: str, project_id: str, content: Mapping[str, Any], revision: datetime
    ) -> datetime | None:
        """Store the contents of a project over the revision that they were made from.

        Returns:
            The new revision; None where another one is stored by now, and nothing was changed.

        Raises:
            NotFound: this workspace has no such project.
        """
        this = (*_this(workspace, project_id), projects.c.deleted_at.is_(None))
        with self._database.writing() as connection:
            query = select(projects.c.updated_at).where(*this).with_for_update()
            stored = connection.scalar(query)
            if stored is None:
                raise NotFound("This project is no longer available. Start a new one.")
            if stored != revision:
                return None
            at = _after(stored)
            changed = update(projects).where(*this).values(content=dict(content), updated_at=at)
            connection.execute(changed)
            record_jobs(connection, workspace, project_id, content)
            return at

    def _replaced(self, workspace: str, project_id: str, content: Mapping[str, Any]) -> bool:
        this = _this(workspace, project_id)
        with self._database.writing() as connection:
            stored = connection.scalar(select(projects.c.updated_at).where(*this).with_for_update())
            if stored is None:
                return False
            values = {"content": dict(content), "updated_at": _after(stored)}
            connection.execute(update(projects).where(*this).values(**values))
            return True


def _this(
    workspace: str | BindParameter[str], project_id: str | BindParameter[str]
) -> tuple[ColumnElement[bool], ...]:
    return projects.c.id == project_id, projects.c.workspace == workspace


def _now() -> datetime:
    return datetime.now(UTC)


def _after(revision: datetime) -> datetime:
    """Return now, or a moment after this revision where the clock went back."""
    return max(_now(), revision + timedelta(microseconds=1))


def find_project(connection: Connection, workspace: str, project_id: str) -> dict[str, Any] | None:
    """Return the contents of a project, or None, within a transaction."""
    query = select(projects.c.content).where(*_this(workspace, project_id))
    content: dict[str, Any] | None = connection.scalar(query)
    return content


def projects_to_index(connection: Connection, limit: int) -> list[StoredProject]:
    """Return projects that changed since they were put into the reference index, and mark them as
    indexed."""
    query = select(projects.c.workspace, projects.c.id, projects.c.content, projects.c.updated_at)
    rows = connection.execute(query.where(TO_INDEX).limit(limit).with_for_update()).all()
    if rows:
        this = _this(bindparam("its_workspace"), bindparam("its_id"))
        values = [
            {"its_workspace": row.workspace, "its_id": row.id, "at": row.updated_at} for row in rows
        ]
        changed = update(projects).where(*this).values(indexed_at=bindparam("at"))
        connection.execute(changed, values)
    return [StoredProject(row.workspace, row.id, row.content) for row in rows]


def projects_of_workspace(connection: Connection, workspace: str) -> list[StoredProject]:
    """Return every project of a workspace, within a transaction."""
    query = select(projects.c.workspace, projects.c.id, projects.c.content)
    rows = connection.execute(query.where(projects.c.workspace == workspace)).all()
    return [StoredProject(*row) for row in rows]


def replace_project(
    connection: Connection, workspace: str, project_id: str, content: Mapping[str, Any]
) -> None:
    """Replace a project's contents within a transaction, as a new revision."""
    this = _this(workspace, project_id)
    stored = connection.scalar(select(projects.c.updated_at).where(*this).with_for_update())
    if stored is not None:
        values = {"content": dict(content), "updated_at": _after(stored), "indexed_at": None}
        connection.execute(update(projects).where(*this).values(**values))


def erase_projects(connection: Connection, workspace: str) -> None:
    """Delete a workspace's projects."""
    erase_project_jobs(connection, workspace)
    connection.execute(delete(projects).where(projects.c.workspace == workspace))
