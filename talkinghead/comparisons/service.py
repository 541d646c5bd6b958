"""The comparisons service of one workspace."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from talkinghead.billing.checkout import UNKNOWN_PRICE, Checkout
from talkinghead.billing.values import Offer, Quote
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.comparisons.ordering import ComparisonOrders
from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.comparisons.values import CompareOffer, Comparison, Preference, fitted, model_id
from talkinghead.core.errors import InvalidInput
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import kind_of
from talkinghead.jobs.service import JobService
from talkinghead.renders.service import RenderService
from talkinghead.videos.values import BlindEntries

FEWEST = 2


class ComparisonService:
    """The comparisons of one workspace.

    Args:
        workspace: its id.
        comparisons: their repository.
        orders: orders several renders at once.
        renders: what each of them costs.
        jobs: the job service, which retries them.
        journal: what happened to every job.
        checkout: quotes and permits.
    """

    def __init__(
        self,
        workspace: str,
        comparisons: ComparisonRepository,
        orders: ComparisonOrders,
        renders: RenderService,
        jobs: JobService,
        journal: Journal,
        checkout: Checkout,
    ) -> None:
        self._workspace = workspace
        self._comparisons = comparisons
        self._orders = orders
        self._renders = renders
        self._jobs = jobs
        self._journal = journal
        self._checkout = checkout

    def offer(self, inputs: Sequence[ModelInput], speech: SpeechLength) -> CompareOffer:
        """Return the price of these renders and whether they may be ordered; free of charge."""
        offers = tuple(self._renders.offer(input, fitted(input, speech)) for input in inputs)
        paid = [o for o, i in zip(offers, inputs, strict=True) if kind_of(i.endpoint_id).paid]
        together = self._checkout.quote(
            [
                replace(priced.line, order=number)
                for number, offer in enumerate(offers)
                for priced in offer.quote.lines
            ]
        )
        why_not = self._why_not_together(inputs, offers, together)
        listed = any(offer.price_source == "list price" for offer in paid)
        return CompareOffer(
            offers=offers,
            dollars=together.dollars,
            allowed=why_not is None,
            why_not=why_not,
            price_source="list price" if listed else "fal today",
            left_today=next((offer.left_today for offer in offers), None),
        )

    def order(
        self,
        inputs: Sequence[ModelInput],
        speech: SpeechLength,
        title: str,
        *,
        agreed: Decimal,
        blind: bool = False,
    ) -> Comparison:
        """Order several videos of the same portrait and speech: all of them, or none.

        Args:
            inputs: of each model.
            speech: how long the speech is.
            title: a few words to recognise it by.
            agreed: the dollars that the person confirmed for all of them together.
            blind: hide the names until a choice is made.

        Raises:
            InvalidInput: there are fewer than two.
            RenderRefused: one of them cannot be rendered here or not from this speech; nobody
                pays, the price rose meanwhile, or a cap is in the way.
            NotFound: an input is not in this workspace any more.
        """
        if len(inputs) < FEWEST:
            raise InvalidInput("Choose at least two to compare.")
        record = self._orders.record(title, blind=blind)
        jobs = self._orders.order(record, inputs, speech, agreed)
        return self.find(jobs[0].comparison or record.id).ordered(jobs)

    def find(self, comparison_id: str) -> Comparison:
        """Return one comparison.

        Raises:
            NotFound: this workspace has no such comparison.
        """
        return self._with_jobs([self._comparisons.one(self._workspace, comparison_id)])[0]

    def hidden(self) -> BlindEntries:
        """The jobs and videos whose model is not to be shown, because a blind choice between them
        is still to be made. Asked once for a page."""
        return self._comparisons.hidden(self._workspace)

    def choose(self, comparison_id: str, job_id: str) -> None:
        """Choose a video as the best of its comparison; the others stay in the gallery.

        Raises:
            NotFound: this workspace has no such comparison, or no such video in it.
            InvalidInput: there is only one video yet, or a blind choice was made already.
        """
        self._comparisons.choose(self._workspace, comparison_id, job_id)

    def preferences(self) -> list[Preference]:
        """Return how often each model was chosen, the most chosen first."""
        counts: dict[str, list[int]] = {}
        showings = self._comparisons.showings(self._workspace)
        made = self._journal.several(self._workspace, [showing.job_id for showing in showings])
        for showing in showings:
            model = model_id(made[showing.job_id])
            count = counts.setdefault(model, [0, 0, 0, 0])
            count[0] += 1
            count[1] += showing.chosen
            count[2] += showing.blind
            count[3] += showing.blind and showing.chosen
        found = [Preference(model, *count) for model, count in counts.items()]
        return sorted(found, key=lambda one: (-one.chosen / one.shown, -one.shown))

    def retry(self, comparison_id: str, job_id: str, *, agreed: Decimal | None = None) -> Job:
        """Order a failed job of a comparison again; the new one replaces it.

        Raises:
            NotFound: this workspace has no such comparison or job.
            RenderRefused, InvalidParameters: as in `JobService.retry`.
        """
        record = self._comparisons.one(self._workspace, comparison_id)
        job = self._jobs.retry(job_id, agreed=agreed)
        if job.comparison is None:  # else another click has put it there
            self._comparisons.replace(record, job_id, job.id)
        return job

    def _why_not_together(
        self, inputs: Sequence[ModelInput], offers: Sequence[Offer], together: Quote
    ) -> str | None:
        """Why not all of them together, or None: each has to be allowed, and so has their sum."""
        for input, offer in zip(inputs, offers, strict=True):
            if offer.why_not:
                general = not self._checkout.can_pay or input.title in offer.why_not
                return offer.why_not if general else f"{input.title}: {offer.why_not}"
        return together.why_not or (UNKNOWN_PRICE if together.needs_ceiling else None)

    def _with_jobs(self, records: Sequence[ComparisonRecord]) -> list[Comparison]:
        ids = self._comparisons.job_ids(self._workspace, [record.id for record in records])
        found = self._journal.several(self._workspace, [one for of in ids.values() for one in of])
        return [
            Comparison(
                id=record.id,
                title=record.title,
                blind=record.blind,
                jobs=[found[job_id] for job_id in ids[record.id] if job_id in found],
                chosen=record.chosen,
                created_at=record.created_at,
            )
            for record in records
        ]

    def list(self, limit: int = 50) -> list[Comparison]:
        """Return the comparisons, newest first."""
        return self._with_jobs(self._comparisons.latest(self._workspace, limit))
