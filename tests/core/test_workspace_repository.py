"""Workspaces on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

from talkinghead.core.database import Database
from talkinghead.core.workspace_repository import WorkspaceRepository


def test_the_same_hash_is_the_same_workspace_also_for_two_tabs_at_once(database: Database) -> None:
    workspaces = WorkspaceRepository(database)
    with ThreadPoolExecutor(8) as threads:
        ids = set(threads.map(lambda _: workspaces.find_or_create(token_hash="h" * 64), range(8)))
    assert len(ids) == 1
    assert workspaces.find_or_create(token_hash="i" * 64) not in ids
