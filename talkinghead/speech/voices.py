"""The voices to choose from, local and bought, and the text that each is sent."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from talkinghead.catalogue import Catalogue
from talkinghead.catalogue.speech import SaidInstead, ScriptSentence, SpokenScriptInput
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.catalogue.voices.models import voice_id_of
from talkinghead.core.errors import InvalidParameters, NotFound
from talkinghead.speech.local_voice.local_voices import VOICES
from talkinghead.speech.pronunciations.emphasis import said_with, without_emphasis
from talkinghead.speech.pronunciations.entries import Pronounced, Pronunciation
from talkinghead.speech.text.sentences import Sentence, split_sentences
from talkinghead.speech.text.silences import LEAD_SECONDS, PARAGRAPH_SECONDS, PAUSE_SECONDS

THIS_STUDIO = "this studio"
NO_SUCH_VOICE = "Unknown voice. Choose another one."
LOCAL_LANGUAGES = frozenset({"en"})
_LOCAL_RECIPE = "local-1"  # part of the fingerprints: another engine speaks it again


@dataclass(frozen=True)
class VoiceChoice:
    """A voice to choose.

    Attributes:
        id: what the other verbs take.
        name: what a person reads.
        provider: "this machine", or the title of the bought model.
        endpoint_id: the bought model, or None.
        languages: that it speaks, by ISO 639-1.
        dollars_per_thousand: characters; 0 on this machine.
        sample: whether it can be heard at once and free.
        description: how it sounds, or what its model is good at.
        price_is_certain: False where fal's documents do not state the price that is listed.
    """

    id: str
    name: str
    provider: str
    endpoint_id: str | None
    languages: frozenset[str]
    dollars_per_thousand: Decimal
    sample: bool
    description: str = ""
    price_is_certain: bool = True

    def speaks(self, language: str) -> bool:
        """Whether it is known to speak this language (ISO 639-1)."""
        return language in self.languages


LOCAL_CHOICES = tuple(
    VoiceChoice(
        id=voice.id,
        name=voice.name,
        provider=THIS_STUDIO,
        endpoint_id=None,
        languages=LOCAL_LANGUAGES,
        dollars_per_thousand=Decimal(0),
        sample=True,
        description=f"{voice.accent}, {voice.gender}. {voice.description}",
    )
    for voice in VOICES
)
_LOCAL = {voice.id: voice for voice in LOCAL_CHOICES}


class Voices:
    """The voices of this machine and those that can be bought.

    Args:
        catalogue: the models whose voices can be bought.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def list(self) -> tuple[VoiceChoice, ...]:
        """Return every voice at its list price, the free ones first."""
        bought = (
            choice_of(model, name)
            for model in self._catalogue.voice_models
            for name in model.voice_names()
        )
        return (*LOCAL_CHOICES, *bought)

    def find(self, voice_id: str) -> VoiceChoice:
        """Return the voice with this id.

        Raises:
            NotFound: there is none.
        """
        if (bought := self._catalogue.bought_voice(voice_id)) is not None:
            return choice_of(*bought)
        if voice_id not in _LOCAL:
            raise NotFound(NO_SUCH_VOICE)
        return _LOCAL[voice_id]

    def named(self, name: str) -> VoiceChoice | None:
        """Return the cheapest bought voice of this name, or None. A model's own voice of the same
        name sounds the same where both name ElevenLabs voices."""
        found = [
            choice_of(model, name)
            for model in self._catalogue.voice_models
            if name in model.voice_names()
        ]
        return min(found, key=lambda voice: voice.dollars_per_thousand, default=None)

    def model_of(self, endpoint_id: str) -> type[SpeechModelInput]:
        """Return the model of this endpoint, which reads the orders of its sentences.

        Raises:
            NotFound: it is not in the catalogue.
        """
        return self._catalogue.voice_model_of(endpoint_id)

    def sentence_order(self, voice_id: str, said: str, language: str) -> SpeechModelInput:
        """Return the order of one sentence in a bought voice.

        Raises:
            NotFound: it is no bought voice.
            InvalidParameters: the voice is not one of the model's, or it does not take this text.
        """
        bought = self._catalogue.bought_voice(voice_id)
        if bought is None:
            raise NotFound(NO_SUCH_VOICE)
        model, name = bought
        try:
            return model.saying(said, name, language if model.speaks(language) else None)
        except ValidationError as error:
            raise InvalidParameters(
                f"{model.title} doesn't support this voice or text. Choose another voice.",
                field="voice",
            ) from error

    def read_script(
        self, script: str, voice_id: str, language: str, pronunciations: Sequence[Pronunciation]
    ) -> SpokenScriptInput:
        """Return a script as a voice will speak it, sentence by sentence.

        Raises:
            pydantic.ValidationError: there is no sentence in it.
        """
        found = split_sentences(script)
        sentences = tuple(self._planned(each, voice_id, pronunciations) for each in found)
        lead = LEAD_SECONDS + (found[0].pause_before if found else 0.0)
        recipe = [[each.fingerprint, each.text, each.pause_after] for each in sentences]
        return SpokenScriptInput(
            script=script,
            voice=voice_id,
            language=language,
            lead=lead,
            sentences=sentences,
            fingerprint=_fingerprint([voice_id, lead, recipe]),
        )

    def as_said(
        self, text: str, voice_id: str, pronunciations: Sequence[Pronunciation]
    ) -> Pronounced:
        """Return a sentence as it is sent to this voice."""
        bought = self._catalogue.bought_voice(voice_id)
        return said_with(
            text, pronunciations, capitals=bought is not None and bought[0].stresses_capitals
        )

    def _planned(
        self, sentence: Sentence, voice_id: str, pronunciations: Sequence[Pronunciation]
    ) -> ScriptSentence:
        said = self.as_said(sentence.text, voice_id, pronunciations)
        pause = PARAGRAPH_SECONDS if sentence.ends_paragraph else PAUSE_SECONDS
        return ScriptSentence(
            text=without_emphasis(sentence.text),
            said=said.text,
            replaced=tuple(
                SaidInstead(start=each.start, end=each.end, written=each.written)
                for each in said.replaced
            ),
            pause_after=pause if sentence.pause_after is None else sentence.pause_after,
            fingerprint=sentence_fingerprint(voice_id, said.text),
        )


def choice_of(model: type[SpeechModelInput], name: str) -> VoiceChoice:
    """Return a bought voice, also one whose name was typed."""
    return VoiceChoice(
        id=voice_id_of(model, name),
        name=name.replace("_", " "),
        provider=model.title,
        endpoint_id=model.endpoint_id,
        languages=model.languages,
        dollars_per_thousand=model.dollars_per_thousand,
        sample=False,
        description=model.tagline,
        price_is_certain=model.price_is_certain,
    )


def sentence_fingerprint(voice_id: str, said: str) -> str:
    """Return the identity of a spoken text: equal fingerprints sound the same."""
    return _fingerprint([voice_id if ":" in voice_id else f"{_LOCAL_RECIPE} {voice_id}", said])


def _fingerprint(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
