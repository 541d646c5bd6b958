"""The voices service of one workspace: list and audition voices."""

from dataclasses import dataclass, replace
from decimal import Decimal

from talkinghead.core.errors import InvalidScript
from talkinghead.jobs.job import Job
from talkinghead.speech.ordering import SpeechOrders
from talkinghead.speech.planning import SpeechPlanner, beginning
from talkinghead.speech.pronunciations.service import PronunciationService
from talkinghead.speech.text.language import UNKNOWN, language_of
from talkinghead.speech.text.script import check_script
from talkinghead.speech.text.sentences import split_sentences
from talkinghead.speech.voice_samples import LONGEST_TEXT, VoiceSamples
from talkinghead.speech.voices import VoiceChoice, Voices, sentence_fingerprint


@dataclass(frozen=True)
class Heard:
    """A voice with the sound of a person's own sentence.

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


class VoiceService:
    """The voices that one workspace can choose from.

    Args:
        workspace: its id.
        voices: this machine's and those to buy.
        samples: how the voices of this machine sound.
        pronunciations: how names are said.
        planner: what was spoken before, and what a voice costs.
        orders: orders what was not.
    """

    def __init__(
        self,
        workspace: str,
        voices: Voices,
        samples: VoiceSamples,
        pronunciations: PronunciationService,
        planner: SpeechPlanner,
        orders: SpeechOrders,
    ) -> None:
        self._workspace = workspace
        self._voices = voices
        self._samples = samples
        self._pronunciations = pronunciations
        self._planner = planner
        self._orders = orders

    def find(self, voice_id: str) -> VoiceChoice:
        """Return one voice, also a bought one whose name was typed.

        Raises:
            NotFound: there is none.
        """
        voice = self._voices.find(voice_id)
        return replace(voice, dollars_per_thousand=self._planner.per_thousand(voice))

    def script_language(self, script: str) -> str:
        """Return the language of a script (ISO 639-1); "und" if undecidable."""
        return language_of(script)[0]

    def sample(self, voice: str, text: str | None = None) -> bytes:
        """A voice of this machine as WAV: its own short sample, or these words. Made once, then
        kept.

        Raises:
            InvalidScript: nothing of it can be said.
        """
        return self._samples.hear(self._workspace, voice, text)

    def hear(self, voice_id: str, sentence: str, agreed: Decimal | None = None) -> Heard:
        """Return a voice in a person's own sentence, at most 300 characters of it.

        A voice of this machine says it at once. A bought one is bought by a job, once: what was
        heard is not paid for again, neither here nor in a speech. Ask again for the sound.

        Args:
            voice_id: which.
            sentence: what it is to say.
            agreed: the dollars that the person confirmed; without them nothing is ordered.

        Raises:
            NotFound: there is no such voice.
            InvalidScript: nothing of it can be said.
            RenderRefused: nobody pays, the price rose meanwhile, or a cap is in the way.
        """
        check_script(sentence)
        text = " ".join(each.text for each in split_sentences(sentence))[:LONGEST_TEXT]
        if not text:
            raise InvalidScript("There is nothing to say yet. Write at least one word.")
        said = self._voices.as_said(text, voice_id, self._pronunciations.list()).text
        voice = self._voices.find(voice_id)
        if voice.endpoint_id is None:
            return Heard(self._samples.hear(self._workspace, voice_id, said))
        fingerprint = sentence_fingerprint(voice_id, said)
        if (sound := self._planner.sound_of(fingerprint)) is not None:
            return Heard(sound)
        quote = self._planner.quote(voice, said, fingerprint)
        dollars = quote.dollars or Decimal(0)  # each voice has a list price
        if (under_way := self._planner.under_way(fingerprint)) is not None:
            return Heard(job=under_way, dollars=dollars)
        if agreed is None:
            return Heard(dollars=dollars, why_not=quote.why_not)
        order = self._voices.sentence_order(voice_id, said, self.script_language(text))
        title = f"{voice.name}: {beginning(text)}"
        job = self._orders.order_sentence(order, title, fingerprint, agreed)
        return Heard(job=job, dollars=dollars)

    def list(self, language: str | None = None) -> list[VoiceChoice]:
        """Return the voices to choose from, the free ones first.

        Args:
            language: only those that speak it, by ISO 639-1.
        """
        return [
            replace(voice, dollars_per_thousand=self._planner.per_thousand(voice))
            for voice in self._voices.list()
            if language in (None, UNKNOWN) or voice.speaks(language or UNKNOWN)
        ]
