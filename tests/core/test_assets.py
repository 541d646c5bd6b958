"""Workspaces and assets on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from talkinghead.core.assets import Asset, Shelf, references_in
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from tests.jobs.made import PORTRAIT


@pytest.fixture
def shelf(database: Database) -> Shelf:
    return Shelf(database)


def test_the_same_hash_is_the_same_workspace_also_for_two_tabs_at_once(shelf: Shelf) -> None:
    with ThreadPoolExecutor(8) as threads:
        ids = set(threads.map(lambda _: shelf.workspace(token_hash="h" * 64), range(8)))
    assert len(ids) == 1
    assert shelf.workspace(token_hash="i" * 64) not in ids


def test_an_asset_put_again_has_the_newest_facts(shelf: Shelf, workspace: str) -> None:
    shelf.put_asset(workspace, Asset(PORTRAIT, "portrait", "a.jpg", {"width": 1}))
    shelf.put_asset(workspace, Asset(PORTRAIT, "portrait", "b.jpg", {"width": 2}))
    assert shelf.asset(workspace, PORTRAIT, "portrait") == Asset(
        PORTRAIT, "portrait", "b.jpg", {"width": 2}
    )


def test_a_strangers_asset_is_not_found(shelf: Shelf, workspace: str) -> None:
    shelf.put_asset(workspace, Asset(PORTRAIT, "portrait", "a.jpg", {}))
    other = shelf.workspace(token_hash="h" * 64)
    with pytest.raises(NotFound):
        shelf.asset(other, PORTRAIT, "portrait")
    assert shelf.asset_named(other, "portrait", "a.jpg") is None


def test_references_are_found_wherever_they_stand_in_json() -> None:
    assert references_in({"a": [PORTRAIT, {"b": f"x {PORTRAIT} y"}], "c": "asset:short"}) == {
        PORTRAIT
    }
