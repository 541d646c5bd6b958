"""Voices to choose from, and how each sounds: the verbs of a workspace."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from talkinghead.catalogue.voice_base import SpeechModelInput
from talkinghead.catalogue.voices import speech_model_of
from talkinghead.core.errors import InvalidScript, NotFound
from talkinghead.core.money import Estimate
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Admission
from talkinghead.jobs.kinds import SENTENCE
from talkinghead.jobs.new_job import new_job
from talkinghead.speech.planning import SpeechPlans, beginning
from talkinghead.speech.samples import LONGEST_TEXT, VoiceSamples
from talkinghead.speech.text.language import UNKNOWN, language_of
from talkinghead.speech.text.script import check_script, estimate_seconds
from talkinghead.speech.text.sentences import split_sentences, without_pauses
from talkinghead.speech.voices import (
    VoiceChoice,
    all_choices,
    as_said,
    choice_of,
    sentence_fingerprint,
    sentence_order,
    voice_of,
)


@dataclass(frozen=True)
class Heard:
    """A voice in a sentence of one's own.

    Attributes:
        sound: the file's bytes, once it is there.
        job: what makes it at the moment, or None.
        dollars: what it costs, where it was not ordered yet.
        why_not: why it cannot be ordered, or None.
    """

    sound: bytes | None = None
    job: Job | None = None
    dollars: Decimal = Decimal(0)
    why_not: str | None = None


class Hearing(SpeechPlans):
    """The verbs of a workspace over voices."""

    _engine: Engine
    _samples: VoiceSamples

    def voices(self, language: str | None = None) -> list[VoiceChoice]:
        """The voices to choose from, the free ones first.

        Args:
            language: only those that speak it, by ISO 639-1.
        """
        return [
            replace(voice, dollars_per_thousand=self._per_thousand(voice))
            for voice in all_choices()
            if language in (None, UNKNOWN) or voice.speaks(language or UNKNOWN)
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
        text = " ".join(each.text for each in split_sentences(sentence))[:LONGEST_TEXT]
        if not text:
            raise InvalidScript("There is nothing to say yet. Write at least one word.")
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
        order = sentence_order(voice_id, said, self.script_language(text))
        title = f"{voice.name}: {beginning(text)}"
        return Heard(job=self._sentence_ordered(order, title, fingerprint, agreed), dollars=dollars)

    def _hear_again(self, job: Job, agreed: Decimal | None) -> Job:
        """Order a sentence once more that was to be heard, and did not come."""
        if job.kind is not SENTENCE or not job.arguments or job.fingerprint is None:
            raise NotFound("The words of this sentence are not here any more.")
        order = speech_model_of(job.endpoint_id).model_validate(job.arguments)
        agreed = job.estimate if agreed is None else agreed
        return self._sentence_ordered(order, job.title, job.fingerprint, agreed)

    def _sentence_ordered(
        self, order: SpeechModelInput, title: str, fingerprint: str, agreed: Decimal | None
    ) -> Job:
        voice = choice_of(type(order), "")
        job = self._voice_job(
            title,
            order.endpoint_id,
            order.arguments(),
            order.words,
            self._voice_dollars(voice, order.words),
            fingerprint=fingerprint,
            unit_price=self._per_thousand(voice),
        )
        job = self._bought(job, price_of(order.endpoint_id, job.estimate), agreed)
        self._engine.check(order.endpoint_id)
        self._engine.order(job, self._still_new(job, [fingerprint]))
        return job

    def _heard_sound(self, fingerprint: str) -> bytes | None:
        known = self._speech_shelf.sentences.known(self.id, [fingerprint]).get(fingerprint)
        if known is None:
            return None
        try:
            return self._store.read(self.id, known.file)
        except NotFound:
            self._speech_shelf.sentences.forget(self.id, [fingerprint])
            return None

    def _still_new(self, priced: Job, fingerprints: Collection[str]) -> Admission:
        caps = self._admission(priced)
        return self._speech_shelf.sentences.still_new(self.id, fingerprints, caps)

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
        return new_job(
            self.id,
            endpoint_id,
            arguments,
            title=title,
            seconds=estimate_seconds(without_pauses(words)),
            estimate=dollars,
            fingerprint=fingerprint,
            unit_price=unit_price,
        )


def price_of(endpoint_id: str, dollars: Decimal) -> Estimate:
    """The price of what is billed by characters, as an estimate."""
    return Estimate(endpoint_id, Decimal(0), dollars, approximate=False, per_second=Decimal(0))
