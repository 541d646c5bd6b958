"""Stored projects on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import update

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.projects.repository import ProjectRepository, replace_project
from talkinghead.projects.tables import projects as table


@pytest.fixture
def projects(database: Database) -> ProjectRepository:
    return ProjectRepository(database)


@pytest.fixture
def other(database: Database) -> str:
    """A second workspace."""
    return WorkspaceRepository(database).create("h" * 64)


def revision(projects: ProjectRepository, workspace: str, project_id: str) -> datetime:
    """The stored revision of a project."""
    found = projects.find_revision(workspace, project_id)
    assert found is not None
    return found[1]


def test_a_change_is_written_only_over_the_revision_it_was_made_from(
    projects: ProjectRepository, workspace: str
) -> None:
    project_id = projects.add(workspace, {"take": 1})
    first = revision(projects, workspace, project_id)
    second = projects.save(workspace, project_id, {"take": 2}, first)
    assert second is not None
    assert second > first
    assert projects.save(workspace, project_id, {"take": 3}, first) is None
    assert projects.find_revision(workspace, project_id) == ({"take": 2}, second)


def test_a_revision_grows_though_the_clock_goes_back(
    projects: ProjectRepository, database: Database, workspace: str
) -> None:
    project_id = projects.add(workspace, {})
    ahead = datetime.now(UTC) + timedelta(hours=1)
    with database.writing() as connection:
        connection.execute(update(table).values(updated_at=ahead))
    saved = projects.save(workspace, project_id, {}, ahead)
    assert saved == ahead + timedelta(microseconds=1)


def test_of_many_changes_at_once_one_is_written(
    projects: ProjectRepository, workspace: str
) -> None:
    project_id = projects.add(workspace, {})
    first = revision(projects, workspace, project_id)
    with ThreadPoolExecutor(4) as pool:
        save = partial(projects.save, workspace, project_id, revision=first)
        saved = list(pool.map(save, [{"take": number} for number in range(8)]))
    assert sum(each is not None for each in saved) == 1


def test_what_the_purge_replaces_is_a_new_revision(
    projects: ProjectRepository, database: Database, workspace: str
) -> None:
    project_id = projects.add(workspace, {})
    first = revision(projects, workspace, project_id)
    with database.writing() as connection:
        replace_project(connection, workspace, project_id, {"made": None})
    assert projects.save(workspace, project_id, {"made": "it"}, first) is None


def test_a_project_belongs_to_its_workspace(
    projects: ProjectRepository, workspace: str, other: str
) -> None:
    project_id = projects.add(workspace, {"script": "Hello \x00 \U0001f600"})
    assert projects.find(workspace, project_id) == {"script": "Hello \x00 \U0001f600"}
    assert projects.find(other, project_id) is None
    assert projects.find_revision(other, project_id) is None
    with pytest.raises(NotFound):
        projects.save(other, project_id, {}, revision(projects, workspace, project_id))


def test_two_workspaces_may_choose_the_same_id_for_a_project(
    projects: ProjectRepository, workspace: str, other: str
) -> None:
    projects.add(workspace, {"mine": 1}, "chosen")
    projects.add(other, {"theirs": 2}, "chosen")
    assert projects.find(workspace, "chosen") == {"mine": 1}


def test_a_project_stored_under_a_given_id_is_replaced(
    projects: ProjectRepository, workspace: str
) -> None:
    projects.add(workspace, {"take": 1}, "chosen")
    projects.add(workspace, {"take": 2}, "chosen")
    assert projects.find(workspace, "chosen") == {"take": 2}
