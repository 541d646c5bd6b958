"""Scripts become speeches, in voices of this machine and bought ones: the verbs of a workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from pydantic import ValidationError

from talkinghead.catalogue.languages import MINIMAX
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.core.store import Store
from talkinghead.jobs.composite import Family
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Admission, Journal
from talkinghead.jobs.kinds import SPEECH
from talkinghead.jobs.new_job import child_of
from talkinghead.speech.audition import Hearing, price_of
from talkinghead.speech.planning import SpeechPlan, beginning
from talkinghead.speech.repository import Speech
from talkinghead.speech.text.script import estimate_seconds
from talkinghead.speech.voices import (
    VoiceChoice,
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


class Speaking(Hearing):
    """The verbs of a workspace over speeches."""

    id: str
    _store: Store
    _journal: Journal
    _engine: Engine

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
        """One speech; a removed one too, as long as it can be brought back.

        Raises:
            NotFound: this workspace has no such speech.
        """
        return self._speech_shelf.library.speech(self.id, speech_id)

    def delete_speech(self, speech_id: str) -> None:
        """Remove a speech; `restore_speech` brings it back for a day.

        After that its sound is gone, but for the videos that were made from it, and with it every
        sentence that no other speech says: to hear it again it has to be paid again.

        Raises:
            NotFound: this workspace has no such speech.
        """
        self._speech_shelf.library.mark_deleted(self.id, speech_id, datetime.now(UTC))

    def restore_speech(self, speech_id: str) -> None:
        """Bring a removed speech back.

        Raises:
            NotFound: this workspace has no such speech, or it is gone for good.
        """
        self._speech_shelf.library.mark_deleted(self.id, speech_id, None)

    def speeches(self, limit: int = 50) -> list[Speech]:
        """The library of speeches, newest first."""
        return self._speech_shelf.library.newest(self.id, limit)

    def speech_of_job(self, job_id: str) -> Speech | None:
        """What a job has made, or None before it is done, where it makes no speech, and where
        that was removed.

        Raises:
            NotFound: this workspace has no such job.
        """
        job = self._journal.job(job_id, self.id)
        return self._speech_shelf.library.of_job(self.id, job.id)

    def speech_of(self, reference: str) -> Speech | None:
        """The speech whose sound this is, also a removed one that a video keeps; None where the
        recording is no speech of ours."""
        return self._speech_shelf.library.of_file(self.id, reference)

    def _speak_again(self, job: Job, agreed: Decimal | None) -> Job:
        """The speech, or the one that a sentence is for, once more: only what is missing is
        ordered."""
        head = self._journal.job(job.parent, self.id) if job.parent else job
        if head.kind is not SPEECH:
            return self._hear_again(head, agreed)
        try:
            given = SpokenScriptInput.model_validate({**head.arguments, "awaited": ()})
        except ValidationError as error:
            raise NotFound("The words of this speech are not here any more.") from error
        return self._order_speech(given, head.estimate if agreed is None else agreed)

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
        priced = self._bought(parent, price_of(given.endpoint_id, plan.total), agreed)
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


def _place(given: SpokenScriptInput, job: Job) -> int:
    places = (n for n, each in enumerate(given.sentences) if each.fingerprint == job.fingerprint)
    return next(places, len(given.sentences))


def _note(voice: VoiceChoice, language: str) -> str | None:
    if language == "und" or voice.speaks(language):
        return None
    name = MINIMAX.get(language, language.upper())
    return f"{voice.name} does not speak {name}. Choose a voice that does, or it will sound wrong."
