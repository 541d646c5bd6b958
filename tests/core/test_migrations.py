"""Databases of every earlier version become one of this version, and lose nothing on the way."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from talkinghead.core.column_types import metadata
from talkinghead.core.database import Database, driver_url, sqlite_url
from talkinghead.core.errors import ConfigurationError
from talkinghead.core.migrations.backup import COPIES_KEPT, back_up, copies
from talkinghead.core.migrations.new_database import SNAPSHOT, snapshot
from talkinghead.core.migrations.stamp import HEAD, UNSTAMPED
from talkinghead.core.migrations.upgrade import alembic_config
from tests.databases import with_journal

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OPEN_IT = (
    "import sys; from talkinghead.core.database import Database; Database(sys.argv[1]).close()"
)
ROWS = (
    "INSERT INTO workspaces VALUES ('local', NULL, '2026-03-01 12:00:00')",
    "INSERT INTO workspaces VALUES ('other', 'h', '2026-03-01 12:00:00')",
    "INSERT INTO jobs (id, workspace, endpoint_id, arguments, title, state, speech_seconds, "
    "estimate, cancel_requested, created_at, updated_at, run, enqueued, send_allowed, dismissed, "
    "last_event) VALUES ('j', 'local', 'fal-ai/infinitalk', '{}', 'Morning', 'done', '1.50', "
    "'0.30', false, '2026-03-01 12:00:00', '2026-03-01 12:00:00', 1, true, false, false, 1)",
    "INSERT INTO events VALUES ('j', 1, '2026-03-01 12:00:00', 'note', 'Done.')",
    "INSERT INTO compositions (id, workspace, content, updated_at) "
    "VALUES ('c', 'local', '{\"script\": \"Hello.\"}', '2026-03-01 12:00:00')",
)  # fmt: skip


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A transaction on a database, without what opening it does."""
    engine = create_engine(driver_url(url))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def make_version(url: str, number: int) -> None:
    """A database with some rows as this version left it, before there was Alembic."""
    with connected(url) as connection:
        command.upgrade(alembic_config(connection), UNSTAMPED[number])
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("UPDATE schema_version SET version = :n"), {"n": number})
        for row in ROWS:
            connection.execute(text(row))


def tables_of(url: str) -> dict[str, dict[str, Any]]:
    """Everything that the database says of its tables, whatever the order of their columns."""
    with connected(url) as connection:
        found = inspect(connection)
        return {
            table: {
                "columns": {
                    column["name"]: {**column, "type": repr(column["type"])}
                    for column in found.get_columns(table)
                },
                "key": found.get_pk_constraint(table),
                "foreign": found.get_foreign_keys(table),
                "indexes": [
                    {**index, "dialect_options": _texts(index.get("dialect_options", {}))}
                    for index in found.get_indexes(table)
                ],
                "unique": found.get_unique_constraints(table),
            }
            for table in found.get_table_names()
        }


def _texts(options: Mapping[str, Any]) -> dict[str, str]:
    """Conditions are objects that equal only themselves."""
    return {name: str(value) for name, value in options.items()}


def rows_of(url: str, table: str) -> list[tuple[Any, ...]]:
    """Return all rows of a table."""
    with connected(url) as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608


def declared() -> MetaData:
    """The tables of all domains."""
    for file in (ROOT / "talkinghead").rglob("tables.py"):
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    return metadata


def test_the_newest_revision_is_the_one_that_a_start_looks_for(empty_database_url: str) -> None:
    with connected(empty_database_url) as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
    assert script.get_heads() == [HEAD]


def test_the_revisions_make_the_tables_that_the_domains_declare(database_url: str) -> None:
    def ours(name: str | None, _kind: str, _parents: object) -> bool:
        return name != "schema_version"  # only the migrations know it

    options = {"compare_server_default": True, "include_name": ours}
    with connected(database_url) as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, declared()) == []


@pytest.mark.parametrize("number", range(len(UNSTAMPED)))
def test_an_older_database_comes_to_have_the_tables_of_a_new_one(
    empty_database_url: str, request: pytest.FixtureRequest, tmp_path: Path, number: int
) -> None:
    make_version(empty_database_url, number)
    Database(empty_database_url).close()
    if empty_database_url.startswith("sqlite"):
        new = sqlite_url(with_journal(tmp_path / "new") / "journal.db")
    else:
        new = request.getfixturevalue("current_on_postgres")
    assert tables_of(empty_database_url) == tables_of(new)


def test_the_number_that_older_versions_read_keeps_in_step(empty_database_url: str) -> None:
    make_version(empty_database_url, 2)
    Database(empty_database_url).close()
    assert rows_of(empty_database_url, "schema_version") == [(1, int(HEAD))]
    assert rows_of(empty_database_url, "alembic_version") == [(HEAD,)]


@pytest.mark.parametrize("number", range(len(UNSTAMPED)))
def test_every_row_is_still_there(empty_database_url: str, number: int) -> None:
    tables = ("workspaces", "jobs", "events", "compositions")
    make_version(empty_database_url, number)
    counts = {table: len(rows_of(empty_database_url, table)) for table in tables}
    events = rows_of(empty_database_url, "events")
    Database(empty_database_url).close()
    assert {table: len(rows_of(empty_database_url, table)) for table in tables} == counts
    assert rows_of(empty_database_url, "events") == events


def test_who_paid_before_there_was_a_choice_is_the_operator(empty_database_url: str) -> None:
    make_version(empty_database_url, 0)
    Database(empty_database_url).close()
    with connected(empty_database_url) as connection:
        assert connection.scalar(text("SELECT payer FROM jobs")) == "operator"


def test_two_workspaces_of_the_oldest_version_may_come_to_have_the_same_composition_id(
    empty_database_url: str,
) -> None:
    make_version(empty_database_url, 0)
    Database(empty_database_url).close()
    with connected(empty_database_url) as connection:
        connection.execute(text("UPDATE compositions SET id = 'same'"))
        connection.execute(text(ROWS[-1].replace("'local'", "'other'").replace("'c'", "'same'")))
    assert len(rows_of(empty_database_url, "compositions")) == 2


def test_foreign_keys_are_heeded_after_an_upgrade(empty_database_url: str) -> None:
    make_version(empty_database_url, 0)
    database = Database(empty_database_url)
    stray = "INSERT INTO events VALUES ('nobody', 1, '2026-03-01 12:00:00', 'note', '')"
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(text(stray))
    with database.writing() as connection:
        connection.execute(text("DELETE FROM jobs"))
    database.close()
    assert rows_of(empty_database_url, "events") == []


def test_what_fails_leaves_the_database_as_it_was(empty_database_url: str) -> None:
    make_version(empty_database_url, 0)
    with connected(empty_database_url) as connection:
        connection.execute(text("CREATE TABLE captions (id INTEGER)"))  # in the way of 0002
    before = tables_of(empty_database_url)
    with pytest.raises(ConfigurationError, match="can't be opened"):
        Database(empty_database_url)
    assert tables_of(empty_database_url) == before
    assert rows_of(empty_database_url, "schema_version") == [(1, 0)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = '9999'",
        "UPDATE alembic_version SET version_num = 'a1b2c3'",
        "UPDATE schema_version SET version = 99",
        "DROP TABLE alembic_version",  # its number is none that was ever without one
    ],
)
def test_a_database_of_a_newer_version_is_left_alone(database_url: str, statement: str) -> None:
    with connected(database_url) as connection:
        connection.execute(text(statement))
    before = tables_of(database_url)
    with pytest.raises(ConfigurationError, match="newer version"):
        Database(database_url)
    assert tables_of(database_url) == before


@pytest.mark.parametrize("number", [None, 0])
def test_processes_that_start_at_once_upgrade_it_once(
    empty_database_url: str, number: int | None
) -> None:
    if number is not None:
        make_version(empty_database_url, number)
    start = (sys.executable, "-c", OPEN_IT, empty_database_url)
    processes = [subprocess.Popen(start, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [
        ("", 0)
    ] * 3
    assert rows_of(empty_database_url, "alembic_version") == [(HEAD,)]


def test_an_sqlite_database_is_copied_before_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    make_version(sqlite_url(file), 1)
    before = tables_of(sqlite_url(file))
    Database(sqlite_url(file)).close()
    [copy] = copies(file)
    assert copy.name.startswith(f"journal-before-{HEAD}-")
    assert tables_of(sqlite_url(copy)) == before
    assert len(rows_of(sqlite_url(copy), "events")) == 1


def test_no_copy_is_made_where_nothing_changes(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    Database(sqlite_url(file)).close()
    Database(sqlite_url(file)).close()
    assert copies(file) == []


def test_only_the_latest_copies_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    make_version(sqlite_url(file), 1)
    for second in range(COPIES_KEPT + 2):
        newest = back_up(file, f"{second:04}", NOON + timedelta(seconds=second))
    assert len(copies(file)) == COPIES_KEPT
    assert copies(file)[-1] == newest


def test_old_copies_go(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    database = Database(sqlite_url(file))
    back_up(file, "0003", NOON)
    young = back_up(file, "0004", NOON + timedelta(seconds=1))
    database.delete_copies(NOON + timedelta(seconds=1))
    database.close()
    assert copies(file) == [young]


def test_without_room_for_the_copy_there_is_no_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    make_version(sqlite_url(file), 1)
    (tmp_path / "journal-before-0004-20260301T120000Z.db.part").mkdir()
    with pytest.raises(ConfigurationError, match="Make room"):
        back_up(file, "0004", NOON)
    assert copies(file) == []


def test_portraits_of_before_there_was_a_library_are_in_it(empty_database_url: str) -> None:
    with connected(empty_database_url) as connection:
        command.upgrade(alembic_config(connection), "0010")
        connection.execute(
            text("INSERT INTO workspaces (id, created_at) VALUES ('w', '2026-03-01 12:00:00')")
        )
        for kind, name in (("portrait", "a"), ("crop", "b"), ("recording", "c")):
            row = {"kind": kind, "reference": f"asset:{name}"}
            connection.execute(
                text(
                    "INSERT INTO assets (workspace, reference, kind, name, facts, put_at) "
                    "VALUES ('w', :reference, :kind, 'a file', '{}', '2026-03-01 12:00:00')"
                ),
                row,
            )
    Database(empty_database_url).close()
    assert [row[:2] for row in rows_of(empty_database_url, "portrait_library")] == [
        ("w", "asset:a")
    ]


def test_a_new_sqlite_database_is_made_as_all_revisions_would_make_it() -> None:
    """Mended by `python -m talkinghead.core.migrations.new_database`."""
    assert SNAPSHOT.read_text(encoding="utf-8") == snapshot()


def test_a_new_sqlite_database_needs_no_alembic(tmp_path: Path) -> None:
    opened = (
        "import sys\nfrom talkinghead.core.database import Database\n"
        f"Database({sqlite_url(tmp_path / 'new.db')!r}).close()\n"
        "print({'alembic', 'psycopg'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", opened], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
