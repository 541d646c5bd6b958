"""Real databases: an SQLite file, and a PostgreSQL of the tests' own."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.workspace_repository import WorkspaceRepository
from tests.postgres import fresh_database, running_server


@cache
def _new_journal() -> bytes:
    """An SQLite database with every table and nothing in it."""
    with TemporaryDirectory(prefix="journal-") as folder:
        file = Path(folder) / "journal.db"
        Database(sqlite_url(file)).close()
        return file.read_bytes()


def with_journal(folder: Path) -> Path:
    """Return this data folder, with a new journal where it has none.

    To run every migration again takes longer than all else that opens a studio;
    `tests/core/test_migrations.py` and `tests/upgrade` run them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "journal.db").exists():
        (folder / "journal.db").write_bytes(_new_journal())
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    # Not below pytest's own folder: root's server runs as another user, who may not enter there.
    with TemporaryDirectory(prefix="postgres-") as folder, running_server(Path(folder)) as address:
        yield address


@pytest.fixture(scope="session")
def current_on_postgres(postgres_server: str) -> str:
    """The same on PostgreSQL; nobody may be connected to it when it is copied."""
    address = fresh_database(postgres_server)
    Database(address).close()
    return address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is no table yet."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "journal.db")
    return fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with every table and nothing in it."""
    if request.param == "sqlite":
        return sqlite_url(with_journal(tmp_path) / "journal.db")
    return fresh_database(
        request.getfixturevalue("postgres_server"), request.getfixturevalue("current_on_postgres")
    )


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def workspace(database: Database) -> str:
    return WorkspaceRepository(database).find_or_create_fixed("local")
