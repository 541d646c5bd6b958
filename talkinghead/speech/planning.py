"""Plans a speech: which sentences exist, and which are new."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from pydantic import ValidationError

from talkinghead.billing.values import Line
from talkinghead.catalogue.speech import ScriptSentence, SpokenScriptInput
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.core.errors import InvalidScript, NotFound
from talkinghead.core.store import Store
from talkinghead.jobs.journal import Journal
from talkinghead.speech.pronunciations.emphasis import without_emphasis
from talkinghead.speech.pronunciations.service import PronunciationService
from talkinghead.speech.sentence_repository import SentenceRepository
from talkinghead.speech.text.language import language_of
from talkinghead.speech.text.script import check_script
from talkinghead.speech.text.sentences import without_pauses
from talkinghead.speech.values import SentencePlan, SpeechPlan
from talkinghead.speech.voices import VoiceChoice, Voices, choice_of

_TITLE_LENGTH = 60  # characters of a script in a title
_USUAL_LENGTH = 300  # characters of a sentence


class SpeechPlanner:
    """Plans the speeches of one workspace.

    Args:
        workspace: its id.
        voices: this machine's and those to buy.
        sentences: what was spoken before.
        pronunciations: how names are said.
        journal: what is being made.
        store: where the sound is.
    """

    def __init__(
        self,
        workspace: str,
        voices: Voices,
        sentences: SentenceRepository,
        pronunciations: PronunciationService,
        journal: Journal,
        store: Store,
    ) -> None:
        self._workspace = workspace
        self._voices = voices
        self._sentences = sentences
        self._pronunciations = pronunciations
        self._journal = journal
        self._store = store

    def read(self, script: str, voice_id: str) -> SpokenScriptInput:
        """Return a script as this voice speaks it.

        Raises:
            NotFound: there is no such voice.
            InvalidScript: there is nothing to say, or too much.
        """
        script, voice = check_script(script), self._voices.find(voice_id)
        language = language_of(script)[0]
        try:
            said = self._pronunciations.list()
            return self._voices.read_script(script, voice.id, language, said)
        except ValidationError as error:
            raise InvalidScript("The script is empty. Write at least one word.") from error

    def plan(self, given: SpokenScriptInput) -> SpeechPlan:
        """Return which of its sentences are new."""
        voice = self._voices.find(given.voice)
        every = {each.fingerprint: each for each in given.sentences}
        known = self._sentences.known(self._workspace, list(every))
        missing = [fingerprint for fingerprint in every if fingerprint not in known]
        making = self._journal.made_before(self._workspace, missing) if missing else {}
        awaited = {fingerprint: job for fingerprint, job in making.items() if not job.state.ended}
        new = [every[fingerprint] for fingerprint in missing if fingerprint not in awaited]
        return SpeechPlan(
            given,
            tuple(new),
            tuple(awaited.values()),
            {fingerprint: job.id for fingerprint, job in making.items()},
            tuple(self._line(voice, each) for each in new),
        )

    def plan_again(self, plan: SpeechPlan) -> SpeechPlan:
        """Return the plan of the same speech as it is now."""
        return self.plan(plan.given)

    def plan_sentence(self, order: SpeechModelInput, title: str, fingerprint: str) -> SentencePlan:
        """Return the plan of one sentence in a bought voice."""
        made = self._journal.made_before(self._workspace, [fingerprint]).get(fingerprint)
        ready = made is not None and (not made.state.ended or self.is_spoken(fingerprint))
        voice = choice_of(type(order), "")
        line = self._sentence_line(voice, order.words, fingerprint, ready=ready)
        return SentencePlan(order, title, fingerprint, made, ready, line)

    def plan_sentence_again(self, plan: SentencePlan) -> SentencePlan:
        """Return the plan of the same sentence as it is now."""
        return self.plan_sentence(plan.order, plan.title, plan.fingerprint)

    def forget_lost(self, given: SpokenScriptInput) -> None:
        """Delete sentences whose sound is no longer in the store, so that they are new again."""
        fingerprints = [each.fingerprint for each in given.sentences]
        known = self._sentences.known(self._workspace, fingerprints)
        lost = [
            fingerprint
            for fingerprint, sentence in known.items()
            if not self._store.exists(self._workspace, sentence.file)
        ]
        if lost:
            self._sentences.forget(self._workspace, lost)

    def is_spoken(self, fingerprint: str) -> bool:
        """Whether the library has this sentence."""
        return bool(self._sentences.known(self._workspace, [fingerprint]))

    def spoken(self, fingerprints: Sequence[str]) -> frozenset[str]:
        """Return which of these sentences the library has."""
        return frozenset(self._sentences.known(self._workspace, list(fingerprints)))

    def sound_of(self, fingerprint: str) -> bytes | None:
        """Return the sound of a sentence; one whose sound is lost is deleted."""
        known = self._sentences.known(self._workspace, [fingerprint]).get(fingerprint)
        if known is None:
            return None
        try:
            return self._store.read(self._workspace, known.file)
        except NotFound:
            self._sentences.forget(self._workspace, [fingerprint])
            return None

    def _line(self, voice: VoiceChoice, sentence: ScriptSentence) -> Line:
        """Return the line of one sentence; free in a local voice."""
        if voice.endpoint_id:
            return self._sentence_line(voice, sentence.said, sentence.fingerprint)
        return Line(
            endpoint_id=SpokenScriptInput.endpoint_id,
            fingerprint=sentence.fingerprint,
            unit="thousand characters",
            quantity=Decimal(len(sentence.said)) / 1000,
            listed=Decimal(0),
            plain=Decimal(0),
            blocked=None if _sayable(sentence.said) else _cannot_say(sentence),
        )

    def _sentence_line(
        self, voice: VoiceChoice, said: str, fingerprint: str, *, ready: bool = False
    ) -> Line:
        bought = voice.endpoint_id or ""
        return Line(
            endpoint_id=bought,
            fingerprint=fingerprint,
            unit="thousand characters",
            quantity=Decimal(len(said)) / 1000,
            listed=voice.dollars_per_thousand,
            plain=voice.dollars_per_thousand,
            ready=ready,
            blocked=self._voices.model_of(bought).estimate(said).blocked,
        )


def beginning(script: str) -> str:
    """Return the first words of a script or a sentence, for titles."""
    words = " ".join(without_emphasis(without_pauses(script)).split())
    return words if len(words) <= _TITLE_LENGTH else f"{words[: _TITLE_LENGTH - 1].rstrip()}…"


def _sayable(text: str) -> bool:
    """Whether a local voice finds anything to speak in it; remembered of usual sentences."""
    return _usual_is_sayable(text) if len(text) <= _USUAL_LENGTH else _is_sayable(text)


@lru_cache(maxsize=4096)
def _usual_is_sayable(text: str) -> bool:
    return _is_sayable(text)


def _is_sayable(text: str) -> bool:
    from talkinghead.speech.reading.spoken_text import (
        spoken_words,  # loads when a local voice is chosen
    )

    return bool(spoken_words(text))


def _cannot_say(sentence: ScriptSentence) -> str:
    return (
        f"Free voices speak English only and can't say “{beginning(sentence.text)}”. Choose a "
        "voice for its language, or remove it."
    )
