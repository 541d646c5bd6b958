"""The widget for a parameter, selected by its type, limits and hints."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from talkinghead.catalogue import AvatarIVBackground
from talkinghead.catalogue.forms.fields import FormField

FEW_OPTIONS = 4
BACKGROUNDS = {"off": "Off", "color": "Color", "image": "Image", "video": "Video"}

Widget = Callable[[FormField, str, Any], Any]


def widget_for(field: FormField) -> Widget:
    """Return the widget for a parameter's type.

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


def remember(key: str, value: Any) -> None:
    """Set the widget's initial value in this visit; afterwards the widget keeps its own."""
    if key not in st.session_state:
        st.session_state[key] = value


def _few_options(field: FormField, key: str, value: Any) -> Any:
    known = value if value in field.options else field.default
    remember(key, known)
    chosen = st.segmented_control(
        field.label,
        field.options,
        key=key,
        help=field.explanation,
        required=True,
        format_func=_option,
    )
    # On a busy machine it has come back as None in spite of `required`.
    return known if chosen is None else chosen


def _many_options(field: FormField, key: str, value: Any) -> Any:
    remember(key, value if value in field.options else field.default or field.options[0])
    return st.selectbox(
        field.label,
        field.options,
        key=key,
        help=field.explanation,
    )


def _option(option: str) -> str:
    return option[0].upper() + option[1:]


def _suggestions(field: FormField, key: str, value: Any) -> str | None:
    remember(key, value)
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
    remember(key, bool(value))
    return st.toggle(field.label, key=key, help=field.explanation)


def _slider(field: FormField, key: str, value: Any) -> Any:
    assert field.lowest is not None  # noqa: S101  `_widget` chose this for a number with both limits
    assert field.highest is not None  # noqa: S101
    remember(key, _within(field.kind(value), field.lowest, field.highest, field.kind))
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
    remember(key, value)
    return st.number_input(
        field.label,
        min_value=field.kind(field.lowest) if field.lowest is not None else None,
        max_value=field.kind(field.highest) if field.highest is not None else None,
        step=field.kind(1),
        key=key,
        help=field.explanation,
    )


def _seed(field: FormField, key: str, value: Any) -> int | None:
    remember(key, value)
    number = st.number_input(
        field.label,
        value=None,
        step=1,
        key=key,
        help=field.explanation,
        placeholder="Random if empty",
    )
    return None if number is None else int(number)


def _line(field: FormField, key: str, value: Any) -> str | None:
    remember(key, value or "")
    example = f"For example: {field.examples[0]}" if field.examples else None
    text = st.text_input(field.label, key=key, help=field.explanation, placeholder=example)
    return (text or "").strip() or None


def _long_text(field: FormField, key: str, value: Any) -> str:
    remember(key, value or "")
    example = f"For example: {field.examples[0]}" if field.examples else None
    label = f"{field.label} (required)" if field.needed else field.label
    text = st.text_area(label, key=key, help=field.explanation, placeholder=example, height=90)
    return (text or "").strip()


def following(field: FormField, key: str, value: int | None, by_itself: int) -> int | None:
    """Number input that follows the speech until a person sets it; returns None while it
    follows."""
    remember(f"{key} own", value is not None)
    if not st.toggle("Custom length", key=f"{key} own"):
        most = field.highest is not None and by_itself >= field.highest
        matches = "The longest this model makes" if most else "Matches your audio"
        st.caption(f"{matches} ({by_itself} frames)")
        return None
    return int(_slider(field, key, by_itself if value is None else value))


def _background(field: FormField, key: str, value: Any) -> dict[str, str] | None:
    """Background selector: off, a color, or the URL of an image or video."""
    before = value if isinstance(value, Mapping) else {"type": "off", "value": ""}
    remember(f"{key} type", before["type"])
    kind = st.segmented_control(
        field.label,
        list(BACKGROUNDS),
        format_func=BACKGROUNDS.__getitem__,
        key=f"{key} type",
        help=field.explanation,
        required=True,
    )
    kind = kind or before["type"]
    if kind == "off":
        return None
    if kind == "color":
        remember(f"{key} color", before["value"] if before["type"] == "color" else "#FFFFFF")
        return {"type": kind, "value": st.color_picker("Color", key=f"{key} color")}
    remember(f"{key} {kind}", before["value"] if before["type"] == kind else "")
    address = st.text_input(
        f"{BACKGROUNDS[str(kind)]} URL",
        key=f"{key} {kind}",
        placeholder=f"https://example.com/background.{'jpg' if kind == 'image' else 'mp4'}",
        icon=":material/link:",
    )
    return {"type": str(kind), "value": (address or "").strip()}
