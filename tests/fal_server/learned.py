"""An endpoint that is learnt from the application's own class for it: schema, price and video.

Such a model is served as its class says, so what the class says wrongly is not found here. Where
that matters its document is written down in `schemas.py` and `endpoints.py`, which know nothing of
the application, and is served from there.
"""

from decimal import Decimal
from typing import Any

from talkinghead.catalogue import ModelInput, SpeechLength
from tests.fal_server.endpoint import Endpoint, frames_of, seconds_of
from tests.fal_server.inputs import Sources
from tests.fal_server.product import Product
from tests.fal_server.sound import Sound, speak
from tests.fal_server.video import Studio

LOG = ("Loading model weights...", "Preprocessing the image", "Reading the sound")


def learned(model: type[ModelInput]) -> Endpoint:
    """The endpoint of a model; what has no list price has none here."""
    return Endpoint(
        model.endpoint_id,
        model.title,
        "image-to-video" if model.recording_field is None else "audio-to-video",
        model.price.per_second or Decimal(0),
        "seconds",
        model,
        _make,
        LOG,
    )


def _make(inputs: ModelInput, sources: Sources, studio: Studio) -> Product:
    picture = sources.picture(inputs.image_url)
    sound = _sound(inputs, sources)
    shape = inputs.geometry(picture[1].width / picture[1].height)
    frames = frames_of(sound.seconds)
    video = studio.make(picture, sound, (shape.width, shape.height), frames)
    seconds = seconds_of(frames)
    extra: dict[str, Any] = {"duration": float(seconds)}
    if "seed" in type(inputs).model_fields:
        extra["seed"] = getattr(inputs, "seed", None) or 7
    return Product("video", video, "output.mp4", "video/mp4", _units(inputs, seconds), extra)


def _sound(inputs: ModelInput, sources: Sources) -> Sound:
    if inputs.recording is None:
        return speak(inputs.script or "")
    longest = inputs.longest_seconds
    field = inputs.recording_field or ""
    return sources.sound(inputs.recording, None if longest is None else float(longest), field)


def _units(inputs: ModelInput, seconds: Decimal) -> Decimal:
    """Seconds on the bill: as many times more as these options cost more than a plain second."""
    source: Any = "recording" if inputs.recording else "script"
    billed = inputs.billed_seconds(SpeechLength(seconds, source))
    return billed * inputs.rate_at(Decimal(1))
