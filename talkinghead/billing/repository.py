"""Money in the journal: what was spent, what is reserved, and which requests were paid.

What counts is the bill where the provider told one, else the estimate, for every order that may
have been paid. An order that ended without a charge counts nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select, text

from talkinghead.core.database import Database
from talkinghead.core.errors import RenderRefused
from talkinghead.core.money import Budget, Spent
from talkinghead.jobs.job import Job, JobState, LedgerEntry
from talkinghead.jobs.journal import Admission
from talkinghead.jobs.repository import BOUGHT
from talkinghead.jobs.tables import jobs

MEASURED = 50  # past renders of a model that its usual time is taken from
_BUDGET_LOCK = 7_402_115  # any constant: one order at a time is held against the caps
_ENTRY = (
    jobs.c.id, jobs.c.request_id, jobs.c.endpoint_id, jobs.c.title, jobs.c.state, jobs.c.estimate,
    jobs.c.billed, jobs.c.charged, jobs.c.created_at, jobs.c.video_id,
)  # fmt: skip
_FREE_OF_CHARGE = and_(
    jobs.c.state.in_([JobState.FAILED, JobState.CANCELLED]), jobs.c.charged.is_(False)
)


class Payments:
    """What paid renders cost, of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spent(self, workspace: str) -> Spent:
        """What counts against the caps now."""
        with self._database.reading() as connection:
            return _spent(connection, workspace)

    def admission(self, job: Job, budget: Budget) -> Admission:
        """Holds a new order against the caps, in the transaction that writes it down: two tabs
        cannot pass a cap together.

        The function that is returned raises RenderRefused where a cap is in the way.

        Args:
            job: the order; for a family, its head with the payer and the dollars of all children.
            budget: the caps.
        """

        def admit(connection: Connection) -> None:
            if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_BUDGET_LOCK})"))
            spent = _spent(connection, job.workspace)
            refusal = budget.refusal(job.estimate, spent, on_own_key=job.payer == "own")
            if refusal is not None:
                raise RenderRefused(refusal)

        return admit

    def ledger(self, workspace: str, limit: int) -> list[LedgerEntry]:
        """A workspace's paid requests, newest first, and those that nobody knows of."""
        query = (
            select(*_ENTRY)
            .where(
                jobs.c.workspace == workspace,
                BOUGHT,
                or_(jobs.c.request_id.is_not(None), jobs.c.orders > 0),
            )
            .order_by(jobs.c.created_at.desc(), jobs.c.id.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [_entry(tuple(row)) for row in connection.execute(query)]

    def is_known(self, request_id: str) -> bool:
        """Whether a request of the provider's is on record as some job's."""
        query = select(jobs.c.id).where(jobs.c.request_id == request_id)
        with self._database.reading() as connection:
            return connection.scalar(query) is not None

    def usual_seconds(self, endpoint_id: str) -> float | None:
        """The median time from the click to the video of this model's latest renders, or None."""
        query = (
            select(jobs.c.submitted_at, jobs.c.started_at, jobs.c.ended_at)
            .where(jobs.c.endpoint_id == endpoint_id, jobs.c.state == JobState.DONE)
            .order_by(jobs.c.created_at.desc())
            .limit(MEASURED)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        times = [
            (ended - (submitted or started)).total_seconds()
            for submitted, started, ended in rows
            if ended and (submitted or started)
        ]
        return median(times) if times else None


def _spent(connection: Connection, workspace: str) -> Spent:
    now = datetime.now(UTC)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    mine = _total(connection, jobs.c.workspace == workspace, jobs.c.created_at >= today)
    app = _total(connection, jobs.c.payer == "operator", jobs.c.created_at >= today.replace(day=1))
    return Spent(today=mine, app_month=app)


def _total(connection: Connection, *conditions: ColumnElement[bool]) -> Decimal:
    # Summed here: decimals are text in the database, and SQLite would add them as floats.
    query = select(jobs.c.estimate, jobs.c.billed, jobs.c.orders)
    rows = connection.execute(query.where(BOUGHT, ~_FREE_OF_CHARGE, *conditions))
    return sum((_reserved(*row) for row in rows), Decimal(0))


def _reserved(estimate: Decimal, billed: Decimal | None, orders: int) -> Decimal:
    first = estimate if billed is None else billed
    return first + estimate * max(orders - 1, 0)


def _entry(row: Sequence[Any]) -> LedgerEntry:
    entry = LedgerEntry(*row)
    state = JobState(entry.state)
    # What is under way is not charged yet, for all that anybody can know; a video was.
    charged = entry.charged if state.ended and state is not JobState.DONE else None
    return replace(entry, state=state, charged=True if state is JobState.DONE else charged)
