"""Several models at once, from the same portrait and speech, and which of them was liked best."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from talkinghead.billing.service import Offer
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.comparisons.repository import ComparisonRecord, Comparisons
from talkinghead.comparisons.values import CompareOffer, Comparison, Preference, fitted, model_id
from talkinghead.core.errors import InvalidInput, RenderRefused
from talkinghead.core.money import show_dollars, total
from talkinghead.jobs.composite import Family
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Admission
from talkinghead.jobs.kinds import kind_of
from talkinghead.renders.service import Films

FEWEST = 2
LONGEST_TITLE = 120  # characters


class Comparing(Films):
    """The verbs of a workspace over comparisons."""

    _comparisons: Comparisons
    retry: Callable[..., Job]

    def compare_offer(self, inputs: Sequence[ModelInput], speech: SpeechLength) -> CompareOffer:
        """What these renders cost together, and whether they may be ordered now; free to ask."""
        offers = tuple(self.offer(input, fitted(input, speech)) for input in inputs)
        paid = [o for o, i in zip(offers, inputs, strict=True) if kind_of(i.endpoint_id).paid]
        dollars = total(offer.estimate.dollars for offer in paid)
        why_not = self._why_not_together(inputs, offers, dollars)
        listed = any(offer.price_source == "list price" for offer in paid)
        return CompareOffer(
            offers=offers,
            dollars=dollars,
            allowed=why_not is None,
            why_not=why_not,
            price_source="list price" if listed else "fal today",
            left_today=next((offer.left_today for offer in offers), None),
        )

    def compare(
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
        offer = self.compare_offer(inputs, speech)
        if offer.why_not:
            raise RenderRefused(offer.why_not)
        if offer.dollars is not None and offer.dollars > agreed:
            raise RenderRefused(
                f"Together they cost {show_dollars(offer.dollars)} meanwhile, so nothing was "
                "ordered. Look at it and confirm again."
            )
        record = self._record(title, blind=blind)
        self._order_together(record, inputs, speech, offer.offers)
        return self.comparison(record.id)

    def comparison(self, comparison_id: str) -> Comparison:
        """One comparison as it stands.

        Raises:
            NotFound: this workspace has no such comparison.
        """
        return self._with_jobs([self._comparisons.one(self.id, comparison_id)])[0]

    def comparisons(self, limit: int = 50) -> list[Comparison]:
        """The comparisons, newest first."""
        return self._with_jobs(self._comparisons.latest(self.id, limit))

    def choose(self, comparison_id: str, job_id: str) -> None:
        """Keep a video as the best of its comparison; the others stay in the gallery.

        Raises:
            NotFound: this workspace has no such comparison, or no such video in it.
            InvalidInput: there is only one video yet, or a blind choice was made already.
        """
        self._comparisons.choose(self.id, comparison_id, job_id)

    def preferences(self) -> list[Preference]:
        """How often each model was liked best, the most liked first."""
        counts: dict[str, list[int]] = {}
        showings = self._comparisons.showings(self.id)
        made = self._journal.several(self.id, [showing.job_id for showing in showings])
        for showing in showings:
            model = model_id(made[showing.job_id])
            count = counts.setdefault(model, [0, 0, 0, 0])
            count[0] += 1
            count[1] += showing.chosen
            count[2] += showing.blind
            count[3] += showing.blind and showing.chosen
        found = [Preference(model, *count) for model, count in counts.items()]
        return sorted(found, key=lambda one: (-one.chosen / one.shown, -one.shown))

    def compare_again(
        self, comparison_id: str, job_id: str, *, agreed: Decimal | None = None
    ) -> Job:
        """Order one of a comparison again that came to nothing; it takes the old one's place.

        Raises:
            NotFound: this workspace has no such comparison or job.
            RenderRefused, InvalidParameters: as in `retry`.
        """
        record = self._comparisons.one(self.id, comparison_id)
        job = self.retry(job_id, agreed=agreed)
        self._comparisons.replace(record, job_id, job.id)
        return job

    def _record(self, title: str, *, blind: bool) -> ComparisonRecord:
        short = " ".join(title.replace("\x00", "").split())[:LONGEST_TITLE]
        return ComparisonRecord(uuid4().hex, self.id, short, blind, datetime.now(UTC))

    def _why_not_together(
        self, inputs: Sequence[ModelInput], offers: Sequence[Offer], dollars: Decimal | None
    ) -> str | None:
        """Why not all of them together, or None: each has to be allowed, and so has their sum."""
        for input, offer in zip(inputs, offers, strict=True):
            if offer.why_not:
                general = self._till.keys.payer(self.id) is None or input.title in offer.why_not
                return offer.why_not if general else f"{input.title}: {offer.why_not}"
        payer = self._till.keys.payer(self.id)
        if payer is None or not dollars:
            return None
        together = replace(self._till.budget, render=None)  # that cap is for each of them
        spent = self._till.payments.spent(self.id)
        return together.refusal(dollars, spent, on_own_key=payer == "own")

    def _order_together(
        self,
        record: ComparisonRecord,
        inputs: Sequence[ModelInput],
        speech: SpeechLength,
        offers: Sequence[Offer],
        beside: str | None = None,
        first: int = 0,
    ) -> list[Job]:
        """Write all of it down in one transaction, held against the caps as one sum.

        Args:
            record: the comparison, new or not.
            inputs, speech, offers: what is ordered, and its prices.
            beside: a job of before that joins the comparison.
            first: the place of the first of them.
        """
        families = [
            self._member(record, input, fitted(input, speech), offer, number)
            for number, (input, offer) in enumerate(zip(inputs, offers, strict=True), first)
        ]
        paying = [family.paying for family in families if family.paying.payer]
        enrolment = self._comparisons.enrolment(record, self._together(paying), beside)
        self._engine.order_families(families, enrolment)
        return [family.head for family in families]

    def _member(
        self,
        record: ComparisonRecord,
        input: ModelInput,
        speech: SpeechLength,
        offer: Offer,
        number: int,
    ) -> Family:
        """One video of the comparison with all that it is made of."""
        family = self._family(input, speech, record.title, agreed=offer.estimate.dollars)
        head = family.head.replace(comparison=record.id, place=number)
        return Family(head, family.children)

    def _together(self, paying: Sequence[Job]) -> Admission | None:
        """Holds the sum of these orders against the caps."""
        if not paying:
            return None
        total = sum((job.estimate for job in paying), Decimal(0))
        budget = replace(self._till.budget, render=None)
        return self._till.payments.admission(paying[0].replace(estimate=total), budget)

    def _with_jobs(self, records: Sequence[ComparisonRecord]) -> list[Comparison]:
        ids = self._comparisons.job_ids(self.id, [record.id for record in records])
        found = self._journal.several(self.id, [one for of in ids.values() for one in of])
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
