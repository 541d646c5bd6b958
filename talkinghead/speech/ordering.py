"""Writes speeches and single sentences down as jobs: new ones and retries."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from pydantic import ValidationError

from talkinghead.billing.spending import SpendGuard
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.catalogue.voices.models import speech_model_of
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.core.money import Estimate
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Admission, Journal
from talkinghead.jobs.kinds import SENTENCE, SPEECH
from talkinghead.jobs.new_job import child_of, new_job
from talkinghead.speech.planning import SpeechPlan, SpeechPlanner, beginning
from talkinghead.speech.sentence_repository import SentenceRepository
from talkinghead.speech.text.script import estimate_seconds
from talkinghead.speech.text.sentences import without_pauses
from talkinghead.speech.voices import VoiceChoice, choice_of, sentence_order, voice_of


class SpeechOrders:
    """Orders speech for one workspace.

    Args:
        workspace: its id.
        planner: what is there of a speech, and what is not.
        guard: what may be spent.
        sentences: what was spoken before.
        journal: what happened to every job.
        engine: runs them.
    """

    def __init__(
        self,
        workspace: str,
        planner: SpeechPlanner,
        guard: SpendGuard,
        sentences: SentenceRepository,
        journal: Journal,
        engine: Engine,
    ) -> None:
        self._workspace = workspace
        self._planner = planner
        self._guard = guard
        self._sentences = sentences
        self._journal = journal
        self._engine = engine

    def order(self, given: SpokenScriptInput, agreed: Decimal | None) -> Job:
        """Order a speech: its new sentences, and their assembly.

        Raises:
            RenderRefused: nobody pays, the price rose meanwhile, or a cap is in the way.
        """
        self._planner.forget_lost(given)
        plan, voice = self._planner.plan(given), voice_of(given.voice)
        if refusal := self._planner.refusal(plan, voice):
            raise RenderRefused(refusal)
        self._engine.check(given.endpoint_id)
        parent = self._job(
            f"Speech: {beginning(given.script)}", given.endpoint_id, {}, given.script, plan.total
        )
        if voice.endpoint_id is None or not plan.new:
            return self._ordered(parent, plan, ())
        self._engine.check(voice.endpoint_id)
        priced = self._guard.authorise(parent, price_of(given.endpoint_id, plan.total), agreed)
        children = self._sentence_jobs(parent, plan, voice, priced.payer)
        admit = self._still_new(priced, [each.fingerprint for each in plan.new])
        return self._ordered(parent, plan, children, admit)

    def order_sentence(
        self, order: SpeechModelInput, title: str, fingerprint: str, agreed: Decimal | None
    ) -> Job:
        """Order one sentence in a bought voice, for an audition.

        Raises:
            RenderRefused: nobody pays, the price rose meanwhile, or a cap is in the way.
        """
        voice = choice_of(type(order), "")
        job = self._job(
            title,
            order.endpoint_id,
            order.arguments(),
            order.words,
            self._planner.dollars(voice, order.words),
            fingerprint=fingerprint,
            unit_price=self._planner.per_thousand(voice),
        )
        job = self._guard.authorise(job, price_of(order.endpoint_id, job.estimate), agreed)
        self._engine.check(order.endpoint_id)
        self._engine.order(job, self._still_new(job, [fingerprint]))
        return job

    def again(self, job: Job, agreed: Decimal | None) -> Job:
        """Retry the speech, or the one that a sentence belongs to: only what is missing is ordered.

        Raises:
            NotFound: its words are gone.
            RenderRefused: as in `order`.
        """
        head = self._journal.job(job.parent, self._workspace) if job.parent else job
        if head.kind is not SPEECH:
            return self._sentence_again(head, agreed)
        try:
            given = SpokenScriptInput.model_validate({**head.arguments, "awaited": ()})
        except ValidationError as error:
            raise NotFound("The words of this speech are not here any more.") from error
        return self.order(given, head.estimate if agreed is None else agreed)

    def _sentence_again(self, job: Job, agreed: Decimal | None) -> Job:
        """Retry a single sentence ordered for an audition."""
        if job.kind is not SENTENCE or not job.arguments or job.fingerprint is None:
            raise NotFound("The words of this sentence are not here any more.")
        order = speech_model_of(job.endpoint_id).model_validate(job.arguments)
        agreed = job.estimate if agreed is None else agreed
        return self.order_sentence(order, job.title, job.fingerprint, agreed)

    def _ordered(
        self, parent: Job, plan: SpeechPlan, children: Sequence[Job], admit: Admission | None = None
    ) -> Job:
        jobs = sorted((*children, *plan.awaited), key=lambda job: _place(plan.given, job))
        given = plan.given.model_copy(update={"awaited": tuple(job.id for job in jobs)})
        parent = parent.replace(arguments=given.arguments())
        self._engine.order_composites([CompositeJob(parent, tuple(children))], admit)
        return parent

    def _sentence_jobs(
        self, parent: Job, plan: SpeechPlan, voice: VoiceChoice, payer: str | None
    ) -> tuple[Job, ...]:
        """Return one paid job per new sentence."""
        places = {each.fingerprint: n for n, each in reversed([*enumerate(plan.given.sentences)])}
        unit_price, children = self._planner.per_thousand(voice), []
        for each in plan.new:
            order = sentence_order(voice.id, each.said, plan.given.language)
            children.append(
                child_of(
                    parent,
                    places[each.fingerprint],
                    order.endpoint_id,
                    order.arguments(),
                    title=f"{voice.name}: {beginning(each.text)}",
                    fingerprint=each.fingerprint,
                    seconds=estimate_seconds(each.text),
                    estimate=plan.dollars[each.fingerprint],
                    payer=payer,
                    unit_price=unit_price,
                )
            )
        return tuple(children)

    def _still_new(self, priced: Job, fingerprints: Collection[str]) -> Admission:
        caps = self._guard.admission([priced])
        return self._sentences.still_new(self._workspace, fingerprints, caps)

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
    ) -> Job:
        return new_job(
            self._workspace,
            endpoint_id,
            arguments,
            ordered_by=self._guard.actor_id,
            title=title,
            seconds=estimate_seconds(without_pauses(words)),
            estimate=dollars,
            fingerprint=fingerprint,
            unit_price=unit_price,
        )


def price_of(endpoint_id: str, dollars: Decimal) -> Estimate:
    """Return the price of what is billed by character, as an estimate."""
    return Estimate(endpoint_id, Decimal(0), dollars, approximate=False, per_second=Decimal(0))


def _place(given: SpokenScriptInput, job: Job) -> int:
    places = (n for n, each in enumerate(given.sentences) if each.fingerprint == job.fingerprint)
    return next(places, len(given.sentences))
