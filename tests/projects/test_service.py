"""A workspace's projects: whose they are, and what another version of the studio wrote."""

import pytest

from talkinghead.core.assets import Shelf
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound, UnreadableProject
from talkinghead.projects.repository import ProjectRepository
from talkinghead.projects.service import ProjectService
from talkinghead.projects.values import Project

NEWER = {"version": 99, "script": "Hello.", "brand": "ours"}


@pytest.fixture
def repository(database: Database) -> ProjectRepository:
    return ProjectRepository(database)


@pytest.fixture
def projects(repository: ProjectRepository, workspace: str) -> ProjectService:
    return ProjectService(workspace, repository)


@pytest.fixture
def others(repository: ProjectRepository, database: Database) -> ProjectService:
    """Another workspace's."""
    return ProjectService(Shelf(database).workspace(token_hash="h" * 64), repository)


def test_a_project_is_found_as_it_was_saved_last(projects: ProjectService) -> None:
    project_id = projects.create(Project(script="Hello."))
    projects.save(project_id, Project(script="Good-bye."))
    assert projects.find(project_id) == Project(script="Good-bye.")


def test_anothers_project_is_as_good_as_none(
    projects: ProjectService, others: ProjectService
) -> None:
    project_id = projects.create(Project())
    assert others.find(project_id) is None
    with pytest.raises(NotFound):
        others.save(project_id, Project())
    with pytest.raises(NotFound):
        others.copy(project_id, "copied")


def test_a_newer_project_is_refused_and_stays_as_it_is(
    projects: ProjectService, repository: ProjectRepository, workspace: str
) -> None:
    project_id = repository.add(workspace, NEWER)
    with pytest.raises(UnreadableProject):
        projects.find(project_id)
    assert repository.find(workspace, project_id) == NEWER


def test_a_copy_loses_nothing_of_a_newer_project(
    projects: ProjectService, repository: ProjectRepository, workspace: str
) -> None:
    projects.copy(repository.add(workspace, NEWER), "copied")
    assert repository.find(workspace, "copied") == NEWER
