"""Queries for billing: every order that was paid for, or may have been."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, case, or_, select, text

from talkinghead.core.database import Database
from talkinghead.jobs.job import JobState, LedgerEntry
from talkinghead.jobs.repository import BOUGHT, OPEN
from talkinghead.jobs.tables import jobs

ORDERED = and_(BOUGHT, or_(jobs.c.request_id.is_not(None), jobs.c.orders > 0))
"""Jobs of which an order left, or may have left."""
_FREE_OF_CHARGE = and_(
    jobs.c.state.in_([JobState.FAILED, JobState.CANCELLED]), jobs.c.charged.is_(False)
)
_ORDER_LOCK = 7_402_115  # any constant: one order at a time is held against the caps
_ENTRY = (
    jobs.c.id, jobs.c.request_id, jobs.c.endpoint_id, jobs.c.title, jobs.c.state, jobs.c.estimate,
    jobs.c.billed, jobs.c.charged, jobs.c.created_at, jobs.c.video_id,
)  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """The cost of a job in dollars, as far as known.

    Attributes:
        estimate: what one order of it was said to cost.
        billed: by what the provider reported, or None.
        orders: how many of it may have been paid.
    """

    estimate: Decimal
    billed: Decimal | None
    orders: int


@dataclass(frozen=True)
class RenderTimes:
    """When a finished job was ordered, started and ended; None if not stored."""

    submitted_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None


class OrderRepository:
    """The paid orders of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ledger(self, workspace: str, limit: int) -> list[LedgerEntry]:
        """Return a workspace's paid requests, newest first, and unconfirmed ones."""
        query = (
            select(*_ENTRY)
            .where(jobs.c.workspace == workspace, ORDERED)
            .order_by(jobs.c.created_at.desc(), jobs.c.id.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [_entry(tuple(row)) for row in connection.execute(query)]

    def is_known(self, request_id: str) -> bool:
        """Whether a request id of the provider belongs to some job."""
        query = select(jobs.c.id).where(jobs.c.request_id == request_id)
        with self._database.reading() as connection:
            return connection.scalar(query) is not None

    def has_open(self, account: str) -> bool:
        """Whether an order that was placed with the key of this fingerprint has not ended."""
        query = select(jobs.c.id).where(jobs.c.account == account, jobs.c.state.in_(OPEN))
        with self._database.reading() as connection:
            return connection.scalar(query.limit(1)) is not None

    def latest_times(self, endpoint_id: str, limit: int) -> list[RenderTimes]:
        """Return the times of a model's latest finished jobs."""
        query = (
            select(jobs.c.submitted_at, jobs.c.started_at, jobs.c.ended_at)
            .where(jobs.c.endpoint_id == endpoint_id, jobs.c.state == JobState.DONE)
            .order_by(jobs.c.created_at.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [RenderTimes(*row) for row in connection.execute(query)]


def hold_orders(connection: Connection) -> None:
    """Lock out other processes from admitting an order until this transaction ends."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ORDER_LOCK})"))


def costs_since(
    connection: Connection,
    since: datetime,
    *,
    workspace: str | None = None,
    payer: str | None = None,
) -> list[Cost]:
    """Return the costs of orders since a moment, except those that ended uncharged.

    Args:
        connection: of the transaction that holds an order against a cap, or of any.
        since: aware UTC.
        workspace: only this one's.
        payer: only what this one pays.
    """
    conditions = [BOUGHT, ~_FREE_OF_CHARGE, jobs.c.created_at >= since]
    if workspace is not None:
        conditions.append(jobs.c.workspace == workspace)
    if payer is not None:
        conditions.append(jobs.c.payer == payer)
    # What a person has allowed to be sent again counts from that moment.
    orders = jobs.c.orders + case((jobs.c.send_allowed.is_(True), 1), else_=0)
    query = select(jobs.c.estimate, jobs.c.billed, orders).where(*conditions)
    return [Cost(*row) for row in connection.execute(query)]


def _entry(row: Sequence[Any]) -> LedgerEntry:
    entry = LedgerEntry(*row)
    state = JobState(entry.state)
    # What is under way is not charged yet, for all that anybody can know; a video was.
    charged = entry.charged if state.ended and state is not JobState.DONE else None
    return replace(entry, state=state, charged=True if state is JobState.DONE else charged)
