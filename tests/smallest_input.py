"""The smallest valid inputs of any model, from what its class says of itself."""

from decimal import Decimal
from typing import Any, get_args

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
    if model.voice_field and (voices := model.voices()):
        values[model.voice_field] = voices[0]
    if "resolution" in model.model_fields:  # the smallest is listed first
        values["resolution"] = get_args(model.model_fields["resolution"].annotation)[0]
    return model.model_validate(values)
