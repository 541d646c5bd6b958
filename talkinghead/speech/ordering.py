"""Writes speeches and single sentences down as jobs: new ones and retries."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pydantic import ValidationError

from talkinghead.billing.permit import Permit, order_current
from talkinghead.billing.values import Line
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.core.errors import NotFound
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import SENTENCE, SPEECH
from talkinghead.jobs.new_job import child_of, new_job
from talkinghead.jobs.paying_keys import PayerSource
from talkinghead.speech.planning import SpeechPlanner, beginning
from talkinghead.speech.text.script import estimate_seconds
from talkinghead.speech.text.sentences import without_pauses
from talkinghead.speech.values import SentencePlan, SpeechPlan
from talkinghead.speech.voices import VoiceChoice, Voices


class SpeechOrders:
    """Orders speech for one workspace.

    Args:
        workspace: its id.
        voices: this machine's and those to buy.
        planner: what is there of a speech, and what is not.
        journal: what happened to every job.
        engine: runs them.
    """

    def __init__(
        self,
        workspace: str,
        voices: Voices,
        planner: SpeechPlanner,
        journal: Journal,
        engine: Engine,
    ) -> None:
        self._workspace = workspace
        self._voices = voices
        self._planner = planner
        self._journal = journal
        self._engine = engine

    def order(self, plan: SpeechPlan, permit: Permit) -> Job:
        """Order a speech: its new sentences, and their assembly; returns the job that makes exactly
        this already where there is one.

        Raises:
            RenderRefused: it costs more than was agreed to, or a cap is in the way.
        """
        self._planner.forget_lost(plan.given)
        return order_current(
            self._planner.plan_again(plan),
            self._planner.plan_again,
            lambda current: self._write(current, permit.for_lines(current.lines)),
        )

    def _write(self, plan: SpeechPlan, permit: Permit) -> Job:
        given, voice = plan.given, self._voices.find(plan.given.voice)
        dollars = sum(permit.dollars, Decimal(0))
        title, endpoint_id = f"Voice-over: {beginning(given.script)}", given.endpoint_id
        parent = self._job(title, endpoint_id, given.arguments(), given.script, dollars, permit)
        self._engine.check(given.endpoint_id)
        if voice.endpoint_id is None or not plan.new:
            return self._ordered(parent, plan, (), permit)
        self._engine.check(voice.endpoint_id)
        return self._ordered(parent, plan, self._sentence_jobs(parent, plan, voice, permit), permit)

    def order_sentence(self, plan: SentencePlan, permit: Permit) -> Job:
        """Order one sentence in a bought voice, for an audition; returns the job that makes or has
        made it where there is one.

        Raises:
            RenderRefused: it costs more than was agreed to, or a cap is in the way.
        """
        return order_current(
            self._planner.plan_sentence_again(plan),
            self._planner.plan_sentence_again,
            lambda current: self._write_sentence(current, permit),
        )

    def _write_sentence(self, plan: SentencePlan, permit: Permit) -> Job:
        if plan.made and plan.ready:
            return plan.made
        permit, order, made = permit.for_lines(plan.lines), plan.order, plan.made
        job = self._job(
            plan.title,
            order.endpoint_id,
            order.arguments(),
            order.words,
            permit.dollars[0],
            permit,
            fingerprint=plan.fingerprint,
            unit_price=permit.lines[0].unit_price,
            payer=permit.payer,
        )
        self._engine.check(order.endpoint_id)
        made_before = {plan.fingerprint: made.id} if made else {}
        return self._engine.order([CompositeJob(job, made_before=made_before)], permit)[0]

    def plan_again(self, job: Job) -> SpeechPlan | SentencePlan:
        """Plan the speech once more, or the one that a sentence belongs to.

        Raises:
            NotFound: its words are gone.
        """
        parent = self._journal.job(job.parent, self._workspace) if job.parent else job
        if parent.kind is not SPEECH:
            return self._plan_sentence_again(parent)
        try:
            given = SpokenScriptInput.model_validate({**parent.arguments, "awaited": ()})
        except ValidationError as error:
            raise NotFound("This voice-over's script is no longer available.") from error
        return self._planner.plan(given)

    def order_again(self, plan: SpeechPlan | SentencePlan, permit: Permit) -> Job:
        """Order what `plan_again` planned.

        Raises:
            RenderRefused: as in `order`.
        """
        if isinstance(plan, SentencePlan):
            return self.order_sentence(plan, permit)
        return self.order(plan, permit)

    def _plan_sentence_again(self, job: Job) -> SentencePlan:
        """Plan a single sentence."""
        if job.kind is not SENTENCE or not job.arguments or job.fingerprint is None:
            raise NotFound("This sentence's text is no longer available.")
        order = self._voices.model_of(job.endpoint_id).model_validate(job.arguments)
        return self._planner.plan_sentence(order, job.title, job.fingerprint)

    def resent_line(self, job: Job) -> Line:
        """Return the request of one sentence, as it would be sent again.

        Raises:
            NotFound: its words are gone.
        """
        return replace(self._plan_sentence_again(job).line, ready=False)

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
        for each, priced, dollars in zip(plan.new, permit.lines, permit.dollars, strict=True):
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
        permit: Permit,
        *,
        fingerprint: str | None = None,
        unit_price: Decimal | None = None,
        payer: PayerSource | None = None,
    ) -> Job:
        return new_job(
            self._workspace,
            endpoint_id,
            arguments,
            ordered_by=permit.actor_id,
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
