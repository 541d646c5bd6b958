"""The form of a model, made from its declaration."""

from typing import Annotated, Any, ClassVar

import pytest
from pydantic import Field
from streamlit.testing.v1 import AppTest

from components.ui.field_widget import widget_for
from talkinghead.catalogue import (
    MODELS,
    FlashheadInput,
    HeygenAvatar4Input,
    InfinitalkInput,
    ModelInput,
    StableAvatarInput,
)
from talkinghead.catalogue.forms.fields import form_fields
from tests.waiting import PAGE_RUN


def form(
    endpoint_id: str,
    values: dict[str, object],
    seconds: str,
    shown_elsewhere: tuple[str, ...],
) -> None:
    """A page that is one form; runs inside AppTest."""
    from decimal import Decimal

    import streamlit as st

    from components.ui.parameter_form import parameter_form
    from talkinghead.catalogue import BUILT_IN, SpeechLength

    st.session_state["answer"] = parameter_form(
        BUILT_IN.model_of(endpoint_id),
        values,
        SpeechLength(Decimal(seconds), "recording"),
        shown_elsewhere=shown_elsewhere,
    )


def shown(
    model: type[ModelInput],
    values: dict[str, Any] | None = None,
    *,
    seconds: str = "11",
    shown_elsewhere: tuple[str, ...] = (),
) -> AppTest:
    """The form of a model on a page of its own."""
    arguments = (model.endpoint_id, values or {}, seconds, shown_elsewhere)
    page = AppTest.from_function(form, args=arguments).run(timeout=PAGE_RUN)
    assert not page.exception
    return page


def key(model: type[ModelInput], name: str) -> str:
    """The key of a parameter's widget."""
    return f"create_{model.endpoint_id} {name}"


@pytest.mark.parametrize("model", MODELS)
def test_the_form_asks_for_exactly_what_no_picker_fills(model: type[ModelInput]) -> None:
    values, _ = shown(model).session_state["answer"]
    asked = {
        field.name
        for field in form_fields(model)
        if not field.filled_by_picker and not field.hints.get("follows_speech")
    }
    assert set(values) == asked


@pytest.mark.parametrize("model", MODELS)
def test_an_untouched_form_has_the_documents_defaults(model: type[ModelInput]) -> None:
    values, _ = shown(model).session_state["answer"]
    for field in form_fields(model):
        if not field.needed and field.name in values:
            assert values[field.name] == field.default


def test_every_explanation_of_the_document_is_there_to_read() -> None:
    page = shown(StableAvatarInput)
    helps = {widget.help for widget in (*page.slider, *page.text_area, *page.number_input)}
    assert {
        field.explanation
        for field in form_fields(StableAvatarInput)
        if not field.filled_by_picker and field.name != "aspect_ratio"
    } <= helps


def test_rare_parameters_are_folded_away() -> None:
    page = shown(StableAvatarInput)
    assert page.expander[0].label == "More settings"
    assert {slider.label for slider in page.expander[0].slider} == {
        "Guidance scale",
        "Audio guidance scale",
        "Inference steps",
        "Perturbation",
    }


def test_a_value_chosen_before_is_shown_again() -> None:
    values, _ = shown(FlashheadInput, {"stability": 0.2, "seed": 9}).session_state["answer"]
    assert (values["stability"], values["seed"]) == (0.2, 9)


def test_an_option_that_the_browser_does_not_send_stays_as_it_was() -> None:
    page = shown(InfinitalkInput, {"resolution": "720p"})
    page.session_state[key(InfinitalkInput, "resolution")] = None
    page.run()
    assert not page.exception
    assert page.session_state["answer"][0]["resolution"] == "720p"


def test_a_background_whose_kind_the_browser_does_not_send_stays_as_it_was() -> None:
    colour = {"type": "color", "value": "#00FF00"}
    page = shown(HeygenAvatar4Input, {"background": colour})
    page.session_state[f"{key(HeygenAvatar4Input, 'background')} type"] = None
    page.run()
    assert not page.exception
    assert page.session_state["answer"][0]["background"] == colour


def test_a_seed_can_be_left_out() -> None:
    page = shown(InfinitalkInput)
    page.number_input(key(InfinitalkInput, "seed")).set_value(None).run()
    assert page.session_state["answer"][0]["seed"] is None


def test_frames_follow_the_speech_and_say_how_many() -> None:
    page = shown(InfinitalkInput)
    assert "num_frames" not in page.session_state["answer"][0]
    assert any("275 frames" in caption.value for caption in page.caption)


def test_the_most_frames_of_a_model_are_said() -> None:
    page = shown(InfinitalkInput, seconds="60")
    assert any("longest this model makes (721 frames)" in caption.value for caption in page.caption)


def test_frames_can_be_set_by_hand() -> None:
    page = shown(InfinitalkInput)
    name = key(InfinitalkInput, "num_frames")
    page.toggle(f"{name} own").set_value(True).run()
    page.slider(name).set_value(100).run()
    assert page.session_state["answer"][0]["num_frames"] == 100


def test_what_is_shown_elsewhere_is_not_asked_for_again() -> None:
    page = shown(FlashheadInput, {"voice": "Brian"}, shown_elsewhere=("voice",))
    assert not page.selectbox
    assert page.session_state["answer"][0]["voice"] == "Brian"


def test_a_background_can_be_a_colour() -> None:
    page = shown(HeygenAvatar4Input)
    name = key(HeygenAvatar4Input, "background")
    page.segmented_control(f"{name} type").set_value("color").run()
    page.color_picker(f"{name} color").set_value("#102030").run()
    background = page.session_state["answer"][0]["background"]
    assert background == {"type": "color", "value": "#102030"}


def test_a_wrong_address_is_said_beside_its_field() -> None:
    page = shown(HeygenAvatar4Input, {"background": {"type": "image", "value": "http://a/b.jpg"}})
    assert any("begins with https" in text.value for text in page.markdown)
    assert "background" in page.session_state["answer"][1]


def test_a_voice_that_no_list_names_can_be_typed() -> None:
    values, problems = shown(HeygenAvatar4Input, {"voice": "Zoë"}).session_state["answer"]
    assert values["voice"] == "Zoë"
    assert not problems


def test_an_empty_prompt_is_missing_but_not_shouted_at() -> None:
    page = shown(StableAvatarInput)
    assert page.session_state["answer"][1] == {"prompt": "This is required."}
    assert not [text for text in page.markdown if "This is required" in text.value]


class Odd(ModelInput):
    """A model with a parameter that no widget fits."""

    endpoint_id: ClassVar[str] = "odd"
    image_url: str = ""
    pairs: Annotated[dict[str, int], Field(description="No widget.", default_factory=dict)]


def test_a_type_that_no_widget_fits_is_an_error_of_the_programmer() -> None:
    pairs = next(field for field in form_fields(Odd) if field.name == "pairs")
    with pytest.raises(TypeError, match="pairs"):
        widget_for(pairs)


@pytest.mark.parametrize("model", MODELS)
def test_every_model_of_the_catalogue_has_a_widget_for_each_parameter(
    model: type[ModelInput],
) -> None:
    for field in form_fields(model):
        if not field.filled_by_picker:
            assert callable(widget_for(field))
