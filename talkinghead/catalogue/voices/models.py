"""The built-in voice models: a new one is one class and one line in `SPEECH_MODELS`."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from talkinghead.catalogue.base import FalVoice, SpokenText
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.catalogue.voices.languages import ELEVEN_V2, ELEVEN_V3, ELEVEN_V25
from talkinghead.catalogue.voices.minimax import MinimaxHdInput, MinimaxTurboInput

KokoroVoice = Literal[
    "af_heart", "af_alloy", "af_aoede", "af_bella", "af_jessica", "af_kore", "af_nicole", "af_nova",
    "af_river", "af_sarah", "af_sky", "am_adam", "am_echo", "am_eric", "am_fenrir", "am_liam",
    "am_michael", "am_onyx", "am_puck", "am_santa",
]  # fmt: skip


# Named as the makers count them: 0 to 1.
Share = Annotated[float, Field(ge=0, le=1)]


class _ElevenLabs(SpeechModelInput):
    """Common inputs of the ElevenLabs endpoints."""

    text_field: ClassVar[str] = "text"
    script_field: ClassVar[str | None] = "text"
    language_field: ClassVar[str | None] = "language_code"
    gives_times: ClassVar[bool] = True

    text: Annotated[SpokenText, Field(min_length=1, description="The words to say.")]
    voice: Annotated[
        str,
        Field(
            description="The voice that speaks, by its name or its ElevenLabs id.",
            examples=["Rachel", *get_args(FalVoice)],
        ),
    ] = "Rachel"
    stability: Annotated[
        Share,
        Field(description="Low is livelier and less predictable. High is even and steady."),
    ] = 0.5
    timestamps: Annotated[
        bool, Field(description="Also tell when each character is said; captions need it.")
    ] = False
    language_code: Annotated[
        str | None, Field(description="The language of the words; empty lets the model hear it.")
    ] = None
    apply_text_normalization: Annotated[
        Literal["auto", "on", "off"],
        Field(description="Say numbers and dates as words.", json_schema_extra={"rare": True}),
    ] = "auto"


class _ElevenLabsV2(_ElevenLabs):
    """Additional inputs of its second generation."""

    pause_mark: ClassVar[str | None] = '<break time="{seconds}s" />'

    similarity_boost: Annotated[
        Share, Field(description="How closely the original voice is kept.")
    ] = 0.75
    style: Annotated[
        Share, Field(description="Exaggerates the voice's own style; above zero is less stable.")
    ] = 0
    speed: Annotated[float, Field(ge=0.7, le=1.2, description="1 is the voice's own speed.")] = 1
    previous_text: Annotated[
        str | None,
        Field(
            description="What was said just before, for the flow from one piece to the next.",
            json_schema_extra={"rare": True},
        ),
    ] = None
    next_text: Annotated[
        str | None,
        Field(
            description="What will be said next, for the flow from one piece to the next.",
            json_schema_extra={"rare": True},
        ),
    ] = None


class ElevenLabsTurboInput(_ElevenLabsV2):
    """Inputs of `fal-ai/elevenlabs/tts/turbo-v2.5`. Source: its endpoint document."""

    endpoint_id: ClassVar[str] = "fal-ai/elevenlabs/tts/turbo-v2.5"
    title: ClassVar[str] = "ElevenLabs Turbo 2.5"
    tagline: ClassVar[str] = "Fast, natural voices in 32 languages, with word timings."
    dollars_per_thousand: ClassVar[Decimal] = Decimal("0.05")
    languages: ClassVar[frozenset[str]] = ELEVEN_V25


class ElevenLabsMultilingualInput(_ElevenLabsV2):
    """Inputs of `fal-ai/elevenlabs/tts/multilingual-v2`. Source: its endpoint document."""

    # The maker's second generation detects the language by itself and refuses the parameter.
    language_field: ClassVar[str | None] = None
    endpoint_id: ClassVar[str] = "fal-ai/elevenlabs/tts/multilingual-v2"
    title: ClassVar[str] = "ElevenLabs Multilingual 2"
    tagline: ClassVar[str] = "The steadiest delivery, in 29 languages, with word timings."
    dollars_per_thousand: ClassVar[Decimal] = Decimal("0.10")
    price_is_certain: ClassVar[bool] = False
    languages: ClassVar[frozenset[str]] = ELEVEN_V2


class ElevenV3Input(_ElevenLabs):
    """Inputs of `fal-ai/elevenlabs/tts/eleven-v3`. Source: its endpoint document."""

    # Source: the maker's own guide to prompting it.
    stresses_capitals: ClassVar[bool] = True

    endpoint_id: ClassVar[str] = "fal-ai/elevenlabs/tts/eleven-v3"
    title: ClassVar[str] = "Eleven v3"
    tagline: ClassVar[str] = "The most expressive, in 70 languages, with word timings."
    dollars_per_thousand: ClassVar[Decimal] = Decimal("0.10")
    languages: ClassVar[frozenset[str]] = ELEVEN_V3


class KokoroInput(SpeechModelInput):
    """Inputs of `fal-ai/kokoro/american-english`. Source: its endpoint document."""

    endpoint_id: ClassVar[str] = "fal-ai/kokoro/american-english"
    title: ClassVar[str] = "Kokoro"
    tagline: ClassVar[str] = "Cheapest. American English, the same voices as in drafts."
    dollars_per_thousand: ClassVar[Decimal] = Decimal("0.02")
    price_is_certain: ClassVar[bool] = False
    languages: ClassVar[frozenset[str]] = frozenset({"en"})
    text_field: ClassVar[str] = "prompt"
    script_field: ClassVar[str | None] = "prompt"

    prompt: Annotated[SpokenText, Field(min_length=1, description="The words to say.")]
    voice: Annotated[KokoroVoice, Field(description="The voice: af is a woman, am a man.")] = (
        "af_heart"
    )
    speed: Annotated[float, Field(ge=0.1, le=5, description="1 is the voice's own speed.")] = 1

    @classmethod
    def voice_names(cls) -> tuple[str, ...]:
        """Return all voices."""
        return get_args(KokoroVoice)


SPEECH_MODELS: tuple[type[SpeechModelInput], ...] = (
    ElevenLabsTurboInput,
    ElevenLabsMultilingualInput,
    ElevenV3Input,
    MinimaxHdInput,
    MinimaxTurboInput,
    KokoroInput,
)


def voice_id_of(model: type[SpeechModelInput], name: str) -> str:
    """Return the studio's id of a bought voice."""
    return f"{model.endpoint_id}:{name}"
