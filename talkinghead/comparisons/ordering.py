"""Orders several renders as one comparison: all of them, or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from talkinghead.billing.checkout import Checkout
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.comparisons.values import fitted
from talkinghead.core.errors import RenderRefused
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.permit import order_current
from talkinghead.renders.ordering import RenderOrders

LONGEST_TITLE = 120  # characters


class ComparisonOrders:
    """Orders the comparisons of one workspace.

    Args:
        workspace: its id.
        comparisons: the comparisons repository.
        renders: makes an order of each video.
        checkout: quotes and permits.
        engine: runs the jobs.
    """

    def __init__(
        self,
        workspace: str,
        comparisons: ComparisonRepository,
        renders: RenderOrders,
        checkout: Checkout,
        engine: Engine,
    ) -> None:
        self._workspace = workspace
        self._comparisons = comparisons
        self._renders = renders
        self._checkout = checkout
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
        inputs: Sequence[ModelInput],
        speech: SpeechLength,
        agreed: Decimal,
        beside: str | None = None,
        first: int = 0,
    ) -> list[Job]:
        """Write all jobs in one transaction; the limits apply to their sum.

        Args:
            record: the comparison, new or not.
            inputs, speech: what is ordered.
            agreed: the dollars that the person confirmed for all of them together.
            beside: a job of before that joins the comparison.
            first: the place of the first of them.

        Returns:
            The jobs; those of another comparison where the same ones are under way there.
        """
        return order_current(lambda: self._order(record, inputs, speech, agreed, beside, first))

    def _order(
        self,
        record: ComparisonRecord,
        inputs: Sequence[ModelInput],
        speech: SpeechLength,
        agreed: Decimal,
        beside: str | None,
        first: int,
    ) -> list[Job]:
        orders = [self._renders.plan(input, fitted(input, speech)) for input in inputs]
        quote = self._checkout.quote(
            [replace(line, order=n) for n, order in enumerate(orders) for line in order.lines]
        )
        try:
            permit = self._checkout.authorise(quote, agreed)
        except RenderRefused:
            jobs = [self._renders.job_for(order, record.title) for order in orders]
            if same := self._engine.under_way([_in(record, job) for job in jobs]):
                return same
            raise
        composites, line = [], 0
        for place, order in enumerate(orders, first):
            made = self._renders.composite(order, record.title, quote, permit, line)
            parent = _in(record, made.parent).replace(place=place)
            composites.append(replace(made, parent=parent))
            line += len(order.segments)
        enrolment = self._comparisons.enrolment(record, beside)
        return self._engine.order(composites, permit, enrolment)


def _in(record: ComparisonRecord, job: Job) -> Job:
    return job.replace(comparison=record.id)
