"""One parameter of a model for a form, read from the model's declaration."""

import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo


@dataclass(frozen=True)
class FormField:
    """One parameter of the form.

    Attributes:
        name: the API's name.
        kind: the type without `None` and without hints: a class, or a `Literal`.
        default: its default; None where it has none or None is the default.
        needed: it has no default, so a person must fill it.
        explanation: what the form says about it.
        examples: values to suggest.
        lowest, highest: the limits of a number, both included, or None.
        hints: how it is shown: "widget", "rare", "follows_speech".
    """

    name: str
    kind: Any
    default: Any
    needed: bool
    explanation: str
    examples: tuple[str, ...]
    lowest: float | None
    highest: float | None
    hints: dict[str, Any]

    @property
    def label(self) -> str:
        """The label of the widget."""
        return self.name.removeprefix("num_").replace("_", " ").capitalize()

    @property
    def options(self) -> tuple[str, ...]:
        """The values to choose from, if it is a choice."""
        return get_args(self.kind) if get_origin(self.kind) is Literal else ()

    @property
    def rare(self) -> bool:
        """Whether it is shown only in the collapsed section."""
        return bool(self.hints.get("rare"))

    @property
    def filled_by_picker(self) -> bool:
        """Whether a picker fills it: the portrait, the recording and the words."""
        return self.hints.get("widget") in ("media", "spoken_text")


@cache
def form_fields(model: type[BaseModel]) -> tuple[FormField, ...]:
    """Return the model's parameters in order of declaration."""
    return tuple(_form_field(name, info) for name, info in model.model_fields.items())


def _form_field(name: str, info: FieldInfo) -> FormField:
    kind, hints = _without_none(info.annotation)
    if isinstance(info.json_schema_extra, dict):
        hints |= info.json_schema_extra
    limits = {type(limit): limit for limit in info.metadata}
    lowest, highest = limits.get(annotated_types.Ge), limits.get(annotated_types.Le)
    return FormField(
        name=name,
        kind=kind,
        default=None if info.is_required() else info.default,
        needed=info.is_required(),
        explanation=info.description or "",
        examples=tuple(info.examples or ()),
        lowest=lowest.ge if lowest else None,
        highest=highest.le if highest else None,
        hints=hints,
    )


def _without_none(annotation: Any) -> tuple[Any, dict[str, Any]]:
    """Return the type inside `X | None` and `Annotated[X, …]`, and the hints in the annotation."""
    if get_origin(annotation) in (Union, types.UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        return _without_none(members[0]) if len(members) == 1 else (annotation, {})
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        kind, hints = _without_none(inner)
        for extra in metadata:
            if isinstance(extra, FieldInfo) and isinstance(extra.json_schema_extra, dict):
                hints |= extra.json_schema_extra
        return kind, hints
    return annotation, {}
