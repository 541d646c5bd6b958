"""Databases made by each commit that changed the tables, opened by today's code."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import (
    Column,
    Connection,
    Inspector,
    MetaData,
    create_engine,
    inspect,
    make_url,
    select,
)

from talkinghead.core.database import Database, driver_url, sqlite_url
from talkinghead.core.migrations.stamp import HEAD
from tests.postgres import fresh_database

JOURNALS = Path(__file__).with_name("journals")
COMMITS = sorted(path.name.partition(".")[0] for path in JOURNALS.glob("*.sqlite.sql"))
BOOKKEEPING = {"schema_version", "alembic_version"}
"""What says how far a database has come; everything else is somebody's."""

Rows = dict[str, list[dict[str, Any]]]
Shape = dict[str, Any]


@dataclass(frozen=True)
class Upgraded:
    """What a database held and was, before and after today's code opened it.

    Attributes:
        before, after: its rows.
        again: its rows after a second opening.
        tables, tables_again: what its tables were after each opening.
        fresh: what those of a new database are.
        astray: references that lead nowhere; none on PostgreSQL, which would not have them.
    """

    before: Rows
    after: Rows
    again: Rows
    tables: Shape
    tables_again: Shape
    fresh: Shape
    astray: list[Any]


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def new_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Gives the address of another empty database."""
    if request.param == "sqlite":
        return lambda: sqlite_url(tmp_path_factory.mktemp("journal") / "journal.db")
    server = request.getfixturevalue("postgres_server")
    return lambda: fresh_database(server)


@pytest.fixture(scope="module")
def fresh(new_url: Callable[[], str]) -> Shape:
    """The tables of a new database."""
    url = new_url()
    Database(url).close()
    return shape(url)


@pytest.fixture(scope="module", params=COMMITS)
def upgraded(request: pytest.FixtureRequest, new_url: Callable[[], str], fresh: Shape) -> Upgraded:
    """A commit's database, opened twice."""
    url = new_url()
    load(url, request.param)
    before = rows(url)
    Database(url).close()
    after, tables = rows(url), shape(url)
    astray = references_astray(url)
    Database(url).close()
    return Upgraded(before, after, rows(url), tables, shape(url), fresh, astray)


def load(url: str, commit: str) -> None:
    """Make the database of that commit."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(url).database or "")) as made:
            made.executescript((JOURNALS / f"{commit}.sqlite.sql").read_text("utf-8"))
    else:
        with psycopg.connect(url) as connection:
            connection.execute((JOURNALS / f"{commit}.postgres.sql").read_bytes())


def references_astray(url: str) -> list[Any]:
    """Rows whose reference leads nowhere, as SQLite finds them."""
    if not url.startswith("sqlite"):
        return []
    with connected(url) as connection:
        return list(connection.exec_driver_sql("PRAGMA foreign_key_check"))


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(driver_url(url))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def theirs(found: Rows) -> Rows:
    """The rows that are somebody's."""
    return {name: table for name, table in found.items() if name not in BOOKKEEPING}


def rows(url: str) -> Rows:
    """Every row of every table, in the order of its primary key; of its columns the id counts
    first, because it was the whole key once."""
    with connected(url) as connection:
        found = MetaData()
        found.reflect(connection)
        return {
            name: [
                dict(row)
                for row in connection.execute(
                    select(table).order_by(*sorted(table.primary_key.columns, key=_by_name))
                ).mappings()
            ]
            for name, table in found.tables.items()
        }


def _by_name(column: Column[Any]) -> str:
    return column.name


def shape(url: str) -> Shape:
    """What each table is: columns, keys, references, indexes; not in which order they were
    added."""
    with connected(url) as connection:
        known = inspect(connection)
        return {
            name: {
                "columns": _columns(known, name),
                "key": sorted(known.get_pk_constraint(name)["constrained_columns"]),
                "references": _references(known, name),
                "indexes": {
                    index["name"]: (index["column_names"], bool(index["unique"]))
                    for index in known.get_indexes(name)
                },
            }
            for name in known.get_table_names()
            if name not in BOOKKEEPING
        }


def _columns(known: Inspector, table: str) -> dict[str, tuple[str, bool]]:
    return {
        column["name"]: (str(column["type"]), column["nullable"])
        for column in known.get_columns(table)
    }


def _references(known: Inspector, table: str) -> list[tuple[Any, ...]]:
    return sorted(
        (*key["constrained_columns"], key["referred_table"], *key["referred_columns"],
         key["options"].get("ondelete", ""))
        for key in known.get_foreign_keys(table)
    )  # fmt: skip


def test_every_revision_before_the_newest_has_a_database_made_by_its_code() -> None:
    made = "".join(path.read_text("utf-8") for path in JOURNALS.glob("*.sqlite.sql"))
    stamped = set(re.findall(r"INSERT INTO \"alembic_version\" VALUES\('(\d+)'\)", made))
    since_all_are_stamped = range(5, int(HEAD))
    assert {f"{number:04}" for number in since_all_are_stamped} <= stamped


def test_no_row_is_lost(upgraded: Upgraded) -> None:
    counts = {name: len(found) for name, found in theirs(upgraded.before).items()}
    assert min(counts.values()) >= 2
    assert {name: len(upgraded.after[name]) for name in counts} == counts


def test_no_value_changes(upgraded: Upgraded) -> None:
    for name, found in theirs(upgraded.before).items():
        kept = [
            {column: row[column] for column in old}
            for old, row in zip(found, upgraded.after[name], strict=True)
        ]
        assert kept == found, name


def test_every_reference_leads_somewhere(upgraded: Upgraded) -> None:
    assert upgraded.astray == []
    workspaces = {row["id"] for row in upgraded.after["workspaces"]}
    jobs = {row["id"] for row in upgraded.after["jobs"]}
    assert {row["job_id"] for row in upgraded.after["events"]} <= jobs
    tables = upgraded.after.values()
    assert {
        row["workspace"] for found in tables for row in found if "workspace" in row
    } == workspaces


def test_its_tables_become_those_of_a_new_database(upgraded: Upgraded) -> None:
    assert upgraded.tables == upgraded.fresh


def test_opening_it_a_second_time_changes_nothing(upgraded: Upgraded) -> None:
    assert (upgraded.again, upgraded.tables_again) == (upgraded.after, upgraded.tables)
