"""Money in the journal, on SQLite and on PostgreSQL."""

from datetime import timedelta
from decimal import Decimal

import pytest

from talkinghead.core.database import Database
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.order_repository import Cost, OrderRepository, costs_since
from tests.jobs.made import NOON, a_job
from tests.jobs.permits import FREE_PASS

PAID = {"endpoint_id": "fal-ai/infinitalk", "estimate": Decimal("0.30"), "payer": "operator"}
ONE = Cost(Decimal("0.30"), None, 0)


def test_what_was_ordered_since_a_moment_counts(database: Database, workspace: str) -> None:
    Journal(database).add(a_job(workspace, **PAID), FREE_PASS)
    Journal(database).add(a_job(workspace, **{**PAID, "payer": "session"}), FREE_PASS)
    Journal(database).add(a_job(workspace))  # a draft costs nothing
    with database.reading() as connection:
        assert costs_since(connection, NOON, workspace=workspace) == [ONE, ONE]
        assert costs_since(connection, NOON, payer="operator") == [ONE]
        assert costs_since(connection, NOON, workspace="somebody") == []
        assert costs_since(connection, NOON + timedelta(seconds=1)) == []


@pytest.mark.parametrize(
    ("state", "charged", "counts"),
    [
        (JobState.FAILED, False, 0),
        (JobState.CANCELLED, False, 0),
        (JobState.FAILED, None, 1),
        (JobState.FAILED, True, 1),
    ],
)
def test_what_ended_without_a_charge_counts_nothing(
    database: Database, workspace: str, state: JobState, charged: bool | None, counts: int
) -> None:
    Journal(database).add(a_job(workspace, state=state, charged=charged, **PAID), FREE_PASS)
    with database.reading() as connection:
        assert len(costs_since(connection, NOON)) == counts


def test_the_ledger_holds_what_left_and_tells_only_what_is_known_of_its_charge(
    database: Database, workspace: str
) -> None:
    kinds = ((JobState.DONE, None), (JobState.RENDERING, True), (JobState.FAILED, None))
    for hour, (state, charged) in enumerate(kinds):
        at = {"created_at": NOON + timedelta(hours=hour), "request_id": f"r{hour}"}
        Journal(database).add(
            a_job(workspace, state=state, charged=charged, **at, **PAID), FREE_PASS
        )
    Journal(database).add(a_job(workspace, **PAID), FREE_PASS)  # nothing of it has left
    entries = OrderRepository(database).ledger(workspace, 10)
    assert [(entry.state, entry.charged) for entry in entries] == [
        (JobState.FAILED, None),
        (JobState.RENDERING, None),
        (JobState.DONE, True),
    ]


def test_a_request_is_known_once_a_job_has_it(database: Database, workspace: str) -> None:
    orders = OrderRepository(database)
    assert not orders.is_known("r")
    Journal(database).add(
        a_job(workspace, request_id="r", state=JobState.QUEUED, **PAID), FREE_PASS
    )
    assert orders.is_known("r")
