"""The bought voices against their documents, transcribed here."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from talkinghead.catalogue import BUILT_IN
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.catalogue.voices.models import SPEECH_MODELS
from talkinghead.core.errors import NotFound

ELEVEN = {"text", "voice", "stability", "timestamps", "language_code", "apply_text_normalization"}
ELEVEN_V2 = ELEVEN | {"similarity_boost", "style", "speed", "previous_text", "next_text"}
MINIMAX = {
    "prompt", "voice_setting", "language_boost", "output_format", "audio_setting",
    "normalization_setting", "voice_modify", "pronunciation_dict",
}  # fmt: skip

# endpoint → (fields, dollars per thousand characters)
DOCUMENTS = {
    "fal-ai/elevenlabs/tts/turbo-v2.5": (ELEVEN_V2, "0.05"),
    "fal-ai/elevenlabs/tts/multilingual-v2": (ELEVEN_V2, "0.10"),
    "fal-ai/elevenlabs/tts/eleven-v3": (ELEVEN, "0.10"),
    "fal-ai/minimax/speech-2.8-hd": (MINIMAX, "0.10"),
    "fal-ai/minimax/speech-2.8-turbo": (MINIMAX, "0.06"),
    "fal-ai/kokoro/american-english": ({"prompt", "voice", "speed"}, "0.02"),
}

each_model = pytest.mark.parametrize("model", SPEECH_MODELS, ids=lambda model: model.endpoint_id)


def test_the_catalogue_holds_the_documented_voices() -> None:
    assert [model.endpoint_id for model in SPEECH_MODELS] == list(DOCUMENTS)


@each_model
def test_fields_and_price_are_the_documents(model: type[SpeechModelInput]) -> None:
    fields, price = DOCUMENTS[model.endpoint_id]
    assert set(model.model_fields) == fields
    assert model.estimate("x" * 1000).dollars == Decimal(price)
    assert model.price_rule().endswith("per thousand characters")


@each_model
def test_a_text_and_a_voice_make_arguments(model: type[SpeechModelInput]) -> None:
    voice = model.voice_names()[1]
    made = model.saying("Hello there.", voice, "en")
    assert made.words == "Hello there."
    assert voice in str(made.arguments())
    with pytest.raises(ValidationError):
        model.saying("")
    with pytest.raises(ValidationError):
        model.model_validate({model.text_field: "Hi", "surprise": 1})


@each_model
def test_every_field_explains_itself(model: type[SpeechModelInput]) -> None:
    for field in model.model_fields.values():
        assert field.description
        assert field.description.endswith(".")


def test_prices_are_exact_to_the_character() -> None:
    turbo = BUILT_IN.voice_model_of("fal-ai/elevenlabs/tts/turbo-v2.5")
    assert turbo.estimate("Hello.").dollars == Decimal("0.0003")


def test_a_price_that_is_not_documented_is_approximate() -> None:
    assert BUILT_IN.voice_model_of("fal-ai/kokoro/american-english").estimate("Hi").approximate
    assert not BUILT_IN.voice_model_of("fal-ai/minimax/speech-2.8-hd").estimate("Hi").approximate


def test_a_text_too_long_at_once_is_blocked() -> None:
    blocked = SPEECH_MODELS[0].estimate("x" * 5001).blocked
    assert blocked is not None
    assert "1 more" in blocked


def test_languages_are_named_as_each_endpoint_wants() -> None:
    eleven, minimax = SPEECH_MODELS[0], SPEECH_MODELS[3]
    assert eleven.saying("Hallo", language="de").arguments()["language_code"] == "de"
    assert minimax.saying("Hallo", language="de").arguments()["language_boost"] == "German"
    assert "language_code" not in eleven.saying("Sawubona", language="zu").arguments()


def test_each_model_says_which_languages_it_speaks() -> None:
    assert all(model.speaks("en") for model in SPEECH_MODELS)
    assert [model.title for model in SPEECH_MODELS if model.speaks("he")] == [
        "Eleven v3", "MiniMax Speech 2.8 HD", "MiniMax Speech 2.8 Turbo",
    ]  # fmt: skip
    assert not any(model.speaks("tlh") for model in SPEECH_MODELS)


def test_word_times_are_asked_for_where_they_can_be_given() -> None:
    assert SPEECH_MODELS[0].saying("Hi").arguments()["timestamps"] is True


def test_minimax_answers_with_an_address() -> None:
    assert SPEECH_MODELS[3].saying("Hi").arguments()["output_format"] == "url"


def test_an_unknown_voice_model_is_not_found() -> None:
    with pytest.raises(NotFound, match="is no longer available"):
        BUILT_IN.voice_model_of("fal-ai/gone")
