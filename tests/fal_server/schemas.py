"""The inputs of endpoints, written from the endpoints' own documents.

Nothing here is shared with the application, so that a mistake there is found here. Types are taken
strictly (`"42"` is not a number) and unknown fields are refused, both on purpose stricter than fal.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Voice = Literal[
    "Aria",
    "Roger",
    "Sarah",
    "Laura",
    "Charlie",
    "George",
    "Callum",
    "River",
    "Liam",
    "Charlotte",
    "Alice",
    "Matilda",
    "Will",
    "Jessica",
    "Eric",
    "Chris",
    "Brian",
    "Daniel",
    "Lily",
    "Bill",
]
KokoroVoice = Literal[
    "af_heart",
    "af_alloy",
    "af_aoede",
    "af_bella",
    "af_jessica",
    "af_kore",
    "af_nicole",
    "af_nova",
    "af_river",
    "af_sarah",
    "af_sky",
    "am_adam",
    "am_echo",
    "am_eric",
    "am_fenrir",
    "am_liam",
    "am_michael",
    "am_onyx",
    "am_puck",
    "am_santa",
]
Fraction = Annotated[float, Field(ge=0, le=1)]
Text = Annotated[str, Field(min_length=1)]


class Inputs(BaseModel):
    """Arguments of a submit."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Flashhead(Inputs):
    """`fal-ai/flashhead`."""

    image_url: str
    text: Text
    voice: Voice = "Aria"
    stability: Fraction = 0.5
    seed: int | None = None


class _Infinitalk(Inputs):
    image_url: str
    prompt: Text
    num_frames: Annotated[int, Field(ge=41, le=721)] = 145
    resolution: Literal["480p", "720p"] = "480p"
    seed: Annotated[int, Field(ge=0, le=4294967295)] | None = 42
    acceleration: Literal["none", "regular", "high"] = "regular"


class Infinitalk(_Infinitalk):
    """`fal-ai/infinitalk`."""

    audio_url: str


class InfinitalkSingleText(_Infinitalk):
    """`fal-ai/infinitalk/single-text`."""

    text_input: Text
    voice: Voice


class StableAvatar(Inputs):
    """`fal-ai/stable-avatar`."""

    image_url: str
    audio_url: str
    prompt: Text
    aspect_ratio: Literal["16:9", "1:1", "9:16", "auto"] = "auto"
    guidance_scale: Annotated[float, Field(ge=1, le=10)] = 5
    audio_guidance_scale: Annotated[float, Field(ge=0, le=10)] = 4
    num_inference_steps: Annotated[int, Field(ge=10, le=50)] = 50
    seed: int | None = None
    perturbation: Fraction = 0.1


class Background(Inputs):
    """HeyGen's `AvatarIVBackground`."""

    type: Literal["color", "image", "video"] = "color"
    value: str = "#FFFFFF"


class Heygen(Inputs):
    """`fal-ai/heygen/avatar4/image-to-video`; `prompt` is the words to speak."""

    image_url: str
    prompt: str | None = None
    voice: str | None = None
    audio_url: str | None = None
    talking_style: Literal["stable", "expressive"] = "stable"
    expression: str | None = None
    background: Background | None = None
    resolution: Literal["360p", "480p", "540p", "720p", "1080p"] = "720p"
    aspect_ratio: Literal["16:9", "9:16", "1:1"] = "16:9"
    caption: bool = False


class _ElevenLabs(Inputs):
    text: Text
    voice: str = "Rachel"
    stability: Fraction = 0.5
    timestamps: bool = False
    language_code: str | None = None
    apply_text_normalization: Literal["auto", "on", "off"] = "auto"


class ElevenLabsTurbo(_ElevenLabs):
    """`fal-ai/elevenlabs/tts/turbo-v2.5` and `…/multilingual-v2`."""

    similarity_boost: Fraction = 0.75
    style: Fraction = 0
    speed: Annotated[float, Field(ge=0.7, le=1.2)] = 1
    previous_text: str | None = None
    next_text: str | None = None


class ElevenLabsV3(_ElevenLabs):
    """`fal-ai/elevenlabs/tts/eleven-v3`."""


class MinimaxVoice(Inputs):
    """MiniMax's `voice_setting`."""

    voice_id: str = "Wise_Woman"
    speed: Annotated[float, Field(ge=0.5, le=2)] = 1
    vol: Annotated[float, Field(gt=0, le=10)] = 1
    pitch: Annotated[int, Field(ge=-12, le=12)] = 0
    emotion: (
        Literal["happy", "sad", "angry", "fearful", "disgusted", "surprised", "neutral"] | None
    ) = None
    english_normalization: bool = False


class MinimaxAudio(Inputs):
    """MiniMax's `audio_setting`."""

    format: Literal["mp3", "pcm", "flac"] = "mp3"
    sample_rate: int | str = 32000
    bitrate: int | str = 128000
    channel: int | str = 1


class Minimax(Inputs):
    """`fal-ai/minimax/speech-2.8-hd` and `-turbo`."""

    prompt: Text
    voice_setting: MinimaxVoice = MinimaxVoice()
    language_boost: str | None = None
    output_format: Literal["url", "hex"] = "hex"
    audio_setting: MinimaxAudio = MinimaxAudio()
    normalization_setting: dict[str, object] | None = None
    voice_modify: dict[str, object] | None = None
    pronunciation_dict: dict[str, object] | None = None


class Kokoro(Inputs):
    """`fal-ai/kokoro/american-english`."""

    prompt: Text
    voice: KokoroVoice = "af_heart"
    speed: Annotated[float, Field(ge=0.1, le=5)] = 1
