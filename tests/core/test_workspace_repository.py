"""Workspaces on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

from talkinghead.core.database import Database
from talkinghead.core.workspace_repository import WorkspaceRepository


def test_a_workspace_is_found_by_the_hash_it_was_created_with(database: Database) -> None:
    workspaces = WorkspaceRepository(database)
    first, second = workspaces.create("h" * 64), workspaces.create("i" * 64)
    assert first != second
    assert (workspaces.find("h" * 64), workspaces.find("i" * 64)) == (first, second)


def test_a_hash_that_was_never_issued_finds_nothing_and_makes_nothing(database: Database) -> None:
    workspaces = WorkspaceRepository(database)
    assert workspaces.find("h" * 64) is None
    assert workspaces.find("h" * 64) is None


def test_a_fixed_workspace_is_created_once_by_many_tabs_at_once(database: Database) -> None:
    workspaces = WorkspaceRepository(database)
    with ThreadPoolExecutor(8) as threads:
        ids = set(threads.map(lambda _: workspaces.find_or_create_fixed("here"), range(8)))
    assert ids == {"here"}
