"""Validation messages for parameters."""

from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from talkinghead.catalogue.base import ModelInput


@cache
def _check(model: type[ModelInput], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    checked: Any = Annotated[info.annotation, *(info.metadata or [None])]
    return TypeAdapter(checked)


def problem_with(model: type[ModelInput], name: str, value: object) -> str | None:
    """Return what is wrong with one parameter's value, in a plain sentence, or None."""
    try:
        _check(model, name).validate_python(value)
    except ValidationError as error:
        return sentence(dict(error.errors()[0]))
    return None


def sentence(error: dict[str, Any]) -> str:
    """Return one of pydantic's errors as a plain sentence."""
    limits = error.get("ctx", {})
    match error["type"]:
        case "missing" | "string_too_short" | "none_required":
            return "This is required."
        case "greater_than_equal":
            return f"Enter {limits['ge']:g} or more."
        case "less_than_equal":
            return f"Enter {limits['le']:g} or less."
        case "literal_error":
            return f"Choose one of {limits['expected']}."
        case "int_parsing" | "int_type" | "int_from_float":
            return "Enter a whole number."
        case "float_parsing" | "float_type":
            return "Enter a number."
        case "value_error":
            return str(limits["error"])
        case _:
            return "This value can't be used here. Choose another one."
