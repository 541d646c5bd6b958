"""The parameters chosen for a model: only values that differ from the defaults."""

from collections.abc import Mapping
from types import NoneType
from typing import Any, get_args

from talkinghead.catalogue import ModelInput
from talkinghead.speech.local_voice.local_voices import closest_voice


def choices(model: type[ModelInput], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that differ from the defaults, by name.

    Args:
        model: whose parameters.
        values: any, by name; those that the model does not have are left out.
    """
    return {name: value for name, value in values.items() if _is_choice(model, name, value)}


def own_voice_of(model: type[ModelInput], chosen: Mapping[str, Any], voice_id: str) -> str | None:
    """Return the voice of its own that a model speaks with: the chosen one, else the closest to the
    project's voice; None for a model without voices.

    Args:
        model: which.
        chosen: its parameters, by name.
        voice_id: the voice of the project.
    """
    if model.voice_field is None:
        return None
    if voice := chosen.get(model.voice_field):
        return str(voice)
    return closest_voice(voice_id, names) if (names := model.voices()) else None


def _is_choice(model: type[ModelInput], name: str, value: Any) -> bool:
    """Whether a value says more than the default does; None does only where the model takes it. A
    voice does always: without one, the closest to the project's speaks."""
    if name == model.voice_field:
        return bool(value)
    field = model.model_fields.get(name)
    if field is None or value in ("", field.get_default()):
        return False
    return value is not None or NoneType in get_args(field.annotation)
