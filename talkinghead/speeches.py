"""Scripts become speeches, in voices of this machine and bought ones: the verbs of a workspace."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from pydantic import ValidationError

from talkinghead.errors import NotFound, RenderRefused
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.family import Family, child_of
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Admission, Journal
from talkinghead.jobs.speeches import Speech
from talkinghead.media.language import language_of
from talkinghead.media.script import check_script, estimate_seconds
from talkinghead.media.sentences import without_pauses
from talkinghead.media.store import Store
from talkinghead.models.spoken_languages import MINIMAX
from talkinghead.models.spoken_script import SpokenScriptInput
from talkinghead.money import Estimate
from talkinghead.preview import LONGEST_TEXT, VoiceSamples
from talkinghead.speech_plans import SpeechPlan, SpeechPlans, beginning
from talkinghead.voices import (
    VoiceChoice,
    all_choices,
    as_said,
    sentence_fingerprint,
    sentence_order,
    voice_of,
)

_TITLE_LENGTH = 60  # characters of the script in a job's title


@dataclass(frozen=True)
class SpeechOffer:
    """What a script costs in a voice, and whether it may be ordered.

    Attributes:
        characters: that the voice is given in all.
        sentences: how many there are.
        new_sentences: how many of them this voice has not said before, and is not saying now.
        dollars: for those.
        allowed: it can be made now.
        why_not: the reason where it cannot.
        ready_id: the speech of exactly this script in this voice, where it was made before.
        new_texts: the new sentences, in order.
        note: what to know before, such as a language that the voice does not speak.
    """

    characters: int
    sentences: int
    new_sentences: int
    dollars: Decimal
    allowed: bool
    why_not: str | None
    ready_id: str | None
    new_texts: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Heard:
    """A voice in a sentence of one's own.

    Attributes:
        sound: the file's bytes, once it is there.
        job: what makes it at the moment, or made it in vain.
        dollars: what it costs, where it was not ordered yet.
        why_not: why it cannot be ordered, or None.
    """

    sound: bytes | None = None
    job: Job | None = None
    dollars: Decimal = Decimal(0)
    why_not: str | None = None


class Speaking(SpeechPlans):
    """The verbs of a workspace over voices and speeches."""

    id: str
    _store: Store
    _journal: Journal
    _engine: Engine
    _samples: VoiceSamples

    # Voices

    def voices(self, language: str | None = None) -> list[VoiceChoice]:
        """The voices to choose from, the free ones first.

        Args:
            language: only those that speak it, by ISO 639-1.
        """
        return [
            replace(voice, dollars_per_thousand=self._per_thousand(voice))
            for voice in all_choices()
            if language is None or voice.speaks(language)
        ]

    def voice(self, voice_id: str) -> VoiceChoice:
        """One voice, also a bought one whose name was typed.

        Raises:
            NotFound: there is none.
        """
        voice = voice_of(voice_id)
        return replace(voice, dollars_per_thousand=self._per_thousand(voice))

    def script_language(self, script: str) -> str:
        """The language that a script is written in, by ISO 639-1; "und" where nobody can tell."""
        return language_of(script)[0]

    def hear(self, voice_id: str, sentence: str, agreed: Decimal | None = None) -> Heard:
        """A voice in a sentence of one's own, at most 300 characters of it.

        A voice of this machine says it at once. A bought one is bought by a job, once: what was
        heard is not paid for again, neither here nor in a speech. Ask again for the sound.

        Args:
            voice_id: which.
            sentence: what it is to say.
            agreed: the dollars that the person confirmed; without them nothing is ordered.

        Raises:
            NotFound: there is no such voice.
            InvalidScript: nothing of it can be said.
            RenderRefused: as in `make_speech`.
        """
        check_script(sentence)
        text = " ".join(sentence.split())[:LONGEST_TEXT]
        said = as_said(text, voice_id, self.pronunciations()).text
        voice = voice_of(voice_id)
        if voice.endpoint_id is None:
            return Heard(self._samples.hear(self.id, voice_id, said))
        fingerprint = sentence_fingerprint(voice_id, said)
        if (sound := self._heard_sound(fingerprint)) is not None:
            return Heard(sound)
        dollars = self._voice_dollars(voice, said)
        job = self._journal.made_before(self.id, [fingerprint]).get(fingerprint)
        if job is not None and not job.state.ended:
            return Heard(job=job, dollars=dollars)
        if agreed is None:
            return Heard(dollars=dollars, why_not=self._spending_refusal(dollars))
        language = self.script_language(sentence)
        order = sentence_order(voice_id, said, language)
        job = self._voice_job(
            f"{voice.name}: {text}",
            order.endpoint_id,
            order.arguments(),
            said,
            dollars,
            fingerprint=fingerprint,
            unit_price=self._per_thousand(voice),
        )
        job = self._bought(job, _estimate(order.endpoint_id, dollars), agreed)
        self._engine.check(order.endpoint_id)
        self._engine.order(job, self._still_new(job, [fingerprint]))
        return Heard(job=job, dollars=dollars)

    # Speeches

    def speech_offer(self, script: str, voice_id: str) -> SpeechOffer:
        """What a script costs in a voice, and whether it may be ordered; free to ask.

        Raises:
            NotFound: there is no such voice.
            InvalidScript: there is nothing to say, or too much.
        """
        plan, voice = self._speech_plan(self._script_read(script, voice_id)), voice_of(voice_id)
        given = plan.given
        ready = self._speech_shelf.library.of_fingerprint(self.id, given.fingerprint)
        if ready is not None and not self._store.exists(self.id, ready.reference):
            ready = None
        why_not = None if ready else self._speech_refusal(plan, voice)
        return SpeechOffer(
            characters=sum(len(each.said) for each in given.sentences),
            sentences=len(given.sentences),
            new_sentences=len(plan.new),
            dollars=plan.total,
            allowed=why_not is None,
            why_not=why_not,
            ready_id=ready.id if ready else None,
            new_texts=tuple(each.text for each in plan.new),
            note=_note(voice, given.language),
        )

    def make_speech(self, script: str, voice_id: str, agreed: Decimal | None = None) -> Job:
        """Order a speech; returns at once. `speech_of_job` has it when the job is done.

        Args:
            script: the words, with `[pause 0.8]` for silence and `*word*` for emphasis.
            voice_id: who speaks.
            agreed: for a bought voice, the dollars that the person confirmed.

        Raises:
            NotFound: there is no such voice.
            InvalidScript: there is nothing to say, or too much.
            RenderRefused: nobody pays, the price rose meanwhile, or a cap is in the way.
        """
        return self._order_speech(self._script_read(script, voice_id), agreed)

    def speech(self, speech_id: str) -> Speech:
        """One speech.

        Raises:
            NotFound: this workspace has no such speech.
        """
        return self._speech_shelf.library.speech(self.id, speech_id)

    def speeches(self, limit: int = 50) -> list[Speech]:
        """The library of speeches, newest first."""
        return self._speech_shelf.library.newest(self.id, limit)

    def speech_of_job(self, job_id: str) -> Speech | None:
        """What a job has made, or None before it is done and where it makes no speech.

        Raises:
            NotFound: this workspace has no such job.
        """
        job = self._journal.job(job_id, self.id)
        return self._speech_shelf.library.of_job(self.id, job.id)

    def speech_of(self, reference: str) -> Speech | None:
        """The speech whose sound this is, or None where the recording is no speech of ours."""
        return self._speech_shelf.library.of_file(self.id, reference)

    def _speak_again(self, job: Job, agreed: Decimal | None) -> Job:
        """The same speech once more: only what is missing is ordered."""
        try:
            given = SpokenScriptInput.model_validate({**job.arguments, "awaited": ()})
        except ValidationError as error:
            raise NotFound("The words of this speech are not here any more.") from error
        return self._order_speech(given, job.estimate if agreed is None else agreed)

    def _order_speech(self, given: SpokenScriptInput, agreed: Decimal | None) -> Job:
        self._forget_lost_sentences(given)
        plan, voice = self._speech_plan(given), voice_of(given.voice)
        if refusal := self._speech_refusal(plan, voice):
            raise RenderRefused(refusal)
        self._engine.check(given.endpoint_id)
        parent = self._voice_job(
            f"Speech: {beginning(given.script)}", given.endpoint_id, {}, given.script, plan.total
        )
        if voice.endpoint_id is None or not plan.new:
            return self._speech_ordered(parent, plan, ())
        self._engine.check(voice.endpoint_id)
        priced = self._bought(parent, _estimate(given.endpoint_id, plan.total), agreed)
        children = self._sentence_jobs(parent, plan, voice, priced.payer)
        admit = self._still_new(priced, [each.fingerprint for each in plan.new])
        return self._speech_ordered(parent, plan, children, admit)

    def _speech_ordered(
        self, parent: Job, plan: SpeechPlan, children: Sequence[Job], admit: Admission | None = None
    ) -> Job:
        jobs = sorted((*children, *plan.awaited), key=lambda job: _place(plan.given, job))
        given = plan.given.model_copy(update={"awaited": tuple(job.id for job in jobs)})
        parent = parent.replace(arguments=given.arguments())
        self._engine.order_families([Family(parent, tuple(children))], admit)
        return parent

    def _sentence_jobs(
        self, parent: Job, plan: SpeechPlan, voice: VoiceChoice, payer: str | None
    ) -> tuple[Job, ...]:
        """One paid job for each new sentence."""
        places = {each.fingerprint: n for n, each in reversed([*enumerate(plan.given.sentences)])}
        unit_price, children = self._per_thousand(voice), []
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
        caps = self._admission(priced)
        return self._speech_shelf.sentences.still_new(self.id, fingerprints, caps)

    def _heard_sound(self, fingerprint: str) -> bytes | None:
        known = self._speech_shelf.sentences.known(self.id, [fingerprint]).get(fingerprint)
        if known is None:
            return None
        try:
            return self._store.read(self.id, known.file)
        except NotFound:
            self._speech_shelf.sentences.forget(self.id, [fingerprint])
            return None

    def _voice_job(
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
        now = datetime.now(UTC)
        return Job(
            id=uuid4().hex,
            workspace=self.id,
            endpoint_id=endpoint_id,
            arguments=arguments,
            title=title,
            state=JobState.WAITING,
            speech_seconds=estimate_seconds(without_pauses(words)),
            estimate=dollars,
            created_at=now,
            updated_at=now,
            waiting_for="turn",
            fingerprint=fingerprint,
            unit_price=unit_price,
        )


def _place(given: SpokenScriptInput, job: Job) -> int:
    places = (n for n, each in enumerate(given.sentences) if each.fingerprint == job.fingerprint)
    return next(places, len(given.sentences))


def _note(voice: VoiceChoice, language: str) -> str | None:
    if language == "und" or voice.speaks(language):
        return None
    name = MINIMAX.get(language, language.upper())
    return f"{voice.name} does not speak {name}. Choose a voice that does, or it will sound wrong."


def _estimate(endpoint_id: str, dollars: Decimal) -> Estimate:
    return Estimate(endpoint_id, Decimal(0), dollars, approximate=False, per_second=Decimal(0))
