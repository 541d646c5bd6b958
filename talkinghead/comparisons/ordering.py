"""Orders several renders as one comparison: all of them, or none."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

from talkinghead.billing.spending import SpendGuard
from talkinghead.billing.values import Offer
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.comparisons.values import fitted
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.renders.ordering import RenderOrders

LONGEST_TITLE = 120  # characters


class ComparisonOrders:
    """Orders the comparisons of one workspace.

    Args:
        workspace: its id.
        comparisons: the comparisons repository.
        renders: makes an order of each video.
        guard: what may be spent.
        engine: runs the jobs.
    """

    def __init__(
        self,
        workspace: str,
        comparisons: ComparisonRepository,
        renders: RenderOrders,
        guard: SpendGuard,
        engine: Engine,
    ) -> None:
        self._workspace = workspace
        self._comparisons = comparisons
        self._renders = renders
        self._guard = guard
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
        offers: Sequence[Offer],
        beside: str | None = None,
        first: int = 0,
    ) -> list[Job]:
        """Write all jobs in one transaction; the limits apply to their sum.

        Args:
            record: the comparison, new or not.
            inputs, speech, offers: what is ordered, and its prices.
            beside: a job of before that joins the comparison.
            first: the place of the first of them.
        """
        composites = [
            self._member(record, input, fitted(input, speech), offer, number)
            for number, (input, offer) in enumerate(zip(inputs, offers, strict=True), first)
        ]
        caps = self._guard.admission([composite.paying for composite in composites], together=True)
        enrolment = self._comparisons.enrolment(record, caps, beside)
        self._engine.order_composites(composites, enrolment)
        return [composite.parent for composite in composites]

    def _member(
        self,
        record: ComparisonRecord,
        input: ModelInput,
        speech: SpeechLength,
        offer: Offer,
        number: int,
    ) -> CompositeJob:
        """Return the composite job of one video of the comparison."""
        composite = self._renders.composite(
            input, speech, record.title, agreed=offer.estimate.dollars
        )
        parent = composite.parent.replace(comparison=record.id, place=number)
        return CompositeJob(parent, composite.children)
