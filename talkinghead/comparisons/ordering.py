"""Orders several renders as one comparison: all of them, or none."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from talkinghead.billing.permit import Permit, order_current
from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.comparisons.values import ComparisonPlan
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.renders.ordering import RenderOrders
from talkinghead.renders.planning import RenderPlanner

LONGEST_TITLE = 120  # characters


class ComparisonOrders:
    """Orders the comparisons of one workspace.

    Args:
        workspace: its id.
        comparisons: the comparisons repository.
        renders: makes an order of each video.
        planner: what they are made of.
        engine: runs the jobs.
    """

    def __init__(
        self,
        workspace: str,
        comparisons: ComparisonRepository,
        renders: RenderOrders,
        planner: RenderPlanner,
        engine: Engine,
    ) -> None:
        self._workspace = workspace
        self._comparisons = comparisons
        self._renders = renders
        self._planner = planner
        self._engine = engine

    def record(self, title: str, *, blind: bool) -> ComparisonRecord:
        """Return a new comparison, not stored yet.

        Args:
            title: a few words to recognise it by.
            blind: hide the names until a choice is made.
        """
        short = " ".join(title.replace("\x00", "").split())[:LONGEST_TITLE]
        return ComparisonRecord(uuid4().hex, self._workspace, short, blind, datetime.now(UTC))

    def order(
        self,
        record: ComparisonRecord,
        plan: ComparisonPlan,
        permit: Permit,
        beside: str | None = None,
        first: int = 0,
    ) -> list[Job]:
        """Write all jobs in one transaction; the limits apply to their sum.

        Args:
            record: the comparison, new or not.
            plan: what is ordered.
            permit: leave to order it.
            beside: a job of before that joins the comparison.
            first: the place of the first of them.

        Returns:
            The jobs; those of another comparison where the same ones are under way there.
        """
        jobs = [_in(record, self._renders.job_for(one, record.title)) for one in plan.renders]
        if same := self._engine.under_way(jobs):
            return same
        enrolment = self._comparisons.enrolment(record, beside)

        def write(current: ComparisonPlan) -> list[Job]:
            for one in current.renders:
                self._renders.check(one)
            allowed = permit.for_lines(current.lines)
            composites = self._composites(record, current, allowed, first)
            return self._engine.order(composites, allowed, enrolment)

        return order_current(plan, self._plan_again, write)

    def _plan_again(self, plan: ComparisonPlan) -> ComparisonPlan:
        return ComparisonPlan(tuple(map(self._planner.plan_again, plan.renders)))

    def _composites(
        self, record: ComparisonRecord, plan: ComparisonPlan, permit: Permit, first: int
    ) -> list[CompositeJob]:
        composites, line = [], 0
        for place, one in enumerate(plan.renders, first):
            made = self._renders.composite(one, record.title, permit, line)
            parent = _in(record, made.parent).replace(place=place)
            composites.append(replace(made, parent=parent))
            line += len(one.segments)
        return composites


def _in(record: ComparisonRecord, job: Job) -> Job:
    return job.replace(comparison=record.id)
