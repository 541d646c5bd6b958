"""The form of any model, made from its declaration: a new model needs no form of its own."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import streamlit as st

from components.form_field import FormField, form_fields, problem_with
from components.notices import problem
from talkinghead.models import AvatarIVBackground, ModelInput, SpeechLength

Values = dict[str, Any]
FEW_OPTIONS = 4
BACKGROUNDS = {"off": "Off", "color": "Colour", "image": "Picture", "video": "Video"}


def parameter_form(
    model: type[ModelInput],
    values: Mapping[str, Any],
    speech: SpeechLength,
    *,
    shown_elsewhere: Collection[str] = (),
) -> tuple[Values, dict[str, str]]:
    """Show every parameter of a model that no picker fills.

    Args:
        model: whose parameters.
        values: what was chosen before, by name; a name that is absent has its default.
        speech: what parameters that follow its length follow.
        shown_elsewhere: names that another part of the page asks for.

    Returns:
        The values chosen now, as JSON, and the problems with them by name, which stand beside
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
    chosen |= _show([field for field in fields if not field.rare], model, values, speech)
    if rare := [field for field in fields if field.rare]:
        with st.expander(
            "More settings", icon=":material/tune:", key=f"create_more {model.endpoint_id}"
        ):
            chosen |= _show(rare, model, values, speech)
    return chosen, _problems(model, chosen)


def one_parameter(model: type[ModelInput], name: str, values: Mapping[str, Any]) -> Any:
    """Show a single parameter at another place than the form; returns its value."""
    field = next(field for field in form_fields(model) if field.name == name)
    return _widget(field)(field, _key(model, field), values.get(name, field.default))


def _problems(model: type[ModelInput], chosen: Mapping[str, Any]) -> dict[str, str]:
    found = {name: problem_with(model, name, value) for name, value in chosen.items()}
    return {name: text for name, text in found.items() if text}


def _show(
    fields: list[FormField],
    model: type[ModelInput],
    values: Mapping[str, Any],
    speech: SpeechLength,
) -> Values:
    chosen: Values = {}
    for field in fields:
        key, before = _key(model, field), values.get(field.name, field.default)
        if field.hints.get("follows_speech"):
            value = _following(field, key, values.get(field.name), model.following(speech))
            if value is None:
                continue
        else:
            value = _widget(field)(field, key, before)
        chosen[field.name] = value
        text = problem_with(model, field.name, value)
        if text and value not in (None, ""):
            problem(text)
    return chosen


def _key(model: type[ModelInput], field: FormField) -> str:
    return f"create_{model.endpoint_id} {field.name}"


Widget = Callable[[FormField, str, Any], Any]


def _widget(field: FormField) -> Widget:
    """The widget that fits a parameter's type.

    Raises:
        TypeError: none does.
    """
    if field.options:
        return _few_options if len(field.options) <= FEW_OPTIONS else _many_options
    if field.hints.get("widget") == "seed":
        return _seed
    if field.kind is bool:
        return _toggle
    if field.kind in (int, float):
        return _number if field.lowest is None or field.highest is None else _slider
    if field.kind is str:
        if field.hints.get("widget") == "long_text":
            return _long_text
        return _suggestions if len(field.examples) > 1 else _line
    if field.kind is AvatarIVBackground:
        return _background
    raise TypeError(f"No widget fits the type of {field.name}: {field.kind!r}")


def _remember(key: str, value: Any) -> None:
    """The widget's first value in this visit; afterwards the widget itself knows."""
    if key not in st.session_state:
        st.session_state[key] = value


def _few_options(field: FormField, key: str, value: Any) -> Any:
    _remember(key, value if value in field.options else field.default)
    return st.segmented_control(
        field.label,
        field.options,
        key=key,
        help=field.explanation,
        required=True,
        format_func=_option,
    )


def _many_options(field: FormField, key: str, value: Any) -> Any:
    _remember(key, value if value in field.options else field.default or field.options[0])
    return st.selectbox(
        field.label,
        field.options,
        key=key,
        help=field.explanation,
    )


def _option(option: str) -> str:
    return option[0].upper() + option[1:]


def _suggestions(field: FormField, key: str, value: Any) -> str | None:
    _remember(key, value)
    options = [*field.examples] if value in (None, *field.examples) else [value, *field.examples]
    chosen: str | None = st.selectbox(
        field.label,
        options,
        index=None,
        key=key,
        help=field.explanation,
        placeholder="Choose or type a name",
        accept_new_options=True,
    )
    return (chosen or "").strip() or None


def _toggle(field: FormField, key: str, value: Any) -> bool:
    _remember(key, bool(value))
    return st.toggle(field.label, key=key, help=field.explanation)


def _slider(field: FormField, key: str, value: Any) -> Any:
    assert field.lowest is not None  # noqa: S101  `_widget` chose this for a number with both limits
    assert field.highest is not None  # noqa: S101
    _remember(key, _within(field.kind(value), field.lowest, field.highest, field.kind))
    fine = field.highest - field.lowest <= 1
    return st.slider(
        field.label,
        field.kind(field.lowest),
        field.kind(field.highest),
        step=1 if field.kind is int else 0.05 if fine else 0.5,
        key=key,
        help=field.explanation,
    )


def _within(value: Any, lowest: float, highest: float, kind: type) -> Any:
    return kind(min(max(value, lowest), highest))


def _number(field: FormField, key: str, value: Any) -> Any:
    _remember(key, value)
    return st.number_input(
        field.label,
        min_value=field.kind(field.lowest) if field.lowest is not None else None,
        max_value=field.kind(field.highest) if field.highest is not None else None,
        step=field.kind(1),
        key=key,
        help=field.explanation,
    )


def _seed(field: FormField, key: str, value: Any) -> int | None:
    _remember(key, value)
    number = st.number_input(
        field.label,
        value=None,
        step=1,
        key=key,
        help=field.explanation,
        placeholder="Empty: a new one each time",
    )
    return None if number is None else int(number)


def _line(field: FormField, key: str, value: Any) -> str | None:
    _remember(key, value or "")
    example = f"For example: {field.examples[0]}" if field.examples else None
    text = st.text_input(field.label, key=key, help=field.explanation, placeholder=example)
    return (text or "").strip() or None


def _long_text(field: FormField, key: str, value: Any) -> str:
    _remember(key, value or "")
    example = f"For example: {field.examples[0]}" if field.examples else None
    label = f"{field.label} (needed for the paid render)" if field.needed else field.label
    text = st.text_area(label, key=key, help=field.explanation, placeholder=example, height=90)
    return (text or "").strip()


def _following(
    field: FormField, key: str, value: int | None, following: Mapping[str, int]
) -> int | None:
    """A number that follows the speech until a person sets it; None while it follows."""
    by_itself = following[field.name]
    _remember(f"{key} own", value is not None)
    if not st.toggle(f"Set the {field.label.lower()} myself", key=f"{key} own"):
        st.caption(f"{by_itself} frames, for the whole speech.")
        return None
    return int(_slider(field, key, by_itself if value is None else value))


def _background(field: FormField, key: str, value: Any) -> dict[str, str] | None:
    """Off, a colour, or the address of a picture or video."""
    before = value if isinstance(value, Mapping) else {"type": "off", "value": ""}
    _remember(f"{key} type", before["type"])
    kind = st.segmented_control(
        field.label,
        list(BACKGROUNDS),
        format_func=BACKGROUNDS.__getitem__,
        key=f"{key} type",
        help=field.explanation,
        required=True,
    )
    if kind == "off":
        return None
    if kind == "color":
        _remember(f"{key} color", before["value"] if before["type"] == "color" else "#FFFFFF")
        return {"type": kind, "value": st.color_picker("Colour", key=f"{key} color")}
    _remember(f"{key} {kind}", before["value"] if before["type"] == kind else "")
    address = st.text_input(
        f"Address of the {kind}",
        key=f"{key} {kind}",
        placeholder=f"https://example.com/background.{'jpg' if kind == 'image' else 'mp4'}",
        icon=":material/link:",
    )
    return {"type": str(kind), "value": (address or "").strip()}
