"""The catalogue: a new model is one new file and one line here."""

from talkinghead.catalogue.base import (
    FRAMES_PER_SECOND,
    FalVoice,
    Geometry,
    ModelInput,
    SpeechLength,
    frames_for,
    nearest_aspect,
)
from talkinghead.catalogue.draft import DraftInput
from talkinghead.catalogue.export import FinishInput
from talkinghead.catalogue.flashhead import FlashheadInput
from talkinghead.catalogue.heygen import AvatarIVBackground, HeygenAvatar4Input
from talkinghead.catalogue.infinitalk import InfinitalkInput, InfinitalkSingleTextInput
from talkinghead.catalogue.long_video import FilmOrder, FilmPart
from talkinghead.catalogue.order import Order
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.catalogue.stable_avatar import StableAvatarInput
from talkinghead.catalogue.voices import SPEECH_MODELS
from talkinghead.core.errors import NotFound

MODELS: tuple[type[ModelInput], ...] = (
    FlashheadInput,
    InfinitalkInput,
    InfinitalkSingleTextInput,
    StableAvatarInput,
    HeygenAvatar4Input,
)

OTHER_ORDERS: tuple[type[Order], ...] = (
    FinishInput,
    FilmOrder,
    SpokenScriptInput,
    *SPEECH_MODELS,
)
"""What is made here or bought and is no model to choose."""


def model_of(endpoint_id: str) -> type[ModelInput]:
    """The model with this endpoint, the draft's own included.

    Raises:
        NotFound: it is not in the catalogue.
    """
    catalogue: tuple[type[ModelInput], ...] = (*MODELS, DraftInput)
    for model in catalogue:
        if model.endpoint_id == endpoint_id:
            return model
    raise NotFound(f"There is no model {endpoint_id!r} in the catalogue any more.")


def order_of(endpoint_id: str) -> type[Order]:
    """What this endpoint is ordered with, whatever comes of it: `model_of`, and what is no model.

    Raises:
        NotFound: nothing of that name is made here any more.
    """
    for order in OTHER_ORDERS:
        if order.endpoint_id == endpoint_id:
            return order
    return model_of(endpoint_id)


__all__ = [
    "FRAMES_PER_SECOND",
    "MODELS",
    "OTHER_ORDERS",
    "AvatarIVBackground",
    "DraftInput",
    "FalVoice",
    "FilmOrder",
    "FilmPart",
    "FinishInput",
    "FlashheadInput",
    "Geometry",
    "HeygenAvatar4Input",
    "InfinitalkInput",
    "InfinitalkSingleTextInput",
    "ModelInput",
    "Order",
    "SpeechLength",
    "StableAvatarInput",
    "frames_for",
    "model_of",
    "nearest_aspect",
    "order_of",
]
