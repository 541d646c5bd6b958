"""The smallest valid inputs of any model, from what its class says of itself."""

from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from talkinghead.catalogue import ModelInput, SpeechLength

SHORT = SpeechLength(Decimal(1), "recording")


def smallest_input(
    model: type[ModelInput], portrait: str, recording: str, words: str = "Hi."
) -> ModelInput:
    """The cheapest video that a model makes of a portrait; words where it takes them, else a sound.

    Args:
        model: any of the catalogue.
        portrait, recording: references.
        words: what is said, or what the video shows where a recording is spoken.
    """
    values: dict[str, Any] = {"image_url": portrait, **model.following(SHORT)}
    if model.prompt_field:
        values[model.prompt_field] = "She speaks." if model.script_field else words
    if model.script_field:
        values[model.script_field] = words
    elif model.recording_field:
        values[model.recording_field] = recording
    if model.voice_field and (voices := _options(model, model.voice_field)):
        values[model.voice_field] = voices[0]
    if resolutions := _options(model, "resolution"):
        values["resolution"] = resolutions[0]
    return model.model_validate(values)


def _options(model: type[ModelInput], name: str) -> list[Any]:
    """What can be chosen or is suggested for a field; the smallest resolution stands first."""
    field = model.model_fields.get(name)
    if field is None:
        return []
    if get_origin(field.annotation) is Literal:
        return list(get_args(field.annotation))
    return list(field.examples or [])
