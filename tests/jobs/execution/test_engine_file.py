"""A damaged file of the engine is set aside and made again, and open jobs go on."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from talkinghead.core.errors import ConfigurationError
from talkinghead.jobs.execution.engine_file import KEPT, EngineFile, damage_in
from talkinghead.jobs.job import JobState
from tests.jobs.studios import order, small_studio, wait_for


def garbage(file: Path) -> None:
    file.write_bytes(b"not a database at all, " * 500)


def truncated(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2 + 100])


def overwritten(file: Path) -> None:
    """Some pages in the middle are lost."""
    content = bytearray(file.read_bytes())
    content[4096 : len(content) // 2] = b"\xff" * (len(content) // 2 - 4096)
    file.write_bytes(bytes(content))


def emptied_beside_its_log(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE late (a)")
        log = Path(f"{file}-wal").read_bytes()
    file.write_bytes(b"")
    Path(f"{file}-wal").write_bytes(log or b"\x00" * 4152)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "inside").write_text("a file", encoding="utf-8")


def a_link_to_nothing(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.with_name("nowhere") / "gone.db")


def unreadable(file: Path) -> None:
    file.chmod(0)


def without_a_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE workflow_status")


def with_another_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DROP TABLE workflow_status")
        connection.execute("CREATE TABLE workflow_status (workflow_uuid TEXT PRIMARY KEY)")


def of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE workflow_status (id INTEGER)")
        connection.execute("CREATE TABLE dbos_migrations (other TEXT)")


DAMAGES = [
    garbage, truncated, overwritten, emptied_beside_its_log, a_folder, a_link_to_nothing,
    without_a_table, with_another_table, of_another_program,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_open_jobs_go_on_after_damage(
    tmp_path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    with closing(small_studio(tmp_path)) as studio:
        jobs = [order(studio.workspace(), f"frames={number}") for number in (2, 3, 4)]
    damage(tmp_path / "engine.db")
    with caplog.at_level(logging.WARNING), closing(small_studio(tmp_path)) as studio:
        assert studio.drives
        for job in jobs:
            wait_for(studio.workspace(), job, JobState.DONE)
        later = order(studio.workspace(), "frames=5")
        wait_for(studio.workspace(), later, JobState.DONE)
    assert list(tmp_path.glob("engine-damaged-*.db"))
    assert "open jobs go on" in caplog.text


def test_a_sound_file_stays(tmp_path: Path) -> None:
    for script in ("frames=2", "frames=3"):
        with closing(small_studio(tmp_path)) as studio:
            wait_for(studio.workspace(), order(studio.workspace(), script), JobState.DONE)
    assert not list(tmp_path.glob("engine-damaged-*"))


def test_a_file_that_may_not_be_read_does_not_stop_the_studio(tmp_path: Path) -> None:
    with closing(small_studio(tmp_path)) as studio:
        job = order(studio.workspace(), "frames=2")
    unreadable(tmp_path / "engine.db")
    with closing(small_studio(tmp_path)) as studio:
        wait_for(studio.workspace(), job, JobState.DONE)


def test_what_was_set_aside_long_ago_is_deleted(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    old, young = (
        tmp_path / f"engine-damaged-{now - KEPT + timedelta(hours=hours):%Y%m%dT%H%M%SZ}.db"
        for hours in (-1, 1)
    )
    old.mkdir()
    (tmp_path / f"{old.name}-wal").write_bytes(b"log")
    young.write_bytes(b"damaged")
    EngineFile(tmp_path).prepare()
    assert list(tmp_path.iterdir()) == [young]


def test_damage_that_cannot_be_moved_is_told_in_a_sentence(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    file = EngineFile(tmp_path, lambda: now)
    garbage(file.path)
    (tmp_path / f"engine-damaged-{now:%Y%m%dT%H%M%SZ}.db" / "in the way").mkdir(parents=True)
    with pytest.raises(ConfigurationError, match="can't be moved"):
        file.prepare()
    assert file.path.read_bytes().startswith(b"not a database")


@pytest.mark.parametrize(
    ("name", "is_damage"),
    [
        ("SQLITE_BUSY", False),
        ("SQLITE_FULL", False),
        ("SQLITE_IOERR_WRITE", False),
        ("SQLITE_CORRUPT", True),
        ("SQLITE_NOTADB", True),
    ],
)
def test_a_full_disk_and_a_lock_are_no_damage(name: str, is_damage: bool) -> None:
    cause = sqlite3.OperationalError("for a while")
    cause.sqlite_errorname = name
    error = RuntimeError("the engine")
    error.__cause__ = cause
    assert damage_in(error) == (name if is_damage else None)
