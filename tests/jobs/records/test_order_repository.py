"""Money in the journal, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, update

from talkinghead.core.database import Database
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.lease_repository import LeaseRepository
from talkinghead.jobs.records.order_repository import Cost, OrderRepository, Person, costs_since
from talkinghead.jobs.records.resend_repository import remove_resend
from talkinghead.jobs.tables import jobs, resends
from tests.jobs.made import NOON, a_job
from tests.jobs.permits import FREE_PASS, CountedFor

PAID = {"endpoint_id": "fal-ai/infinitalk", "estimate": Decimal("0.30"), "payer": "operator"}
ONE = Cost(Decimal("0.30"), None, 0)


def test_what_was_ordered_since_a_moment_counts(database: Database, workspace: str) -> None:
    Journal(database).add(a_job(workspace, **PAID), FREE_PASS)
    Journal(database).add(a_job(workspace, **{**PAID, "payer": "session"}), FREE_PASS)
    Journal(database).add(a_job(workspace))  # a draft costs nothing
    with database.reading() as connection:
        assert costs_since(connection, NOON, person=Person(workspace)) == [ONE, ONE]
        assert costs_since(connection, NOON, payer="operator") == [ONE]
        assert costs_since(connection, NOON, person=Person("somebody")) == []
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


# Sent again


def test_the_price_of_a_resent_part_adds_to_its_parent_until_it_is_taken_back(
    database: Database, workspace: str
) -> None:
    journal = Journal(database)
    whole = a_job(workspace, endpoint_id="studio/film", estimate=Decimal("0.60"))
    part = a_job(workspace, state=JobState.UNCONFIRMED, parent=whole.id, place=0, **PAID)
    journal.add(whole, FREE_PASS)
    journal.add(part, FREE_PASS)
    dearer = part.replace(estimate=Decimal("0.35"))
    assert LeaseRepository(database).send_again(dearer, FREE_PASS)
    assert journal.job(whole.id).estimate == Decimal("0.95")
    with database.writing() as connection:
        remove_resend(connection, part.id)
    assert journal.job(whole.id).estimate == Decimal("0.60")
    assert journal.job(part.id).estimate == Decimal("0.30")


def test_an_order_that_is_sent_again_counts_on_the_day_it_is_sent(
    database: Database, workspace: str
) -> None:
    job = a_job(workspace, state=JobState.UNCONFIRMED, **PAID)  # ordered at NOON, years ago
    Journal(database).add(job, FREE_PASS)
    today = datetime.now(UTC) - timedelta(hours=1)
    person = Person(workspace)

    def dollars(since: datetime) -> Decimal:
        with database.reading() as connection:
            costs = costs_since(connection, since, person=person)
            assert costs_since(connection, since, payer="operator") == costs
        return sum((cost.estimate * max(cost.orders, 1) for cost in costs), Decimal(0))

    assert (dollars(NOON), dollars(today)) == (Decimal("0.30"), Decimal(0))
    assert LeaseRepository(database).send_again(job, FREE_PASS)
    assert (dollars(NOON), dollars(today)) == (Decimal("0.60"), Decimal("0.30"))
    assert Journal(database).change(job.id, JobState.SUBMITTING, run=1, send_allowed=True)
    assert (dollars(NOON), dollars(today)) == (Decimal("0.60"), Decimal("0.30"))


def test_what_was_to_be_sent_again_and_did_not_leave_counts_nothing(
    database: Database, workspace: str
) -> None:
    job = a_job(workspace, state=JobState.UNCONFIRMED, **PAID)
    journal = Journal(database)
    journal.add(job, FREE_PASS)
    assert LeaseRepository(database).send_again(job, FREE_PASS)
    assert journal.change(job.id, JobState.SUBMITTING, send_allowed=True)
    assert journal.change(job.id, JobState.UNCONFIRMED, orders_less=1)
    with database.reading() as connection:
        assert costs_since(connection, NOON + timedelta(days=1)) == []


def test_each_order_counts_at_the_price_that_was_agreed_to_for_it(
    database: Database, workspace: str
) -> None:
    """The job has the latest price, and what was not sent after all gives back the one before."""
    job = a_job(workspace, state=JobState.UNCONFIRMED, unit_price=Decimal("0.2"), **PAID)
    journal, leases = Journal(database), LeaseRepository(database)
    journal.add(job, FREE_PASS)

    def standing() -> tuple[list[Decimal], Decimal, Decimal | None]:
        with database.reading() as connection:
            costs = [cost.estimate for cost in costs_since(connection, NOON)]
        now = journal.job(job.id)
        return costs, now.estimate, now.unit_price

    one, two, three = (Decimal(f"0.{tens}0") for tens in (3, 4, 5))
    second = job.replace(estimate=two, unit_price=Decimal("0.3"))
    assert leases.send_again(second, FREE_PASS)
    assert standing() == ([one, two], two, Decimal("0.3"))
    assert journal.change(job.id, JobState.SUBMITTING, send_allowed=True)
    assert journal.change(job.id, JobState.UNCONFIRMED)
    third = job.replace(estimate=three, unit_price=None)
    assert leases.send_again(third, FREE_PASS)
    assert standing() == ([one, two, three], three, None)
    assert leases.reconcile(job.id)  # the permission was not used
    assert standing() == ([one, two], two, Decimal("0.3"))
    assert leases.send_again(third, FREE_PASS)
    assert journal.change(job.id, JobState.SUBMITTING, send_allowed=True)
    assert journal.change(job.id, JobState.UNCONFIRMED, orders_less=1)  # nothing left
    assert standing() == ([one, two], two, Decimal("0.3"))


def test_a_resend_from_before_its_price_was_kept_counts_at_that_of_its_job(
    database: Database, workspace: str
) -> None:
    job = a_job(workspace, state=JobState.UNCONFIRMED, **PAID)
    Journal(database).add(job, FREE_PASS)
    with database.writing() as connection:
        connection.execute(insert(resends).values(job_id=job.id, number=1, at=NOON))
        connection.execute(update(jobs).values(orders=2))
        assert [cost.estimate for cost in costs_since(connection, NOON)] == [job.estimate] * 2
        remove_resend(connection, job.id)
    assert Journal(database).job(job.id).estimate == job.estimate


# Whom it counts for


@pytest.mark.parametrize(
    ("person", "counts"),
    [
        (Person("w"), False),
        (Person("w", "address:one", by_address=True), True),
        (Person("w", "address:two", by_address=True), False),
        (Person("w", "session:one"), False),
    ],
)
def test_an_order_counts_for_its_client_whatever_the_gallery(
    database: Database, workspace: str, person: Person, counts: bool
) -> None:
    Journal(database).add(a_job(workspace, **PAID), CountedFor())
    with database.reading() as connection:
        assert bool(costs_since(connection, NOON, person=person)) is counts
        in_gallery = replace(person, workspace=workspace)
        by_gallery = not person.by_address or counts
        assert bool(costs_since(connection, NOON, person=in_gallery)) is by_gallery


def test_an_order_from_before_clients_were_kept_counts_for_its_gallery(
    database: Database, workspace: str
) -> None:
    Journal(database).add(a_job(workspace, **PAID), FREE_PASS)
    with database.reading() as connection:
        person = Person(workspace, "address:one", by_address=True)
        assert costs_since(connection, NOON, person=person) == [ONE]
