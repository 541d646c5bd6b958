"""Copies of the database from before an upgrade keep nothing longer than the studio says."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.migrations.backup import back_up, copies
from talkinghead.core.store import open_store
from talkinghead.retention.erase import WorkspaceErasure
from talkinghead.retention.purge import KEPT_AFTER_DELETION, Purge


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def embedded(file: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(file))
    yield opened
    opened.close()


def test_a_copy_goes_when_what_was_deleted_goes(
    embedded: Database, file: Path, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    back_up(file, "0004", now - KEPT_AFTER_DELETION - timedelta(minutes=1))
    young = back_up(file, "0005", now - KEPT_AFTER_DELETION + timedelta(minutes=1))
    Purge(embedded, open_store((tmp_path / "media").as_uri())).purge()
    assert copies(file) == [young]


def test_erasing_a_workspace_deletes_the_copies_too(embedded: Database, file: Path) -> None:
    back_up(file, "0004", datetime.now(UTC))
    WorkspaceErasure(embedded).erase("local")
    assert copies(file) == []
