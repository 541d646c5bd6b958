"""MiniMax Speech 2.8: two bought voice models with pauses and moods written into the text."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from talkinghead.catalogue.base import SpokenText
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.catalogue.voices.languages import MINIMAX

VOICES = (
    "Wise_Woman", "Friendly_Person", "Inspirational_girl", "Deep_Voice_Man", "Calm_Woman",
    "Casual_Guy", "Lively_Girl", "Patient_Man", "Young_Knight", "Determined_Man", "Lovely_Girl",
    "Decent_Boy", "Imposing_Manner", "Elegant_Man", "Abbess", "Sweet_Girl_2", "Exuberant_Girl",
)  # fmt: skip
"""The maker's own system voices; the document names only the first. Any other id can be typed."""


class MinimaxVoice(BaseModel):
    """The endpoint's `voice_setting`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    voice_id: Annotated[str, Field(description="The voice's ID.", examples=list(VOICES))] = (
        "Wise_Woman"
    )
    speed: Annotated[float, Field(ge=0.5, le=2, description="1 is the voice's own speed.")] = 1
    vol: Annotated[float, Field(gt=0, le=10, description="1 is the voice's own volume.")] = 1
    pitch: Annotated[int, Field(ge=-12, le=12, description="Semitones up or down.")] = 0
    emotion: Annotated[
        Literal["happy", "sad", "angry", "fearful", "disgusted", "surprised", "neutral"] | None,
        Field(description="The mood. Leave empty to let the model choose from the text."),
    ] = None
    english_normalization: Annotated[
        bool, Field(description="Reads English numbers and dates more precisely, a little slower.")
    ] = False


class MinimaxSound(BaseModel):
    """The endpoint's `audio_setting`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Annotated[Literal["mp3", "pcm", "flac"], Field(description="Of the file.")] = "mp3"
    sample_rate: Annotated[int, Field(description="Samples a second.")] = 32000
    bitrate: Annotated[int, Field(description="Bits a second, for mp3.")] = 128000
    channel: Annotated[int, Field(description="1 is mono.")] = 1


class _Minimax(SpeechModelInput):
    """Common inputs of both. Source: their endpoint documents."""

    languages: ClassVar[frozenset[str]] = frozenset(MINIMAX)
    text_field: ClassVar[str] = "prompt"
    script_field: ClassVar[str | None] = "prompt"
    language_field: ClassVar[str | None] = "language_boost"
    pause_mark: ClassVar[str | None] = "<#{seconds}#>"

    prompt: Annotated[
        SpokenText,
        Field(min_length=1, description="The text to speak. (laughs) and (sighs) work."),
    ]
    voice_setting: Annotated[MinimaxVoice, Field(description="Who speaks, and how.")] = (
        MinimaxVoice()
    )
    language_boost: Annotated[
        str | None,
        Field(description="The language's English name; empty lets the model hear it."),
    ] = None
    output_format: Annotated[
        Literal["url", "hex"],
        Field(
            # The endpoint's own default is hex, which puts the whole sound into the answer.
            description="How the sound is answered: as an address, or within the answer.",
            json_schema_extra={"rare": True},
        ),
    ] = "url"
    audio_setting: Annotated[
        MinimaxSound, Field(description="The file.", json_schema_extra={"rare": True})
    ] = MinimaxSound(format="flac", sample_rate=44100)
    normalization_setting: Annotated[
        dict[str, Any] | None,
        Field(description="The loudness of the result.", json_schema_extra={"rare": True}),
    ] = None
    voice_modify: Annotated[
        dict[str, Any] | None,
        Field(description="Changes to the voice's sound.", json_schema_extra={"rare": True}),
    ] = None
    pronunciation_dict: Annotated[
        dict[str, Any] | None,
        Field(description="How words are pronounced.", json_schema_extra={"rare": True}),
    ] = None

    @classmethod
    def voice_values(cls, voice: str) -> dict[str, Any]:
        """The voice is inside `voice_setting`."""
        return {"voice_setting": {"voice_id": voice}}

    @classmethod
    def voice_names(cls) -> tuple[str, ...]:
        """Return the vendor's voices."""
        return VOICES

    @classmethod
    def language_value(cls, language: str) -> str | None:
        """Return the language's English name."""
        return MINIMAX.get(language)


class MinimaxHdInput(_Minimax):
    """Inputs of `fal-ai/minimax/speech-2.8-hd`."""

    endpoint_id: ClassVar[str] = "fal-ai/minimax/speech-2.8-hd"
    title: ClassVar[str] = "MiniMax Speech 2.8 HD"
    tagline: ClassVar[str] = "Rich voices with moods, in about 40 languages."
    dollars_per_thousand: ClassVar[Decimal] = Decimal("0.10")


class MinimaxTurboInput(_Minimax):
    """Inputs of `fal-ai/minimax/speech-2.8-turbo`."""

    endpoint_id: ClassVar[str] = "fal-ai/minimax/speech-2.8-turbo"
    title: ClassVar[str] = "MiniMax Speech 2.8 Turbo"
    tagline: ClassVar[str] = "The same voices, faster and cheaper."
    dollars_per_thousand: ClassVar[Decimal] = Decimal("0.06")
