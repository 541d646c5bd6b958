"""Writes speeches and single sentences down as jobs: new ones and retries."""

from collections.abc import Sequence
from decimal import Decimal

from pydantic import ValidationError

from talkinghead.billing.caps import Permit
from talkinghead.billing.checkout import Checkout
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import SENTENCE, SPEECH
from talkinghead.jobs.new_job import child_of, new_job
from talkinghead.jobs.paying_keys import PayerSource
from talkinghead.jobs.permit import order_current
from talkinghead.speech.planning import SpeechPlan, SpeechPlanner, beginning
from talkinghead.speech.text.script import estimate_seconds
from talkinghead.speech.text.sentences import without_pauses
from talkinghead.speech.voices import VoiceChoice, Voices, choice_of


class SpeechOrders:
    """Orders speech for one workspace.

    Args:
        workspace: its id.
        voices: this machine's and those to buy.
        planner: what is there of a speech, and what is not.
        checkout: quotes and permits.
        journal: what happened to every job.
        engine: runs them.
    """

    def __init__(
        self,
        workspace: str,
        voices: Voices,
        planner: SpeechPlanner,
        checkout: Checkout,
        journal: Journal,
        engine: Engine,
    ) -> None:
        self._workspace = workspace
        self._voices = voices
        self._planner = planner
        self._checkout = checkout
        self._journal = journal
        self._engine = engine

    def order(self, given: SpokenScriptInput, agreed: Decimal | None) -> Job:
        """Order a speech: its new sentences, and their assembly.

        Raises:
            RenderRefused: nobody pays, the price rose meanwhile, or a cap is in the way.
        """
        return order_current(lambda: self._order(given, agreed))

    def _order(self, given: SpokenScriptInput, agreed: Decimal | None) -> Job:
        self._planner.forget_lost(given)
        plan, voice = self._planner.plan(given), self._voices.find(given.voice)
        parent = self._job(
            f"Speech: {beginning(given.script)}",
            given.endpoint_id,
            given.arguments(),
            given.script,
            plan.total,
        )
        try:
            if refusal := self._planner.refusal(plan, voice):
                raise RenderRefused(refusal)
            permit = self._checkout.authorise(plan.quote, agreed)
        except RenderRefused:
            if same := self._engine.under_way([parent]):
                return same[0]
            raise
        self._engine.check(given.endpoint_id)
        if voice.endpoint_id is None or not plan.new:
            return self._ordered(parent, plan, (), permit)
        self._engine.check(voice.endpoint_id)
        children = self._sentence_jobs(parent, plan, voice, permit)
        return self._ordered(parent, plan, children, permit)

    def order_sentence(
        self, order: SpeechModelInput, title: str, fingerprint: str, agreed: Decimal | None
    ) -> Job:
        """Order one sentence in a bought voice, for an audition; returns the job that makes or has
        made it where there is one.

        Raises:
            RenderRefused: nobody pays, the price rose meanwhile, or a cap is in the way.
        """
        return order_current(lambda: self._order_sentence(order, title, fingerprint, agreed))

    def _order_sentence(
        self, order: SpeechModelInput, title: str, fingerprint: str, agreed: Decimal | None
    ) -> Job:
        made = self._journal.made_before(self._workspace, [fingerprint]).get(fingerprint)
        if made and (not made.state.ended or self._planner.is_spoken(fingerprint)):
            return made
        quote = self._planner.quote(choice_of(type(order), ""), order.words, fingerprint)
        permit = self._checkout.authorise(quote, agreed)
        job = self._job(
            title,
            order.endpoint_id,
            order.arguments(),
            order.words,
            permit.dollars[0],
            fingerprint=fingerprint,
            unit_price=quote.lines[0].unit_price,
            payer=permit.payer,
        )
        self._engine.check(order.endpoint_id)
        made_before = {fingerprint: made.id} if made else {}
        return self._engine.order([CompositeJob(job, made_before=made_before)], permit)[0]

    def again(self, job: Job, agreed: Decimal | None) -> Job:
        """Retry the speech, or the one that a sentence belongs to: only what is missing is ordered.

        Raises:
            NotFound: its words are gone.
            RenderRefused: as in `order`.
        """
        parent = self._journal.job(job.parent, self._workspace) if job.parent else job
        if parent.kind is not SPEECH:
            return self._sentence_again(parent, agreed)
        try:
            given = SpokenScriptInput.model_validate({**parent.arguments, "awaited": ()})
        except ValidationError as error:
            raise NotFound("The words of this speech are not here any more.") from error
        return self.order(given, parent.estimate if agreed is None else agreed)

    def _sentence_again(self, job: Job, agreed: Decimal | None) -> Job:
        """Retry a single sentence ordered for an audition."""
        if job.kind is not SENTENCE or not job.arguments or job.fingerprint is None:
            raise NotFound("The words of this sentence are not here any more.")
        order = self._voices.model_of(job.endpoint_id).model_validate(job.arguments)
        agreed = job.estimate if agreed is None else agreed
        return self.order_sentence(order, job.title, job.fingerprint, agreed)

    def _ordered(
        self, parent: Job, plan: SpeechPlan, children: Sequence[Job], permit: Permit
    ) -> Job:
        jobs = sorted((*children, *plan.awaited), key=lambda job: _place(plan.given, job))
        given = plan.given.model_copy(update={"awaited": tuple(job.id for job in jobs)})
        parent = parent.replace(arguments=given.arguments())
        composite = CompositeJob(parent, tuple(children), plan.made_before)
        return self._engine.order([composite], permit)[0]

    def _sentence_jobs(
        self, parent: Job, plan: SpeechPlan, voice: VoiceChoice, permit: Permit
    ) -> tuple[Job, ...]:
        """Return one paid job per new sentence."""
        places = {each.fingerprint: n for n, each in reversed([*enumerate(plan.given.sentences)])}
        children = []
        for each, priced, dollars in zip(plan.new, plan.quote.lines, permit.dollars, strict=True):
            order = self._voices.sentence_order(voice.id, each.said, plan.given.language)
            children.append(
                child_of(
                    parent,
                    places[each.fingerprint],
                    order.endpoint_id,
                    order.arguments(),
                    title=f"{voice.name}: {beginning(each.text)}",
                    fingerprint=each.fingerprint,
                    seconds=estimate_seconds(each.text),
                    estimate=dollars,
                    payer=permit.payer,
                    unit_price=priced.unit_price,
                )
            )
        return tuple(children)

    def _job(
        self,
        title: str,
        endpoint_id: str,
        arguments: dict[str, object],
        words: str,
        dollars: Decimal,
        *,
        fingerprint: str | None = None,
        unit_price: Decimal | None = None,
        payer: PayerSource | None = None,
    ) -> Job:
        return new_job(
            self._workspace,
            endpoint_id,
            arguments,
            ordered_by=self._checkout.actor_id,
            title=title,
            seconds=estimate_seconds(without_pauses(words)),
            estimate=dollars,
            fingerprint=fingerprint,
            unit_price=unit_price,
            payer=payer,
        )


def _place(given: SpokenScriptInput, job: Job) -> int:
    places = (n for n, each in enumerate(given.sentences) if each.fingerprint == job.fingerprint)
    return next(places, len(given.sentences))
