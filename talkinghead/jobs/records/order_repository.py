"""Queries for billing: every order that was paid for, or may have been."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    func,
    or_,
    select,
    text,
)

from talkinghead.core.database import Database
from talkinghead.jobs.job import JobState, LedgerEntry
from talkinghead.jobs.records.resend_repository import first_estimate
from talkinghead.jobs.repository import BOUGHT, NOT_EMPTIED, OPEN
from talkinghead.jobs.tables import jobs, resends

ORDERED = and_(BOUGHT, or_(jobs.c.request_id.is_not(None), jobs.c.orders > 0))
"""Jobs of which an order left, or may have left."""
_FREE_OF_CHARGE = and_(
    jobs.c.state.in_([JobState.FAILED, JobState.CANCELLED]), jobs.c.charged.is_(False)
)
_ORDER_LOCK = 7_402_115  # any constant: one order at a time is held against the caps
_ENTRY = (
    jobs.c.id, jobs.c.request_id, jobs.c.endpoint_id, jobs.c.title, jobs.c.state, jobs.c.estimate,
    jobs.c.billed, jobs.c.charged, jobs.c.created_at, jobs.c.video_id, jobs.c.unusable_units,
    and_(NOT_EMPTIED, jobs.c.problem_field.is_(None)), jobs.c.ordered_by, jobs.c.parent,
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

    @property
    def dollars(self) -> Decimal:
        """What counts: the bill of the first order, and the estimate of each further one."""
        first = self.estimate if self.billed is None else self.billed
        return first + self.estimate * max(self.orders - 1, 0)


@dataclass(frozen=True)
class Person:
    """Whom orders count for.

    Attributes:
        workspace: their workspace.
        client: a fingerprint of where they come from, or None where everything in the workspace
            counts for them.
        by_address: it is that of a network address, so it alone says who they are; otherwise of a
            browser tab, which anybody can open again, so all orders of the workspace count too.
    """

    workspace: str
    client: str | None = None
    by_address: bool = False


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

    def ledger(
        self,
        workspace: str,
        limit: int | None = None,
        *,
        since: datetime | None = None,
        before: datetime | None = None,
    ) -> list[LedgerEntry]:
        """Return a workspace's paid requests, newest first, and unconfirmed ones.

        Args:
            workspace: whose.
            limit: how many at most.
            since, before: only ordered from one moment on, and before another; aware.
        """
        wanted = [jobs.c.workspace == workspace, ORDERED]
        if since is not None:
            wanted.append(jobs.c.created_at >= since)
        if before is not None:
            wanted.append(jobs.c.created_at < before)
        first = func.coalesce(first_estimate(), jobs.c.estimate)
        query = (
            select(*_ENTRY, first, _first_orders(), _FREE_OF_CHARGE)
            .where(*wanted)
            .order_by(jobs.c.created_at.desc(), jobs.c.id.desc())
            .limit(limit)
        )
        again = (
            select(resends.c.job_id, func.coalesce(resends.c.estimate, jobs.c.estimate))
            .join_from(resends, jobs, jobs.c.id == resends.c.job_id)
            .where(*wanted)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            resent: dict[str, Decimal] = {}
            for job_id, estimate in connection.execute(again):
                resent[job_id] = resent.get(job_id, Decimal(0)) + estimate
        return [_entry(tuple(row), resent) for row in rows]

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


def erased_mark(workspace: str) -> str:
    """Return whom erased orders of a workspace count for that counted for all of it."""
    return f"workspace:{hashlib.sha256(workspace.encode()).hexdigest()[:40]}"


def hold_orders(connection: Connection) -> None:
    """Lock out other processes from admitting an order until this transaction ends."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ORDER_LOCK})"))


def costs_since(
    connection: Connection,
    since: datetime,
    *,
    person: Person | None = None,
    payer: str | None = None,
) -> list[Cost]:
    """Return the costs of orders since a moment, except those that ended uncharged. An order that a
    person sent again counts from the moment they said so.

    Args:
        connection: of the transaction that holds an order against a cap, or of any.
        since: aware UTC.
        person: only what counts for them.
        payer: only what this one pays.
    """
    paid = [BOUGHT, ~_FREE_OF_CHARGE]
    if payer is not None:
        paid.append(jobs.c.payer == payer)
    return _first_costs(connection, since, person, paid) + _resent(connection, since, person, paid)


def _first_costs(
    connection: Connection,
    since: datetime,
    person: Person | None,
    paid: Sequence[ColumnElement[bool]],
) -> list[Cost]:
    estimate = func.coalesce(first_estimate(), jobs.c.estimate)
    query = select(estimate, jobs.c.billed, _first_orders()).where(
        *paid, jobs.c.created_at >= since
    )
    if person is not None:
        query = query.where(_counts_for(person, jobs.c.counted_for))
    return [Cost(*row) for row in connection.execute(query)]


def _first_orders() -> ColumnElement[int]:
    """Return how many orders of a job are no resend on record: until those were kept, all orders of
    a job counted from the first one."""
    again = select(func.count()).where(resends.c.job_id == jobs.c.id).scalar_subquery()
    return jobs.c.orders + case((jobs.c.send_allowed.is_(True), 1), else_=0) - again


def _resent(
    connection: Connection,
    since: datetime,
    person: Person | None,
    paid: Sequence[ColumnElement[bool]],
) -> list[Cost]:
    query = (
        select(func.coalesce(resends.c.estimate, jobs.c.estimate))
        .join_from(resends, jobs, jobs.c.id == resends.c.job_id)
        .where(*paid, resends.c.at >= since)
    )
    if person is not None:
        query = query.where(_counts_for(person, resends.c.counted_for))
    return [Cost(estimate, None, 1) for estimate in connection.scalars(query)]


def _counts_for(person: Person, counted_for: ColumnElement[Any]) -> ColumnElement[bool]:
    mine = jobs.c.workspace == person.workspace
    if person.client is None:
        return or_(mine, counted_for == erased_mark(person.workspace))
    if person.by_address:  # of orders from before it was kept, the workspace's
        mine = and_(mine, counted_for.is_(None))
    return or_(counted_for == person.client, mine)


def _entry(row: Sequence[Any], resent: Mapping[str, Decimal]) -> LedgerEntry:
    known, (ordered_by, parent, first, orders, is_free) = row[:-5], row[-5:]
    entry = replace(LedgerEntry(*known), ordered_by=ordered_by, parent=parent)
    state = JobState(entry.state)
    cost = Cost(first, entry.billed, orders).dollars + resent.get(entry.job_id, Decimal(0))
    # What is under way is not charged yet, for all that anybody can know; a video was.
    charged = entry.charged if state.ended and state is not JobState.DONE else None
    return replace(
        entry,
        state=state,
        charged=True if state is JobState.DONE else charged,
        counted=Decimal(0) if is_free else cost,
    )
