"""Opening the journal's database."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from talkinghead.core.database import Database, driver_url, sqlite_url
from talkinghead.core.errors import ConfigurationError
from talkinghead.core.migrations.stamp import HEAD


def test_sqlite_is_opened_so_that_a_power_cut_forgets_nothing(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "journal.db"))
    with database.reading() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    database.close()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 30000,
        "foreign_keys": 1,
    }


def test_a_database_is_opened_again_as_it_is(database_url: str) -> None:
    Database(database_url).close()
    Database(database_url).close()


def test_what_fails_half_way_is_undone(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            connection.execute(text("UPDATE schema_version SET version = 5"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as connection:
        version = connection.scalar(text("SELECT version FROM schema_version"))
    assert version == int(HEAD)


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x", "postgresql://127.0.0.1:1/none"])
def test_an_address_that_cannot_be_opened_names_the_setting(url: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        Database(url)


def test_a_folder_that_is_a_file_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "journal.db").mkdir()
    with pytest.raises(ConfigurationError, match="DATA_DIR folder"):
        Database(sqlite_url(tmp_path / "journal.db"))


def test_a_file_that_is_no_database_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"not a database at all " * 100)
    with pytest.raises(ConfigurationError, match="DATA_DIR folder"):
        Database(sqlite_url(tmp_path / "journal.db"))


def test_the_addresses_that_hosts_hand_out_get_the_installed_driver() -> None:
    assert driver_url("postgres://u@h/d") == "postgresql+psycopg://u@h/d"
    assert driver_url("postgresql://u@h/d") == "postgresql+psycopg://u@h/d"
    assert driver_url("sqlite:///x") == "sqlite:///x"


def test_another_process_may_write_between_a_read_and_a_write(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "journal.db"))
    other = sqlite3.connect(tmp_path / "journal.db", timeout=0, isolation_level=None)
    with database.reading() as connection:
        connection.execute(text("SELECT * FROM schema_version")).all()
        other.execute("UPDATE schema_version SET version = 0")
    with database.writing() as connection:
        connection.execute(text("SELECT * FROM schema_version")).all()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("UPDATE schema_version SET version = 0")
        connection.execute(text("UPDATE schema_version SET version = 0"))
    other.close()
    database.close()


def test_text_that_no_database_takes_is_stored_without_it(database: Database) -> None:
    said = "Hello\0 there\ud83d, \U0001f600."
    echoed = text("SELECT CAST(:said AS VARCHAR)")
    with database.reading() as connection:
        assert connection.scalar(echoed, {"said": said}) == "Hello there, \U0001f600."
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE said (words VARCHAR)"))
        many = [{"said": said}, {"said": "plain"}]
        connection.execute(text("INSERT INTO said VALUES (:said)"), many)
        found = connection.scalars(text("SELECT words FROM said ORDER BY words")).all()
    assert sorted(found) == ["Hello there, \U0001f600.", "plain"]


def test_a_connection_in_use_is_closed_when_it_is_given_back(database_url: str) -> None:
    opened = Database(database_url)
    with opened.reading() as connection:
        used = connection.connection.dbapi_connection
        opened.close()
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    assert used is not None
    with pytest.raises(Exception, match="closed"):
        used.cursor().execute("SELECT 1")
