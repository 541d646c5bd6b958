"""The list of projects: recent ones, their names, deletion, and which jobs are whose.

A deleted project is found by nothing but its restoration, until the purge. First the purge empties
it, so that the reference index lists its files as dropped; what is empty and indexed goes then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.projects.tables import project_jobs, projects

GONE = "This project is no longer available."
_PURGED: dict[str, Any] = {"purged": True}
"""The contents of a project whose deletion cannot be undone any more."""


@dataclass(frozen=True)
class ListedProject:
    """A project in the list.

    Attributes:
        id: which.
        name: as a person called it, or None.
        content: as stored.
        updated_at: when it was changed last; aware UTC.
    """

    id: str
    name: str | None
    content: Mapping[str, Any]
    updated_at: datetime


class ProjectListRepository:
    """The lists of projects of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recent(self, workspace: str, limit: int) -> list[ListedProject]:
        """Return the projects that were changed last, the newest first; no copies."""
        mine = (projects.c.workspace == workspace, projects.c.listed.is_(True))
        query = _LISTED.where(*mine, projects.c.deleted_at.is_(None))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(projects.c.updated_at.desc()).limit(limit))
            return [ListedProject(*row) for row in rows]

    def rename(self, workspace: str, project_id: str, name: str | None) -> None:
        """Give a project a name; None takes it away.

        Raises:
            NotFound: this workspace has no such project.
        """
        self._change(workspace, project_id, projects.c.deleted_at.is_(None), name=name)

    def delete(self, workspace: str, project_id: str) -> None:
        """Delete a project softly.

        Raises:
            NotFound: this workspace has no such project, or it is deleted.
        """
        alive = projects.c.deleted_at.is_(None)
        self._change(workspace, project_id, alive, deleted_at=datetime.now(UTC))

    def restore(self, workspace: str, project_id: str) -> None:
        """Undo a deletion.

        Raises:
            NotFound: this workspace has no such project, or it was purged.
        """
        with self._database.writing() as connection:
            content = connection.scalar(
                select(projects.c.content).where(*_one(workspace, project_id)).with_for_update()
            )
            if content is None or content == _PURGED:
                raise NotFound(GONE)
            changed = update(projects).where(*_one(workspace, project_id))
            connection.execute(changed.values(deleted_at=None))

    def of_jobs(self, workspace: str) -> dict[str, str]:
        """Return the id of the project that each job was ordered for, by the job's id."""
        query = select(project_jobs.c.job_id, project_jobs.c.project)
        with self._database.reading() as connection:
            rows = connection.execute(query.where(project_jobs.c.workspace == workspace))
            return {row.job_id: row.project for row in rows}

    def several(self, workspace: str, project_ids: Sequence[str]) -> list[ListedProject]:
        """Return these projects, those deleted included; purged ones are missing."""
        found = []
        with self._database.reading() as connection:
            for begin in range(0, len(project_ids), 500):
                some = projects.c.id.in_(project_ids[begin : begin + 500])
                query = _LISTED.where(projects.c.workspace == workspace, some)
                found += [ListedProject(*row) for row in connection.execute(query)]
        return [project for project in found if project.content != _PURGED]

    def _change(
        self, workspace: str, project_id: str, *conditions: ColumnElement[bool], **values: Any
    ) -> None:
        changed = update(projects).where(*_one(workspace, project_id), *conditions).values(**values)
        with self._database.writing() as connection:
            if not connection.execute(changed).rowcount:
                raise NotFound(GONE)


_LISTED = select(projects.c.id, projects.c.name, projects.c.content, projects.c.updated_at)


def _one(workspace: str, project_id: str) -> tuple[ColumnElement[bool], ...]:
    return projects.c.id == project_id, projects.c.workspace == workspace


def record_jobs(
    connection: Connection, workspace: str, project_id: str, content: Mapping[str, Any]
) -> None:
    """Put on record that the jobs in a project's contents were ordered for it; the first project
    of a job stays the one."""
    wanted = [*content.get("jobs", ()), *filter(None, [content.get("speech_job")])]
    if not wanted:
        return
    mine = (project_jobs.c.workspace == workspace, project_jobs.c.job_id.in_(wanted))
    known = set(connection.scalars(select(project_jobs.c.job_id).where(*mine)))
    rows = [
        {"workspace": workspace, "job_id": job_id, "project": project_id}
        for job_id in dict.fromkeys(wanted)
        if job_id not in known
    ]
    if rows:
        connection.execute(insert(project_jobs), rows)


def purge_projects(connection: Connection, before: datetime, limit: int) -> int:
    """Empty and remove some projects that were deleted before then; returns how many it changed."""
    deleted = projects.c.deleted_at < before
    found = connection.execute(
        select(
            projects.c.workspace,
            projects.c.id,
            projects.c.content,
            projects.c.updated_at,
            projects.c.indexed_at,
        )
        .where(deleted)
        .limit(limit)
        .with_for_update()
    ).all()
    changed = 0
    for workspace, project_id, content, updated_at, indexed_at in found:
        this = _one(workspace, project_id)
        if content != _PURGED:
            empty = {"content": _PURGED, "name": None, "indexed_at": None}
            connection.execute(update(projects).where(*this).values(**empty))
        elif indexed_at == updated_at:
            connection.execute(delete(projects).where(*this))
        else:
            continue
        changed += 1
    return changed


def erase_project_jobs(connection: Connection, workspace: str) -> None:
    """Delete the record of which jobs are whose."""
    connection.execute(delete(project_jobs).where(project_jobs.c.workspace == workspace))
