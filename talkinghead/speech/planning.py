"""What a script needs in a voice: which sentences are there, which are new, and what they cost."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pydantic import ValidationError

from talkinghead.billing.service import Purse
from talkinghead.catalogue.speech import ScriptSentence, SpokenScriptInput
from talkinghead.catalogue.voices import speech_model_of
from talkinghead.core.errors import InvalidScript
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.speech.pronunciations.service import Pronouncing
from talkinghead.speech.text.emphasis import without_emphasis
from talkinghead.speech.text.language import language_of
from talkinghead.speech.text.script import check_script
from talkinghead.speech.text.sentences import without_pauses
from talkinghead.speech.voices import VoiceChoice, read_script, voice_of

_TITLE_LENGTH = 60  # characters of a script in a title


@dataclass(frozen=True)
class SpeechPlan:
    """What is there of a speech and what is not.

    Attributes:
        given: the speech.
        new: sentences to be spoken, each once.
        awaited: the jobs that other orders have bought some of it with, under way.
        dollars: of the new ones, by fingerprint.
    """

    given: SpokenScriptInput
    new: tuple[ScriptSentence, ...]
    awaited: tuple[Job, ...]
    dollars: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        """Dollars for all of it."""
        return sum(self.dollars.values(), Decimal(0))


class SpeechPlans(Pronouncing, Purse):
    """What a workspace knows of a speech before it is ordered."""

    id: str
    _store: Store
    _journal: Journal

    def _script_read(self, script: str, voice_id: str) -> SpokenScriptInput:
        script, voice = check_script(script), voice_of(voice_id)
        language = language_of(script)[0]
        try:
            return read_script(script, voice.id, language, self.pronunciations())
        except ValidationError as error:
            raise InvalidScript("There is nothing to say yet. Write at least one word.") from error

    def _speech_plan(self, given: SpokenScriptInput) -> SpeechPlan:
        voice = voice_of(given.voice)
        every = {each.fingerprint: each for each in given.sentences}
        known = self._speech_shelf.sentences.known(self.id, list(every))
        missing = [fingerprint for fingerprint in every if fingerprint not in known]
        making = self._journal.made_before(self.id, missing) if missing else {}
        awaited = {fingerprint: job for fingerprint, job in making.items() if not job.state.ended}
        new = [every[fingerprint] for fingerprint in missing if fingerprint not in awaited]
        dollars = {each.fingerprint: self._voice_dollars(voice, each.said) for each in new}
        return SpeechPlan(given, tuple(new), tuple(awaited.values()), dollars)

    def _speech_refusal(self, plan: SpeechPlan, voice: VoiceChoice) -> str | None:
        if voice.endpoint_id is None:
            mute = next((each for each in plan.new if not _sayable(each.said)), None)
            return _cannot_say(mute) if mute else None
        model = speech_model_of(voice.endpoint_id)
        blocked = (model.estimate(each.said).blocked for each in plan.new)
        too_long = next((reason for reason in blocked if reason), None)
        return too_long or self._spending_refusal(plan.total)

    def _spending_refusal(self, dollars: Decimal) -> str | None:
        """What keeps this person from spending so much, or None."""
        if not dollars:
            return None
        payer = self._till.keys.payer(self.id)
        if payer is None:
            return self.key_status().text
        spent = self._till.payments.spent(self.id)
        return self._till.budget.refusal(dollars, spent, on_own_key=payer == "own")

    def _forget_lost_sentences(self, given: SpokenScriptInput) -> None:
        """Sentences whose sound is not in the store any more are new again."""
        fingerprints = [each.fingerprint for each in given.sentences]
        known = self._speech_shelf.sentences.known(self.id, fingerprints)
        lost = [
            fingerprint
            for fingerprint, sentence in known.items()
            if not self._store.exists(self.id, sentence.file)
        ]
        if lost:
            self._speech_shelf.sentences.forget(self.id, lost)

    def _per_thousand(self, voice: VoiceChoice) -> Decimal:
        """Today's price where fal tells it, else the listed one."""
        key = self._till.keys.key(self.id) if voice.endpoint_id else None
        if key is None or voice.endpoint_id is None:
            return voice.dollars_per_thousand
        today = self._till.accounts.per_thousand(key, voice.endpoint_id)
        return voice.dollars_per_thousand if today is None else today

    def _voice_dollars(self, voice: VoiceChoice, said: str) -> Decimal:
        return self._per_thousand(voice) * len(said) / 1000


def beginning(script: str) -> str:
    """The first words of a script or a sentence, for titles."""
    words = " ".join(without_emphasis(without_pauses(script)).split())
    return words if len(words) <= _TITLE_LENGTH else f"{words[: _TITLE_LENGTH - 1].rstrip()}…"


@lru_cache(maxsize=4096)
def _sayable(text: str) -> bool:
    """Whether a voice of this machine finds anything to say in it."""
    from talkinghead.speech.reading.spoken_text import (
        spoken_words,  # loads when a local voice is chosen
    )

    return bool(spoken_words(text))


def _cannot_say(sentence: ScriptSentence) -> str:
    return (
        f"The voices of this machine speak English only and cannot say “{beginning(sentence.text)}"
        "”. Choose a voice that speaks its language, or take it out."
    )
