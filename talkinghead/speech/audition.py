"""The voices service of one workspace: list and audition voices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from talkinghead.billing.checkout import Checkout
from talkinghead.billing.permit import Permit
from talkinghead.core.errors import InvalidScript
from talkinghead.jobs.job import Job
from talkinghead.speech.ordering import SpeechOrders
from talkinghead.speech.planning import SpeechPlanner, beginning
from talkinghead.speech.pronunciations.service import PronunciationService
from talkinghead.speech.text.language import UNKNOWN, language_of
from talkinghead.speech.text.script import check_script
from talkinghead.speech.text.sentences import split_sentences
from talkinghead.speech.values import SentencePlan
from talkinghead.speech.voice_samples import LONGEST_TEXT, SAMPLE, VoiceSamples
from talkinghead.speech.voices import VoiceChoice, Voices, sentence_fingerprint


@dataclass(frozen=True)
class Heard:
    """A voice with the sound of a person's own sentence.

    Attributes:
        sound: the file's bytes, once it is there.
        job: what makes it at the moment, or None.
        plan: what would be ordered for it, where a bought voice has not said it yet.
    """

    sound: bytes | None = None
    job: Job | None = None
    plan: SentencePlan | None = None


class VoiceService:
    """The voices that one workspace can choose from.

    Args:
        workspace: its id.
        voices: this machine's and those to buy.
        samples: how the voices of this machine sound.
        pronunciations: how names are said.
        planner: what was spoken before.
        orders: orders what was not.
        checkout: what a voice costs.
    """

    def __init__(
        self,
        workspace: str,
        voices: Voices,
        samples: VoiceSamples,
        pronunciations: PronunciationService,
        planner: SpeechPlanner,
        orders: SpeechOrders,
        checkout: Checkout,
    ) -> None:
        self._workspace = workspace
        self._samples = samples
        self._voices = voices
        self._pronunciations = pronunciations
        self._planner = planner
        self._orders = orders
        self._checkout = checkout

    def _today(self, voice: VoiceChoice) -> VoiceChoice:
        """Return the voice with today's price of a thousand characters, if fal reports it."""
        listed = voice.dollars_per_thousand
        if voice.endpoint_id is None:
            return voice
        today = self._checkout.per_thousand(voice.endpoint_id, listed)
        return replace(voice, dollars_per_thousand=today)

    def find(self, voice_id: str) -> VoiceChoice:
        """Return one voice, also a bought one whose name was typed.

        Raises:
            NotFound: there is none.
        """
        return self._today(self._voices.find(voice_id))

    def named(self, name: str) -> VoiceChoice | None:
        """Return the cheapest bought voice of this name, or None."""
        found = self._voices.named(name)
        return None if found is None else self._today(found)

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

    def hear(self, voice_id: str, sentence: str) -> Heard:
        """Return a voice in a person's own sentence, at most 300 characters of it; nothing is
        ordered.

        A voice of this machine says it at once. A bought one is bought by a job, once: what was
        heard is not paid for again, neither here nor in a speech. Ask again for the sound.

        Args:
            voice_id: which.
            sentence: what it is to say.

        Raises:
            NotFound: there is no such voice.
            InvalidScript: nothing of it can be said.
        """
        check_script(sentence)
        text = _heard_text(sentence)
        if not text:
            raise InvalidScript("The script is empty. Write at least one word.")
        said = self._voices.as_said(text, voice_id, self._pronunciations.list()).text
        voice = self._voices.find(voice_id)
        if voice.endpoint_id is None:
            return Heard(self._samples.hear(self._workspace, voice_id, said))
        fingerprint = sentence_fingerprint(voice_id, said)
        if (sound := self._planner.sound_of(fingerprint)) is not None:
            return Heard(sound)
        language = "en" if sentence == SAMPLE else self.script_language(text)
        order = self._voices.sentence_order(voice_id, said, language)
        title = f"{voice.name}: {beginning(text)}"
        plan = self._planner.plan_sentence(order, title, fingerprint)
        return Heard(job=plan.made if plan.ready else None, plan=plan)

    def heard(self, voice_ids: Sequence[str], sentence: str) -> frozenset[str]:
        """Return which of these bought voices anybody of the workspace has heard say a sentence:
        hearing it again costs nothing.

        Raises:
            NotFound: there is no such voice.
        """
        text = _heard_text(sentence)
        said = self._pronunciations.list()
        fingerprints = {
            voice_id: sentence_fingerprint(
                voice_id, self._voices.as_said(text, voice_id, said).text
            )
            for voice_id in voice_ids
        }
        spoken = self._planner.spoken(list(fingerprints.values()))
        return frozenset(each for each, mark in fingerprints.items() if mark in spoken)

    def order(self, plan: SentencePlan, permit: Permit) -> Job:
        """Order what a bought voice has not said yet; returns at once.

        Args:
            plan: from `hear`.
            permit: from `billing.authorise`.

        Raises:
            RenderRefused: it costs more than was agreed to, or a cap is in the way.
        """
        return self._orders.order_sentence(plan, permit)

    def list(self, language: str | None = None) -> list[VoiceChoice]:
        """Return the voices to choose from, the free ones first.

        Args:
            language: only those that speak it, by ISO 639-1.
        """
        return [
            self._today(voice)
            for voice in self._voices.list()
            if language in (None, UNKNOWN) or voice.speaks(language or UNKNOWN)
        ]


def _heard_text(sentence: str) -> str:
    return " ".join(each.text for each in split_sentences(sentence))[:LONGEST_TEXT]
