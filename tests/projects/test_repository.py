"""Stored projects on SQLite and on PostgreSQL."""

import pytest

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.projects.repository import ProjectRepository


@pytest.fixture
def projects(database: Database) -> ProjectRepository:
    return ProjectRepository(database)


@pytest.fixture
def other(database: Database) -> str:
    """A second workspace."""
    return WorkspaceRepository(database).create("h" * 64)


def test_a_project_belongs_to_its_workspace(
    projects: ProjectRepository, workspace: str, other: str
) -> None:
    project_id = projects.add(workspace, {"script": "Hello \x00 \U0001f600"})
    assert projects.find(workspace, project_id) == {"script": "Hello \x00 \U0001f600"}
    assert projects.find(other, project_id) is None
    with pytest.raises(NotFound):
        projects.save(other, project_id, {})


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
