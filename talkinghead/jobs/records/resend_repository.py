"""Resends: the orders that a person let be sent again, each at its own price and time.

The price of the latest one is that of the job; what the job had before is kept with it, and comes
back where it was not sent after all. The estimate of a parent grows by the price of each resend of
a child, since the order before may be charged, too.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from talkinghead.jobs.job import Job
from talkinghead.jobs.tables import jobs, resends


def add_resend(connection: Connection, job: Job, counted_for: str | None) -> None:
    """Note that a person let an order be sent again at this moment, at the price that this job
    has; it becomes that of the stored one."""
    here, mine = jobs.c.id == job.id, resends.c.job_id == job.id
    number = (connection.scalar(select(func.count()).where(mine)) or 0) + 1
    before = connection.execute(select(jobs.c.estimate, jobs.c.unit_price).where(here)).one()
    row = {
        "job_id": job.id,
        "number": number,
        "at": datetime.now(UTC),
        "counted_for": counted_for,
        "estimate": job.estimate,
        "estimate_before": before.estimate,
        "unit_price_before": before.unit_price,
    }
    connection.execute(insert(resends).values(**row))
    price = {"estimate": job.estimate, "unit_price": job.unit_price}
    connection.execute(update(jobs).where(here).values(**price))
    _add_to_parent(connection, job.parent, job.estimate)


def remove_resend(connection: Connection, job_id: str) -> None:
    """Take the latest resend off the record, if there is any: it did not leave after all."""
    _remove_latest(connection, jobs.c.id == job_id)


def withdraw_resends(connection: Connection, *of_jobs: ColumnElement[bool]) -> None:
    """Withdraw the permission to send these jobs' orders again where it was not used, and take
    that resend off the record."""
    allowed = (jobs.c.send_allowed.is_(True), *of_jobs)
    _remove_latest(connection, *allowed)
    connection.execute(update(jobs).where(*allowed).values(send_allowed=False))


def first_estimate() -> ScalarSelect[Any]:
    """Return what the first order of a job was said to cost, as a part of a query of jobs; NULL
    where it was not sent again, or that was not kept."""
    first = (resends.c.job_id == jobs.c.id, resends.c.number == 1)
    return select(resends.c.estimate_before).where(*first).scalar_subquery()


def _remove_latest(connection: Connection, *of_jobs: ColumnElement[bool]) -> None:
    """Delete the latest resend of each of these jobs, and give the job back its price."""
    others = resends.alias()
    newest = select(func.max(others.c.number)).where(others.c.job_id == resends.c.job_id)
    latest = resends.c.number == newest.scalar_subquery()
    of_job = (resends.c.job_id == jobs.c.id, latest)
    estimate = select(resends.c.estimate_before).where(*of_job).scalar_subquery()
    unit_price = select(resends.c.unit_price_before).where(*of_job).scalar_subquery()
    was_kept = estimate.is_not(None)
    for parent, dollars in connection.execute(
        select(jobs.c.parent, resends.c.estimate)
        .join_from(resends, jobs, jobs.c.id == resends.c.job_id)
        .where(*of_jobs, latest, resends.c.estimate_before.is_not(None))
    ).all():
        _add_to_parent(connection, parent, -dollars)
    price = {
        "estimate": case((was_kept, estimate), else_=jobs.c.estimate),
        "unit_price": case((was_kept, unit_price), else_=jobs.c.unit_price),
    }
    connection.execute(update(jobs).where(*of_jobs).values(**price))
    ids = select(jobs.c.id).where(*of_jobs)
    connection.execute(delete(resends).where(resends.c.job_id.in_(ids), latest))


def _add_to_parent(connection: Connection, parent: str | None, dollars: Decimal) -> None:
    if parent is None:
        return
    # Added here: decimals are text in the database.
    this = jobs.c.id == parent
    estimate = connection.scalar(select(jobs.c.estimate).where(this).with_for_update())
    if estimate is not None:
        connection.execute(update(jobs).where(this).values(estimate=estimate + dollars))
