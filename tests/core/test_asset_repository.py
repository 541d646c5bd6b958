"""The files that workspaces know, on SQLite and on PostgreSQL."""

import pytest

from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.core.workspace_repository import WorkspaceRepository
from tests.jobs.made import PORTRAIT


@pytest.fixture
def assets(database: Database) -> AssetRepository:
    return AssetRepository(database)


def test_an_asset_put_again_has_the_newest_facts(assets: AssetRepository, workspace: str) -> None:
    assets.put(workspace, Asset(PORTRAIT, "portrait", "a.jpg", {"width": 1}))
    assets.put(workspace, Asset(PORTRAIT, "portrait", "b.jpg", {"width": 2}))
    newest = Asset(PORTRAIT, "portrait", "b.jpg", {"width": 2})
    assert assets.find(workspace, PORTRAIT, "portrait") == newest


def test_a_strangers_asset_is_not_found(
    database: Database, assets: AssetRepository, workspace: str
) -> None:
    assets.put(workspace, Asset(PORTRAIT, "portrait", "a.jpg", {}))
    other = WorkspaceRepository(database).create("h" * 64)
    with pytest.raises(NotFound):
        assets.find(other, PORTRAIT, "portrait")
    assert assets.find_named(other, "portrait", "a.jpg") is None
