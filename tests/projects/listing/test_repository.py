"""The list of projects on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.core.workspace_repository import WorkspaceRepository
from talkinghead.projects.listing.repository import ProjectListRepository, purge_projects
from talkinghead.projects.repository import ProjectRepository, projects_to_index
from talkinghead.projects.tables import projects as table

SOON = timedelta(minutes=1)


@pytest.fixture
def projects(database: Database) -> ProjectRepository:
    return ProjectRepository(database)


@pytest.fixture
def listing(database: Database) -> ProjectListRepository:
    return ProjectListRepository(database)


def test_copies_and_deleted_ones_are_not_listed(
    projects: ProjectRepository, listing: ProjectListRepository, workspace: str
) -> None:
    kept, deleted = (projects.add(workspace, {"script": script}) for script in ("a", "b"))
    projects.add(workspace, {"script": "a"}, "j" * 32)
    listing.delete(workspace, deleted)
    assert [project.id for project in listing.recent(workspace, 9)] == [kept]
    assert projects.find(workspace, deleted) is None
    listing.restore(workspace, deleted)
    assert [project.id for project in listing.recent(workspace, 9)] == [deleted, kept]


def test_names_and_deletion_are_the_workspaces_own(
    projects: ProjectRepository, listing: ProjectListRepository, database: Database, workspace: str
) -> None:
    mine, stranger = projects.add(workspace, {}), WorkspaceRepository(database).create("h" * 64)
    for verb in (listing.delete, listing.restore):
        with pytest.raises(NotFound):
            verb(stranger, mine)
    with pytest.raises(NotFound):
        listing.rename(stranger, mine, "Theirs")
    listing.rename(workspace, mine, "Mine")
    assert [project.name for project in listing.recent(workspace, 1)] == ["Mine"]


def test_a_job_belongs_to_the_first_project_that_ordered_it(
    projects: ProjectRepository, listing: ProjectListRepository, workspace: str
) -> None:
    first = projects.add(workspace, {"jobs": ["one"], "speech_job": "said"})
    found = projects.find_revision(workspace, first)
    assert found is not None
    projects.save(workspace, first, {"jobs": ["one", "two"]}, found[1])
    projects.add(workspace, {"jobs": ["one", "three"]})
    of_jobs = listing.of_jobs(workspace)
    assert {of_jobs[job] for job in ("one", "two", "said")} == {first}
    assert of_jobs["three"] != first


def test_a_deleted_project_is_emptied_indexed_and_then_gone(
    projects: ProjectRepository, listing: ProjectListRepository, database: Database, workspace: str
) -> None:
    project = projects.add(workspace, {"script": "a"})
    listing.delete(workspace, project)
    later = datetime.now(UTC) + SOON
    with database.writing() as connection:
        assert purge_projects(connection, datetime.now(UTC) - SOON, 10) == 0
        assert purge_projects(connection, later, 10) == 1
        assert purge_projects(connection, later, 10) == 0  # not indexed yet
        assert [each.id for each in projects_to_index(connection, 10)] == [project]
        assert purge_projects(connection, later, 10) == 1
        assert purge_projects(connection, later, 10) == 0
    with pytest.raises(NotFound):
        listing.restore(workspace, project)


def test_a_deletion_that_was_purged_is_not_undone(
    projects: ProjectRepository, listing: ProjectListRepository, database: Database, workspace: str
) -> None:
    project = projects.add(workspace, {"script": "a"})
    listing.delete(workspace, project)
    with database.writing() as connection:
        purge_projects(connection, datetime.now(UTC) + SOON, 10)
        connection.execute(update(table).values(name="kept nowhere"))
    with pytest.raises(NotFound):
        listing.restore(workspace, project)
