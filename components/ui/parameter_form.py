"""Form generated from a model's declaration; a new model needs no form code."""

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from components.shell.notices import problem
from components.ui.field_widget import following, widget_for
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.catalogue.forms.fields import FormField, form_fields
from talkinghead.catalogue.forms.problems import problem_with

Values = dict[str, Any]


def parameter_form(
    model: type[ModelInput],
    values: Mapping[str, Any],
    speech: SpeechLength,
    *,
    shown_elsewhere: Collection[str] = (),
    reported: Mapping[str, str] | None = None,
) -> tuple[Values, dict[str, str]]:
    """Show every parameter of a model that no picker fills.

    Args:
        model: whose parameters.
        values: what was chosen before, by name; a name that is absent has its default.
        speech: what parameters that follow its length follow.
        shown_elsewhere: names that another part of the page asks for.
        reported: what the last render said was wrong, by name; shown beside the fields.

    Returns:
        The values chosen now, as JSON, and the problems with them by name, which are shown beside
        their fields.

    Raises:
        TypeError: no widget fits a parameter's type.
    """
    fields = [
        field
        for field in form_fields(model)
        if not field.filled_by_picker and field.name not in shown_elsewhere
    ]
    chosen: Values = {name: values[name] for name in shown_elsewhere if name in values}
    reported = reported or {}
    chosen |= _show([field for field in fields if not field.rare], model, values, speech, reported)
    if rare := [field for field in fields if field.rare]:
        with st.expander(
            "More settings",
            icon=":material/tune:",
            key=f"create_more {model.endpoint_id}",
            expanded=any(field.name in reported for field in rare),
        ):
            chosen |= _show(rare, model, values, speech, reported)
    return chosen, _problems(model, chosen)


def one_parameter(model: type[ModelInput], name: str, values: Mapping[str, Any]) -> Any:
    """Show a single parameter outside the form; returns its value."""
    field = next(field for field in form_fields(model) if field.name == name)
    return widget_for(field)(field, _key(model, field), values.get(name, field.default))


def _problems(model: type[ModelInput], chosen: Mapping[str, Any]) -> dict[str, str]:
    found = {name: problem_with(model, name, value) for name, value in chosen.items()}
    return {name: text for name, text in found.items() if text}


def _show(
    fields: list[FormField],
    model: type[ModelInput],
    values: Mapping[str, Any],
    speech: SpeechLength,
    reported: Mapping[str, str],
) -> Values:
    chosen: Values = {}
    for field in fields:
        key, before = _key(model, field), values.get(field.name, field.default)
        value: Any
        if field.hints.get("follows_speech"):
            followed = model.following(speech)[field.name]
            value = following(field, key, values.get(field.name), followed)
        else:
            value = widget_for(field)(field, key, before)
        if field.name in reported:
            problem(reported[field.name])
        if value is None and field.hints.get("follows_speech"):
            continue
        chosen[field.name] = value
        text = problem_with(model, field.name, value)
        if text and value not in (None, ""):
            problem(text)
    return chosen


def _key(model: type[ModelInput], field: FormField) -> str:
    return f"create_{model.endpoint_id} {field.name}"
