"""What a form reads from a model's own declaration."""

import pytest

from talkinghead.catalogue import (
    MODELS,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    ModelInput,
    StableAvatarInput,
)
from talkinghead.catalogue.forms.fields import FormField, form_fields
from talkinghead.catalogue.forms.problems import problem_with


def field_of(model: type[ModelInput], name: str) -> FormField:
    """One field of a model."""
    return next(field for field in form_fields(model) if field.name == name)


@pytest.mark.parametrize("model", MODELS)
def test_every_field_of_a_model_is_in_its_form(model: type[ModelInput]) -> None:
    assert [field.name for field in form_fields(model)] == list(model.model_fields)


def test_hints_inside_an_optional_type_are_found() -> None:
    seed = field_of(FlashheadInput, "seed")
    assert (seed.kind, seed.hints["widget"], seed.rare) == (int, "seed", True)


def test_the_words_and_the_recording_are_left_to_their_pickers() -> None:
    left = [field.name for field in form_fields(HeygenAvatar4Input) if field.filled_by_picker]
    assert left == ["image_url", "prompt", "audio_url"]


def test_the_prompt_of_infinitalk_is_no_spoken_text() -> None:
    assert not field_of(InfinitalkInput, "prompt").filled_by_picker


def test_limits_and_defaults_are_the_documents() -> None:
    steps = field_of(StableAvatarInput, "num_inference_steps")
    assert (steps.lowest, steps.highest, steps.default) == (10, 50, 50)


def test_a_choice_offers_the_documents_options() -> None:
    assert field_of(InfinitalkInput, "resolution").options == ("480p", "720p")


@pytest.mark.parametrize(
    ("model", "name", "value", "sentence"),
    [
        (StableAvatarInput, "guidance_scale", 11, "Enter 10 or less."),
        (StableAvatarInput, "guidance_scale", 0.5, "Enter 1 or more."),
        (InfinitalkInput, "num_frames", 40, "Enter 41 or more."),
        (InfinitalkInput, "prompt", "", "This is required."),
        (InfinitalkInput, "resolution", "1080p", "Choose one of '480p' or '720p'."),
        (FlashheadInput, "seed", "many", "Enter a whole number."),
        (
            HeygenAvatar4Input,
            "background",
            {"type": "color", "value": "red"},
            "Enter a color such as #FFFFFF.",
        ),
        (
            HeygenAvatar4Input,
            "background",
            {"type": "image", "value": "ftp://a"},
            "Enter a background URL that begins with https://.",
        ),
    ],
)
def test_a_wrong_value_is_answered_in_a_plain_sentence(
    model: type[ModelInput], name: str, value: object, sentence: str
) -> None:
    assert problem_with(model, name, value) == sentence


@pytest.mark.parametrize("model", MODELS)
def test_the_documents_defaults_are_right(model: type[ModelInput]) -> None:
    defaults = {field.name: field.default for field in form_fields(model) if not field.needed}
    assert [name for name, value in defaults.items() if problem_with(model, name, value)] == []
