"""A PostgreSQL that is cut off without a word counts as away within seconds, and comes back."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from talkinghead.core.database import CONNECTING, Database, DatabaseError, is_outage, sentence_of
from talkinghead.core.errors import DATABASE_AWAY
from tests.black_hole import BlackHole
from tests.postgres import fresh_database
from tests.waiting import wait_until

pytestmark = pytest.mark.postgres
SOON, SOME = 0.5, 2.0  # seconds
LONGER = 60.0  # seconds: far from what an unlimited wait would take, for a busy machine


@pytest.fixture
def way(postgres_server: str, current_on_postgres: str) -> Iterator[BlackHole]:
    with BlackHole(fresh_database(postgres_server, current_on_postgres)) as hole:
        yield hole


def ask(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(text("SELECT 1")).scalar_one())


def test_a_question_without_an_answer_is_an_outage(way: BlackHole) -> None:
    database = Database(way.address, answering=SOON)
    assert ask(database) == 1
    way.cut()
    began = time.monotonic()
    with pytest.raises(DatabaseError) as raised:
        ask(database)
    assert time.monotonic() - began < SOON + CONNECTING + LONGER
    assert is_outage(raised.value)
    assert sentence_of(raised.value) == DATABASE_AWAY
    way.mend()
    wait_until(lambda: ask(database) == 1)
    database.close()


def test_what_is_cut_off_in_the_middle_of_a_transaction_is_an_outage(way: BlackHole) -> None:
    database = Database(way.address, answering=SOON)

    def cut_between() -> None:
        with database.reading() as connection:
            connection.execute(text("SELECT 1"))
            way.cut()
            connection.execute(text("SELECT 2"))

    with pytest.raises(DatabaseError) as raised:
        cut_between()
    assert is_outage(raised.value)
    way.mend()
    wait_until(lambda: ask(database) == 1)
    database.close()


def test_a_transaction_that_writes_is_given_more_time(way: BlackHole) -> None:
    database = Database(way.address, answering=SOME)
    with database.writing() as connection:
        connection.execute(text(f"SELECT pg_sleep({SOME + SOON})"))
    database.close()
