"""The parameters chosen for a model: only values that differ from the defaults."""

from collections.abc import Mapping
from types import NoneType
from typing import Any, get_args

from talkinghead.catalogue import Catalogue, ModelInput


def choices(model: type[ModelInput], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that differ from the defaults, by name.

    Args:
        model: whose parameters.
        values: any, by name; those that the model does not have are left out.
    """
    return {name: value for name, value in values.items() if _is_choice(model, name, value)}


def first_voice(
    model: type[ModelInput], chosen: Mapping[str, Mapping[str, Any]], catalogue: Catalogue
) -> dict[str, Any]:
    """Return the field with the default voice of a model that requires one: that of the cheapest
    model with the same voices; {} if there is no such model.

    Args:
        model: which.
        chosen: what was chosen for each model, by endpoint and name.
        catalogue: the other models.
    """
    like = catalogue.voiced_like(model)
    if model.voice_field is None or like is None or like.voice_field is None:
        return {}
    default = like.model_fields[like.voice_field].default
    return {model.voice_field: chosen.get(like.endpoint_id, {}).get(like.voice_field, default)}


def _is_choice(model: type[ModelInput], name: str, value: Any) -> bool:
    """Whether a value says more than the default does; None does only where the model takes it."""
    field = model.model_fields.get(name)
    if field is None or value in ("", field.get_default()):
        return False
    return value is not None or NoneType in get_args(field.annotation)
