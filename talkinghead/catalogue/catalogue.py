"""The catalogue: models and voices, looked up by endpoint id."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from talkinghead.catalogue.base import ModelInput
from talkinghead.catalogue.draft import DraftInput
from talkinghead.catalogue.export import ExportInput
from talkinghead.catalogue.long_video import LongVideoInput
from talkinghead.catalogue.order import Order
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.core.errors import NotFound

MADE_HERE: tuple[type[Order], ...] = (ExportInput, LongVideoInput, SpokenScriptInput)
"""The orders made on this machine that are no models to choose."""

USUAL_RECORDING_FIELD = "audio_url"


@dataclass(frozen=True)
class Catalogue:
    """The models and voices of a workspace.

    Rows of the journal name endpoints: one that has left the catalogue is `NotFound`, and whoever
    shows such a row says so.

    Attributes:
        models: to choose from, in the order of their cards; never empty.
        voice_models: whose voices can be bought.
    """

    models: tuple[type[ModelInput], ...]
    voice_models: tuple[type[SpeechModelInput], ...] = ()

    @property
    def with_draft(self) -> tuple[type[ModelInput], ...]:
        """Everything that makes a video from a portrait and a speech, the free draft first."""
        return (DraftInput, *self.models)

    @property
    def bought(self) -> tuple[str, ...]:
        """Return the endpoints of everything paid, the models' first."""
        return tuple(each.endpoint_id for each in (*self.models, *self.voice_models))

    @property
    def by_price(self) -> list[type[ModelInput]]:
        """Return the models by the price of a second with default values, the cheapest first; those
        without a known price last."""
        return sorted(self.models, key=_rate)

    @property
    def cheapest(self) -> type[ModelInput]:
        """Return the first of `by_price`."""
        return self.by_price[0]

    def model_of(self, endpoint_id: str) -> type[ModelInput]:
        """Return the model of this endpoint, including the draft's.

        Raises:
            NotFound: it is not in the catalogue.
        """
        for model in self.with_draft:
            if model.endpoint_id == endpoint_id:
                return model
        raise NotFound(f"The model {endpoint_id} is no longer available. Choose another model.")

    def voice_model_of(self, endpoint_id: str) -> type[SpeechModelInput]:
        """Return the voice model of this endpoint.

        Raises:
            NotFound: it is not in the catalogue.
        """
        for model in self.voice_models:
            if model.endpoint_id == endpoint_id:
                return model
        raise NotFound(
            f"The voice model {endpoint_id} is no longer available. Choose another voice."
        )

    def bought_voice(self, voice_id: str) -> tuple[type[SpeechModelInput], str] | None:
        """Return the model and the voice's name; None for a local voice.

        Raises:
            NotFound: the model is not in the catalogue.
        """
        endpoint_id, separator, name = voice_id.partition(":")
        return (self.voice_model_of(endpoint_id), name) if separator else None

    def order_of(self, endpoint_id: str) -> type[Order]:
        """Return the class of this endpoint's orders: a model's, a voice's, or one that is made on
        this machine.

        Raises:
            NotFound: nothing of that name is made here any more.
        """
        for order in (*MADE_HERE, *self.voice_models):
            if order.endpoint_id == endpoint_id:
                return order
        return self.model_of(endpoint_id)

    def title_of(self, endpoint_id: str) -> str:
        """Return the title; the endpoint id itself if it is no longer in the catalogue."""
        try:
            return self.order_of(endpoint_id).title
        except NotFound:
            return endpoint_id

    def script_in(self, endpoint_id: str, arguments: Mapping[str, Any]) -> str:
        """Return the words that a row of the journal or the gallery was ordered with; "" if its
        model takes none, or is no longer in the catalogue."""
        field = self.script_field_of(endpoint_id)
        return str(arguments.get(field) or "") if field else ""

    def recording_in(self, endpoint_id: str, arguments: Mapping[str, Any]) -> str | None:
        """Return the reference of the sound that a row was ordered with, or None."""
        field = self.recording_field_of(endpoint_id)
        return arguments.get(field) or None if field else None

    def script_field_of(self, endpoint_id: str) -> str | None:
        """Return the field of the words; None if there is none, or its model is no longer in the
        catalogue."""
        try:
            return self.order_of(endpoint_id).script_field
        except NotFound:
            return None

    def recording_field_of(self, endpoint_id: str) -> str | None:
        """Return the field of the sound, or None; for a model no longer in the catalogue, the one
        that nearly all have."""
        try:
            return self.order_of(endpoint_id).recording_field
        except NotFound:
            return USUAL_RECORDING_FIELD


def _rate(model: type[ModelInput]) -> Decimal:
    rate = model.provisional().per_second
    return Decimal("Infinity") if rate is None else rate
