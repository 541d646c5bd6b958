"""The catalogue of models: a new model is one new file and one line here."""

from pkgutil import resolve_name

from talkinghead.catalogue.base import (
    FRAMES_PER_SECOND,
    QUIET_END_SECONDS,
    UPLOAD_RATE,
    FalVoice,
    Geometry,
    ModelInput,
    SpeechLength,
    frames_for,
    nearest_aspect,
)
from talkinghead.catalogue.catalogue import Catalogue
from talkinghead.catalogue.draft import DRAFT_SETTINGS, DraftInput
from talkinghead.catalogue.export import ExportInput
from talkinghead.catalogue.flashhead import FlashheadInput
from talkinghead.catalogue.heygen import AvatarIVBackground, HeygenAvatar4Input
from talkinghead.catalogue.infinitalk import InfinitalkInput, InfinitalkSingleTextInput
from talkinghead.catalogue.long_video import LongVideoInput, LongVideoPart
from talkinghead.catalogue.order import Order
from talkinghead.catalogue.stable_avatar import StableAvatarInput
from talkinghead.catalogue.voices.models import SPEECH_MODELS

MODELS: tuple[type[ModelInput], ...] = tuple(
    resolve_name(f"{__name__}.{name}")
    for name in (
        "flashhead:FlashheadInput",
        "infinitalk:InfinitalkInput",
        "infinitalk:InfinitalkSingleTextInput",
        "stable_avatar:StableAvatarInput",
        "heygen:HeygenAvatar4Input",
    )
)
"""The built-in models, in the order of their cards. Each is named once, by file and class, so that
a new one is one line."""

BUILT_IN = Catalogue(MODELS, SPEECH_MODELS)
"""The catalogue of the built-in models and voices."""

__all__ = [
    "BUILT_IN",
    "DRAFT_SETTINGS",
    "FRAMES_PER_SECOND",
    "MODELS",
    "QUIET_END_SECONDS",
    "UPLOAD_RATE",
    "AvatarIVBackground",
    "Catalogue",
    "DraftInput",
    "ExportInput",
    "FalVoice",
    "FlashheadInput",
    "Geometry",
    "HeygenAvatar4Input",
    "InfinitalkInput",
    "InfinitalkSingleTextInput",
    "LongVideoInput",
    "LongVideoPart",
    "ModelInput",
    "Order",
    "SpeechLength",
    "StableAvatarInput",
    "frames_for",
    "nearest_aspect",
]
