"""Maps the inputs of a video to those of another model."""

import math
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from talkinghead.catalogue import Catalogue, DraftInput, ModelInput, nearest_aspect
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.jobs.job import Video
from talkinghead.projects.parameters import PROMPT

VOICE = "Aria"


def seconds_of(video: Video) -> Decimal:
    """Return the length of the sound in seconds, rounded up so that a quote is never too low."""
    return Decimal(math.ceil(video.seconds * 1000)) / 1000


def inputs_of(video: Video, catalogue: Catalogue) -> ModelInput:
    """Return the inputs that the video was made from.

    Raises:
        RenderRefused: its model is gone, or has changed.
    """
    try:
        return catalogue.model_of(video.endpoint_id).model_validate(video.arguments)
    except (NotFound, ValidationError) as error:
        raise RenderRefused(
            "This video's model has changed since, so its settings can't be reused."
        ) from error


def settings_for(video: Video, source: ModelInput, model: type[ModelInput]) -> dict[str, Any]:
    """Return the settings that both models share in meaning.

    Args:
        video: the finished video.
        source: what it was made from.
        model: the other one.
    """
    shape = nearest_aspect(video.width / video.height)
    if model is DraftInput:
        size = {"width": video.width // 2 * 2, "height": video.height // 2 * 2}
        return {**size, "stands_for": video.endpoint_id, "voice": source.spoken_by or VOICE}
    values: dict[str, Any] = {}
    fields = model.model_fields
    if model.prompt_field:
        values[model.prompt_field] = source.prompted or PROMPT
    if model.voice_field and fields[model.voice_field].is_required():
        voices = model.voices()
        values[model.voice_field] = source.spoken_by if source.spoken_by in voices else voices[0]
    if model.shape_field and fields[model.shape_field].default != "auto":
        values[model.shape_field] = shape
    return values
