"""The catalogue, and its models against their documents, written down here field by field."""

from typing import Any, ClassVar, Literal, get_args, get_origin

import pytest
from pydantic.fields import FieldInfo

from talkinghead.catalogue import (
    BUILT_IN,
    MODELS,
    Catalogue,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    LongVideoInput,
    ModelInput,
    StableAvatarInput,
)
from talkinghead.catalogue.base import FalVoice
from talkinghead.core.errors import NotFound

VOICES = [
    "Aria", "Roger", "Sarah", "Laura", "Charlie", "George", "Callum", "River", "Liam", "Charlotte",
    "Alice", "Matilda", "Will", "Jessica", "Eric", "Chris", "Brian", "Daniel", "Lily", "Bill",
]  # fmt: skip

REQUIRED = "required"

# endpoint → field → (default, options or range)
DOCUMENTS: dict[str, dict[str, tuple[Any, Any]]] = {
    "fal-ai/flashhead": {
        "image_url": (REQUIRED, None),
        "text": (REQUIRED, None),
        "voice": ("Aria", VOICES),
        "stability": (0.5, (0, 1)),
        "seed": (None, None),
    },
    "fal-ai/infinitalk": {
        "image_url": (REQUIRED, None),
        "audio_url": (REQUIRED, None),
        "prompt": (REQUIRED, None),
        "num_frames": (145, (41, 721)),
        "resolution": ("480p", ["480p", "720p"]),
        "seed": (42, None),
        "acceleration": ("regular", ["none", "regular", "high"]),
    },
    "fal-ai/infinitalk/single-text": {
        "image_url": (REQUIRED, None),
        "text_input": (REQUIRED, None),
        "voice": (REQUIRED, VOICES),
        "prompt": (REQUIRED, None),
        "num_frames": (145, (41, 721)),
        "resolution": ("480p", ["480p", "720p"]),
        "seed": (42, None),
        "acceleration": ("regular", ["none", "regular", "high"]),
    },
    "fal-ai/stable-avatar": {
        "image_url": (REQUIRED, None),
        "audio_url": (REQUIRED, None),
        "prompt": (REQUIRED, None),
        "aspect_ratio": ("auto", ["16:9", "1:1", "9:16", "auto"]),
        "guidance_scale": (5, (1, 10)),
        "audio_guidance_scale": (4, (0, 10)),
        "num_inference_steps": (50, (10, 50)),
        "seed": (None, None),
        "perturbation": (0.1, (0, 1)),
    },
    "fal-ai/heygen/avatar4/image-to-video": {
        "image_url": (REQUIRED, None),
        "prompt": (None, None),
        "voice": (None, None),
        "audio_url": (None, None),
        "talking_style": ("stable", ["stable", "expressive"]),
        "expression": (None, None),
        "background": (None, None),
        "resolution": ("720p", ["360p", "480p", "540p", "720p", "1080p"]),
        "aspect_ratio": ("16:9", ["16:9", "9:16", "1:1"]),
        "caption": (False, None),
    },
}


def options_of(field: FieldInfo) -> list[str] | None:
    """The options of a Literal field, or None."""
    return list(get_args(field.annotation)) if get_origin(field.annotation) is Literal else None


def range_of(field: FieldInfo) -> tuple[float, float] | None:
    """The limits of a number, or None."""
    low = [m.ge for m in field.metadata if hasattr(m, "ge")]
    high = [m.le for m in field.metadata if hasattr(m, "le")]
    return (low[0], high[0]) if low and high else None


transcribed = [model for model in MODELS if model.endpoint_id in DOCUMENTS]


def test_every_document_that_is_written_down_here_has_its_model() -> None:
    assert [model.endpoint_id for model in transcribed] == list(DOCUMENTS)


@pytest.mark.parametrize("model", transcribed, ids=lambda m: m.endpoint_id)
def test_fields_are_exactly_those_of_the_document(model: type[ModelInput]) -> None:
    assert set(model.model_fields) == set(DOCUMENTS[model.endpoint_id])


@pytest.mark.parametrize(
    ("model", "name"),
    [(model, name) for model in transcribed for name in DOCUMENTS[model.endpoint_id]],
    ids=lambda value: value if isinstance(value, str) else value.endpoint_id,
)
def test_each_field_has_the_documents_default_and_limits(
    model: type[ModelInput], name: str
) -> None:
    default, allowed = DOCUMENTS[model.endpoint_id][name]
    field = model.model_fields[name]
    assert field.is_required() == (default == REQUIRED)
    if default != REQUIRED:
        assert field.default == default
    if isinstance(allowed, tuple):
        assert range_of(field) == allowed
    elif isinstance(allowed, list):
        options = options_of(field)
        assert options is not None
        assert sorted(options) == sorted(allowed)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.endpoint_id)
def test_every_field_explains_itself(model: type[ModelInput]) -> None:
    for field in model.model_fields.values():
        assert field.description
        assert field.description.endswith(".")


def test_unknown_fields_are_refused() -> None:
    for model in MODELS:
        with pytest.raises(ValueError, match="surprise"):
            model.model_validate({"image_url": "asset:a", "surprise": 1})


def test_fal_voices_are_the_documents_twenty() -> None:
    assert list(get_args(FalVoice)) == VOICES


def test_a_model_is_found_by_its_endpoint() -> None:
    for model in BUILT_IN.with_draft:
        assert BUILT_IN.model_of(model.endpoint_id) is model
        assert BUILT_IN.order_of(model.endpoint_id) is model
    with pytest.raises(NotFound, match="no longer available"):
        BUILT_IN.model_of("fal-ai/gone")


def test_what_is_no_model_is_found_as_an_order_alone() -> None:
    assert BUILT_IN.order_of("studio/film") is LongVideoInput
    with pytest.raises(NotFound, match="no longer available"):
        BUILT_IN.model_of("studio/film")


def test_a_model_removed_from_the_catalogue_still_has_a_title() -> None:
    assert BUILT_IN.title_of("fal-ai/flashhead") == "FlashHead"
    assert BUILT_IN.title_of("studio/speech") == "Speech"
    assert BUILT_IN.title_of("fal-ai/gone") == "fal-ai/gone"


def test_the_cheapest_model_is_found_by_the_prices() -> None:
    assert BUILT_IN.cheapest is FlashheadInput
    dear, cheap = HeygenAvatar4Input, StableAvatarInput  # both ask $0.10 a second
    assert Catalogue((InfinitalkInput, dear, cheap)).cheapest is dear


def test_a_model_without_a_known_price_is_the_cheapest_only_where_all_are() -> None:
    assert Catalogue((Unpriced, InfinitalkInput)).cheapest is InfinitalkInput
    assert Catalogue((Unpriced,)).cheapest is Unpriced


def test_the_words_and_the_sound_of_a_row_are_found_by_its_model() -> None:
    words, sound = {"prompt": "Hello."}, {"audio_url": "asset:a"}
    heygen, infinitalk = HeygenAvatar4Input.endpoint_id, InfinitalkInput.endpoint_id
    assert BUILT_IN.script_in(heygen, words) == "Hello."
    assert BUILT_IN.script_in(infinitalk, words) == ""  # there it tells what is shown
    assert BUILT_IN.recording_in(infinitalk, sound) == "asset:a"
    assert BUILT_IN.recording_in(heygen, words) is None


def test_the_sound_of_a_row_is_found_also_where_its_model_has_left() -> None:
    assert BUILT_IN.recording_in("fal-ai/gone", {"audio_url": "asset:a"}) == "asset:a"
    assert BUILT_IN.script_in("fal-ai/gone", {"text": "Hello."}) == ""


class Unpriced(ModelInput):
    """A model whose document states no price."""

    endpoint_id: ClassVar[str] = "test/unpriced"
    title: ClassVar[str] = "Unpriced"
