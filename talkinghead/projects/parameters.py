"""The parameters chosen for a model: only values that differ from the defaults."""

from collections.abc import Mapping
from types import NoneType
from typing import Any, get_args

from talkinghead.catalogue import Catalogue, ModelInput, nearest_aspect
from talkinghead.speech.local_voice.local_voices import closest_voice

PROMPT = "A person speaks to the camera."
"""The prompt of a model that requires one, until somebody writes another."""
Chosen = Mapping[str, Mapping[str, Any]]
"""What was chosen for each model, by endpoint and name, the latest last."""


def choices(model: type[ModelInput], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that differ from the defaults, by name.

    Args:
        model: whose parameters.
        values: any, by name; those that the model does not have are left out.
    """
    return {name: value for name, value in values.items() if _is_choice(model, name, value)}


def given_values(
    model: type[ModelInput], chosen: Chosen, voice: str | None, catalogue: Catalogue
) -> dict[str, Any]:
    """Return the values of a model, by name, with its voice and the prompt that it requires.

    Args:
        model: which.
        chosen: what was chosen for each model.
        voice: the one that it speaks with, or None.
        catalogue: the models.
    """
    given = choices(model, chosen.get(model.endpoint_id, {}))
    if model.voice_field and voice:
        given[model.voice_field] = voice
    return first_prompt(model, chosen, catalogue) | given


def kept_values(
    model: type[ModelInput],
    before: Chosen,
    chosen: Mapping[str, Any],
    voice: str | None,
    catalogue: Catalogue,
) -> dict[str, dict[str, Any]]:
    """Return what is stored for each model, with other values for one, which comes last then.

    Args:
        model: which.
        before: what was chosen for each.
        chosen: the values; defaults are left out.
        voice: the model's closest to the project's, which is left out, too.
        catalogue: the models; the prompt of another one is left out as well.
    """
    carried = first_prompt(model, before, catalogue) | {model.voice_field or "": voice}
    given = {name: value for name, value in chosen.items() if (name, value) not in carried.items()}
    kept = {endpoint_id: dict(values) for endpoint_id, values in before.items()}
    if (values := choices(model, given)) != kept.get(model.endpoint_id, {}):
        kept.pop(model.endpoint_id, None)
        kept |= {model.endpoint_id: values} if values else {}
    return kept


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


def first_prompt(model: type[ModelInput], chosen: Chosen, catalogue: Catalogue) -> dict[str, Any]:
    """Return the prompt field with the prompt of a model that requires one and has none of its
    own: what was last written for another model, else a general one; {} for other models.

    Args:
        model: which.
        chosen: what was chosen for each model.
        catalogue: the models.
    """
    if model.prompt_field is None:
        return {}
    fields = {each.endpoint_id: each.prompt_field for each in catalogue.models}
    for endpoint_id, values in reversed(list(chosen.items())):
        written = values.get(fields.get(endpoint_id) or "")
        if written and endpoint_id != model.endpoint_id:
            return {model.prompt_field: written}
    return {model.prompt_field: PROMPT}


def shape_field_of(
    model: type[ModelInput], kept: Mapping[str, Any], asked: float | None, aspect: float
) -> dict[str, Any]:
    """Return the field with the named shape of a model that takes one; {} where the picture decides
    or another shape was chosen for this model before there was one for all.

    Args:
        model: which.
        kept: what was chosen for it.
        asked: the width over height that was asked for, or None.
        aspect: the same, or that of the picture.
    """
    field = model.shape_field
    if field is None:
        return {}
    decided = field in kept or model.model_fields[field].default == "auto"
    return {} if asked is None and decided else {field: nearest_aspect(aspect)}


def _is_choice(model: type[ModelInput], name: str, value: Any) -> bool:
    """Whether a value says more than the default does; None does only where the model takes it. A
    voice does always: without one, the closest to the project's speaks."""
    if name == model.voice_field:
        return bool(value)
    field = model.model_fields.get(name)
    if field is None or value in ("", field.get_default()):
        return False
    return value is not None or NoneType in get_args(field.annotation)
