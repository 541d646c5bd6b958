"""Opening the journal's database."""

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from talkinghead.core.assets import Shelf
from talkinghead.core.database import Database, driver_url, sqlite_url
from talkinghead.core.errors import ConfigurationError
from talkinghead.core.migrations import MIGRATIONS
from talkinghead.core.schema import schema_version
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from talkinghead.speech.repository import Speeches
from tests.jobs.made import a_job


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


def test_a_database_of_a_newer_version_is_left_alone(database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as connection:
        connection.execute(update(schema_version).values(version=99))
    database.close()
    with pytest.raises(ConfigurationError, match="newer version"):
        Database(database_url)


def test_what_fails_half_way_is_undone(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            connection.execute(update(schema_version).values(version=5))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as connection:
        version = connection.scalar(select(schema_version.c.version))
    assert version == len(MIGRATIONS)


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x", "postgresql://127.0.0.1:1/none"])
def test_an_address_that_cannot_be_opened_names_the_setting(url: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        Database(url)


def test_a_folder_that_is_a_file_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "journal.db").mkdir()
    with pytest.raises(ConfigurationError, match="data folder"):
        Database(sqlite_url(tmp_path / "journal.db"))


def test_a_file_that_is_no_database_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"not a database at all " * 100)
    with pytest.raises(ConfigurationError, match="data folder"):
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


ADDED_SINCE = {
    "jobs": (
        "payer", "waiting_for", "unit_price", "submitted_at", "sent", "orders",
        "parent", "place", "fingerprint", "comparison",
    ),
    "videos": ("part", "made_from"),
}  # fmt: skip
NEW_SINCE = ("uploads", "speeches", "spoken", "pronunciations", "captions", "comparisons")


def made_by_the_first_version(url: str) -> None:
    """The database as it was before there was anything to pay for, with a finished draft."""
    database = Database(url)
    workspace = Shelf(database).workspace(token_hash=None, fixed_id="local")
    job = a_job(workspace, id="0" * 32, state=JobState.DONE, request_id="0" * 32)
    Journal(database).add(job)
    with database.writing() as connection:
        for index in ("jobs_by_request", "jobs_of_parent", "jobs_by_fingerprint"):
            connection.execute(text(f"DROP INDEX {index}"))
        for table, names in ADDED_SINCE.items():
            for name in names:
                connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {name}"))
        for table in NEW_SINCE:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(update(schema_version).values(version=0))
    database.close()


def test_speeches_of_a_version_that_could_not_remove_them_are_there(database_url: str) -> None:
    database = Database(database_url)
    workspace = Shelf(database).workspace(token_hash=None, fixed_id="local")
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE speeches DROP COLUMN deleted_at"))
        connection.execute(
            text(
                "INSERT INTO speeches (id, workspace, fingerprint, script, voice, language, file, "
                "seconds, sentences, words, dollars, created_at) VALUES ('1', 'local', 'f', "
                "'Hello.', '{\"id\": \"af_heart\"}', 'en', 'asset:1.wav', '1.5', '[]', '[]', "
                "'0', '2026-03-01 12:00:00')"
            )
        )
        connection.execute(update(schema_version).values(version=2))
    database.close()
    database = Database(database_url)
    [speech] = Speeches(database).newest(workspace, 10)
    assert (speech.script, speech.deleted_at) == ("Hello.", None)
    database.close()


def test_a_database_of_the_first_version_goes_on_with_what_it_holds(database_url: str) -> None:
    made_by_the_first_version(database_url)
    database = Database(database_url)
    old = Journal(database).job("0" * 32)
    assert (old.title, old.state, old.payer, old.unit_price) == (
        "Morning",
        JobState.DONE,
        None,
        None,
    )
    fresh = a_job("local", payer="own", unit_price=Decimal("0.005"))
    Journal(database).add(fresh)
    assert Journal(database).job(fresh.id) == fresh
    with database.reading() as connection:
        assert connection.scalar(select(schema_version.c.version)) == len(MIGRATIONS)
        assert connection.execute(text("SELECT * FROM uploads")).all() == []
    database.close()


def test_an_old_database_gets_the_rule_that_two_jobs_never_share_a_request(
    database_url: str,
) -> None:
    made_by_the_first_version(database_url)
    database = Database(database_url)
    with pytest.raises(IntegrityError):
        Journal(database).add(a_job("local", request_id="0" * 32))
    database.close()
