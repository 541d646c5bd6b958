"""The text-to-speech endpoints: a text becomes a recording of plausible length."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.fal_server import schemas
from tests.fal_server.inputs import Sources
from tests.fal_server.product import Product
from tests.fal_server.sound import encode, speak, spoken_seconds
from tests.fal_server.video import Studio


@dataclass(frozen=True)
class SpeechModel:
    """One text-to-speech endpoint."""

    endpoint_id: str
    title: str
    dollars_per_thousand: Decimal
    inputs: type[schemas.Inputs]
    make: Callable[[Any, Sources, Studio], Product]


def _units(text: str) -> Decimal:
    return Decimal(len(text)) / 1000


def _alignment(text: str, seconds: float) -> list[dict[str, Any]]:
    """ElevenLabs' alignment by characters, evenly spread (the shape is not documented by fal)."""
    step = seconds / len(text)
    return [
        {
            "characters": list(text),
            "character_start_times_seconds": [round(n * step, 3) for n in range(len(text))],
            "character_end_times_seconds": [round((n + 1) * step, 3) for n in range(len(text))],
        }
    ]


def _elevenlabs(
    inputs: schemas.ElevenLabsTurbo | schemas.ElevenLabsV3, sources: Sources, studio: Studio
) -> Product:
    speed = inputs.speed if isinstance(inputs, schemas.ElevenLabsTurbo) else 1.0
    seconds = spoken_seconds(inputs.text, speed)
    extra = {"timestamps": _alignment(inputs.text, seconds)} if inputs.timestamps else {}
    data = encode(speak(inputs.text, speed), "mp3")
    return Product("audio", data, "output.mp3", "audio/mpeg", _units(inputs.text), extra)


def _minimax(inputs: schemas.Minimax, sources: Sources, studio: Studio) -> Product:
    sound = speak(inputs.prompt, inputs.voice_setting.speed)
    suffix = {"mp3": "mp3", "flac": "flac", "pcm": "wav"}[inputs.audio_setting.format]
    data = encode(sound, suffix)
    return Product(
        "audio",
        data,
        f"speech.{suffix}",
        {"mp3": "audio/mpeg", "flac": "audio/flac", "wav": "audio/wav"}[suffix],
        _units(inputs.prompt),
        {"duration_ms": round(sound.seconds * 1000)},
        data.hex() if inputs.output_format == "hex" else None,
    )


def _kokoro(inputs: schemas.Kokoro, sources: Sources, studio: Studio) -> Product:
    data = encode(speak(inputs.prompt, inputs.speed), "wav")
    return Product("audio", data, "output.wav", "audio/wav", _units(inputs.prompt))


_TURBO = schemas.ElevenLabsTurbo

MODELS: tuple[SpeechModel, ...] = (
    SpeechModel(
        "fal-ai/elevenlabs/tts/turbo-v2.5", "Turbo v2.5", Decimal("0.05"), _TURBO, _elevenlabs
    ),
    SpeechModel(
        "fal-ai/elevenlabs/tts/multilingual-v2",
        "Multilingual v2",
        Decimal("0.10"),
        _TURBO,
        _elevenlabs,
    ),
    SpeechModel(
        "fal-ai/elevenlabs/tts/eleven-v3",
        "Eleven v3",
        Decimal("0.10"),
        schemas.ElevenLabsV3,
        _elevenlabs,
    ),
    SpeechModel(
        "fal-ai/minimax/speech-2.8-hd", "Speech 2.8 HD", Decimal("0.10"), schemas.Minimax, _minimax
    ),
    SpeechModel(
        "fal-ai/minimax/speech-2.8-turbo",
        "Speech 2.8 Turbo",
        Decimal("0.06"),
        schemas.Minimax,
        _minimax,
    ),
    SpeechModel(
        "fal-ai/kokoro/american-english", "Kokoro", Decimal("0.02"), schemas.Kokoro, _kokoro
    ),
)
