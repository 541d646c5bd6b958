"""The projects repository."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
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
        with self._database.reading() as connection:
            return find_project(connection, workspace, project_id)

    def add(self, workspace: str, content: Mapping[str, Any], project_id: str | None = None) -> str:
        """Store a new project; returns its id.

        Args:
            workspace: whose.
            content: the stored project.
            project_id: an id that was made elsewhere, such as a job's; what is stored there is
                replaced.
        """
        if project_id is not None and self._replaced(workspace, project_id, content):
            return project_id
        new_id = project_id or uuid4().hex
        row = {"id": new_id, "workspace": workspace, "content": dict(content), "updated_at": _now()}
        with self._database.writing() as connection:
            connection.execute(insert(projects).values(**row))
        return new_id

    def save(self, workspace: str, project_id: str, content: Mapping[str, Any]) -> None:
        """Store the contents of a project.

        Raises:
            NotFound: this workspace has no such project.
        """
        if not self._replaced(workspace, project_id, content):
            raise NotFound("This project is not here any more. Begin a new one.")

    def _replaced(self, workspace: str, project_id: str, content: Mapping[str, Any]) -> bool:
        changed = update(projects).where(*_this(workspace, project_id))
        with self._database.writing() as connection:
            values = {"content": dict(content), "updated_at": _now()}
            return connection.execute(changed.values(**values)).rowcount > 0


def _this(
    workspace: str | BindParameter[str], project_id: str | BindParameter[str]
) -> tuple[ColumnElement[bool], ...]:
    return projects.c.id == project_id, projects.c.workspace == workspace


def _now() -> datetime:
    return datetime.now(UTC)


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


def replace_project(
    connection: Connection, workspace: str, project_id: str, content: Mapping[str, Any]
) -> None:
    """Replace a project's contents within a transaction; not counted as an edit by a person."""
    changed = update(projects).where(*_this(workspace, project_id))
    connection.execute(changed.values(content=dict(content), indexed_at=None))


def erase_projects(connection: Connection, workspace: str) -> None:
    """Delete a workspace's projects."""
    connection.execute(delete(projects).where(projects.c.workspace == workspace))
