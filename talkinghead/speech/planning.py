"""Plans a speech: which sentences exist, which are new, and their price."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pydantic import ValidationError

from talkinghead.billing.checkout import Checkout
from talkinghead.billing.values import Line, Quote
from talkinghead.catalogue.speech import ScriptSentence, SpokenScriptInput
from talkinghead.core.errors import InvalidScript, NotFound
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.speech.pronunciations.emphasis import without_emphasis
from talkinghead.speech.pronunciations.service import PronunciationService
from talkinghead.speech.sentence_repository import SentenceRepository
from talkinghead.speech.text.language import language_of
from talkinghead.speech.text.script import check_script
from talkinghead.speech.text.sentences import without_pauses
from talkinghead.speech.voices import VoiceChoice, Voices

_TITLE_LENGTH = 60  # characters of a script in a title


@dataclass(frozen=True)
class SpeechPlan:
    """The existing and the new sentences of a speech.

    Attributes:
        given: the speech.
        new: sentences to be spoken, each once.
        awaited: the jobs that other orders have bought some of it with, under way.
        made_before: by fingerprint, the ids of the jobs that made or are making what the library
            lacks.
        quote: of the new ones, in their order.
    """

    given: SpokenScriptInput
    new: tuple[ScriptSentence, ...]
    awaited: tuple[Job, ...]
    made_before: Mapping[str, str]
    quote: Quote

    @property
    def total(self) -> Decimal:
        """The price of all of it in dollars."""
        return self.quote.dollars or Decimal(0)  # each voice has a list price


class SpeechPlanner:
    """Plans the speeches of one workspace.

    Args:
        workspace: its id.
        voices: this machine's and those to buy.
        sentences: what was spoken before.
        pronunciations: how names are said.
        checkout: quotes and permits.
        journal: what is being made.
        store: where the sound is.
    """

    def __init__(
        self,
        workspace: str,
        voices: Voices,
        sentences: SentenceRepository,
        pronunciations: PronunciationService,
        checkout: Checkout,
        journal: Journal,
        store: Store,
    ) -> None:
        self._workspace = workspace
        self._voices = voices
        self._sentences = sentences
        self._pronunciations = pronunciations
        self._checkout = checkout
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
            raise InvalidScript("There is nothing to say yet. Write at least one word.") from error

    def plan(self, given: SpokenScriptInput) -> SpeechPlan:
        """Return which of its sentences are new, and their price."""
        voice = self._voices.find(given.voice)
        every = {each.fingerprint: each for each in given.sentences}
        known = self._sentences.known(self._workspace, list(every))
        missing = [fingerprint for fingerprint in every if fingerprint not in known]
        making = self._journal.made_before(self._workspace, missing) if missing else {}
        awaited = {fingerprint: job for fingerprint, job in making.items() if not job.state.ended}
        new = [every[fingerprint] for fingerprint in missing if fingerprint not in awaited]
        lines = [self.line(voice, each.said, each.fingerprint) for each in new]
        quote = self._checkout.quote(lines)
        made_before = {fingerprint: job.id for fingerprint, job in making.items()}
        return SpeechPlan(given, tuple(new), tuple(awaited.values()), made_before, quote)

    def refusal(self, plan: SpeechPlan, voice: VoiceChoice) -> str | None:
        """Return why it cannot be ordered now, or None."""
        if voice.endpoint_id is None:
            mute = next((each for each in plan.new if not _sayable(each.said)), None)
            return _cannot_say(mute) if mute else None
        return plan.quote.why_not

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

    def under_way(self, fingerprint: str) -> Job | None:
        """Return the job that is making this sentence now."""
        job = self._journal.made_before(self._workspace, [fingerprint]).get(fingerprint)
        return job if job is not None and not job.state.ended else None

    def per_thousand(self, voice: VoiceChoice) -> Decimal:
        """Return the dollars for a thousand characters, today's price if fal reports it."""
        if voice.endpoint_id is None:
            return voice.dollars_per_thousand
        return self._checkout.per_thousand(voice.endpoint_id, voice.dollars_per_thousand)

    def quote(self, voice: VoiceChoice, said: str, fingerprint: str) -> Quote:
        """Return the price of these words in a bought voice, and whether they may be ordered."""
        return self._checkout.quote([self.line(voice, said, fingerprint)])

    def line(self, voice: VoiceChoice, said: str, fingerprint: str) -> Line:
        """Return the line for these words; free in a local voice."""
        bought = voice.endpoint_id
        return Line(
            endpoint_id=bought or SpokenScriptInput.endpoint_id,
            fingerprint=fingerprint,
            unit="thousand characters",
            quantity=Decimal(len(said)) / 1000,
            listed=voice.dollars_per_thousand,
            plain=voice.dollars_per_thousand,
            blocked=self._voices.model_of(bought).estimate(said).blocked if bought else None,
        )


def beginning(script: str) -> str:
    """Return the first words of a script or a sentence, for titles."""
    words = " ".join(without_emphasis(without_pauses(script)).split())
    return words if len(words) <= _TITLE_LENGTH else f"{words[: _TITLE_LENGTH - 1].rstrip()}…"


@lru_cache(maxsize=4096)
def _sayable(text: str) -> bool:
    """Whether a local voice finds anything to speak in it."""
    from talkinghead.speech.reading.spoken_text import (
        spoken_words,  # loads when a local voice is chosen
    )

    return bool(spoken_words(text))


def _cannot_say(sentence: ScriptSentence) -> str:
    return (
        f"The voices of this machine speak English only and cannot say “{beginning(sentence.text)}"
        "”. Choose a voice that speaks its language, or take it out."
    )
