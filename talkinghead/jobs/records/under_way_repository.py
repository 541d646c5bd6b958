"""Jobs that make exactly what is about to be ordered, asked in the transaction of the order."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import model_order
from talkinghead.jobs.permit import AlreadyUnderWay, OrderPermit, PlanOutdated
from talkinghead.jobs.records.order_repository import hold_orders
from talkinghead.jobs.repository import JOB_COLUMNS, OPEN, made_before, read_job
from talkinghead.jobs.tables import jobs


def admit_order(
    connection: Connection, permit: OrderPermit, composites: Sequence[CompositeJob]
) -> None:
    """Hold an order against what is under way and against its permit, in its own transaction.

    Raises:
        AlreadyUnderWay: the same is being made, and the permit is not for another take.
        PlanOutdated: a part of it is being made since it was planned, or is not any more, and the
            permit is not for another take.
        RenderRefused: it costs more than was agreed to, or a cap is in the way.
    """
    hold_orders(connection)
    if not permit.another_take:
        if same := under_way(connection, composites):
            raise AlreadyUnderWay(same)
        _check_plans(connection, composites)
    permit.admit(connection, composites)


def _check_plans(connection: Connection, composites: Sequence[CompositeJob]) -> None:
    for composite in composites:
        if fingerprints := composite.fingerprints:
            made = made_before(connection, composite.parent.workspace, fingerprints)
            if {name: job.id for name, job in made.items()} != dict(composite.made_before):
                raise PlanOutdated


def order_identity(job: Job) -> str:
    """What makes an order the same as another: its model and all of its inputs, the seed included;
    of what is put together here the fingerprint of what comes out."""
    if job.kind.makes == "sound" and job.arguments:
        return f"{job.endpoint_id} {job.fingerprint or job.arguments.get('fingerprint')}"
    return json.dumps(model_order(job.endpoint_id, job.arguments), sort_keys=True, default=str)


def under_way(connection: Connection, composites: Sequence[CompositeJob]) -> list[Job]:
    """The open jobs that make these orders, one for each, the oldest first of several; none unless
    there is one for each. What was ordered to be compared is the same only as one comparison."""
    if not composites:
        return []
    workspace = composites[0].parent.workspace
    query = (
        select(*JOB_COLUMNS)
        .where(
            jobs.c.workspace == workspace,
            jobs.c.parent.is_(None),
            jobs.c.state.in_(OPEN),
            jobs.c.cancel_requested.is_(False),
        )
        .order_by(jobs.c.created_at, jobs.c.id)
    )
    open_jobs = [read_job(row) for row in connection.execute(query)]
    wanted = [order_identity(composite.parent) for composite in composites]
    if composites[0].parent.comparison is None:
        return _makers(open_jobs, wanted)
    for comparison in dict.fromkeys(job.comparison for job in open_jobs if job.comparison):
        together = [job for job in open_jobs if job.comparison == comparison]
        if found := _makers(together, wanted):
            return found
    return []


def _makers(open_jobs: Sequence[Job], wanted: Sequence[str]) -> list[Job]:
    known: dict[str, Job] = {}
    for job in open_jobs:
        known.setdefault(order_identity(job), job)
    found = [known[identity] for identity in wanted if identity in known]
    return found if len(found) == len(wanted) else []
