"""SoulX-FlashHead: the cheapest model, square, speaks the script by itself."""

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from talkinghead.catalogue.base import (
    FalVoice,
    Geometry,
    MediaReference,
    ModelInput,
    Seed,
    SpokenText,
)
from talkinghead.core.money import Price


class FlashheadInput(ModelInput):
    """Inputs of `fal-ai/flashhead`. Source: its endpoint document."""

    endpoint_id: ClassVar[str] = "fal-ai/flashhead"
    title: ClassVar[str] = "FlashHead"
    tagline: ClassVar[str] = "Fastest, lowest price."
    price: ClassVar[Price] = Price(per_second=Decimal("0.005"))
    price_rule: ClassVar[str] = "$0.005/s"
    script_field: ClassVar[str | None] = "text"
    voice_field: ClassVar[str | None] = "voice"

    image_url: Annotated[
        MediaReference, Field(description="The face to animate. A portrait works best.")
    ]
    text: Annotated[SpokenText, Field(min_length=1, description="The script to speak.")]
    voice: Annotated[FalVoice, Field(description="The ElevenLabs voice that speaks.")] = "Aria"
    stability: Annotated[
        float,
        Field(
            ge=0,
            le=1,
            description="Low is livelier and less predictable. High is even and steady.",
            json_schema_extra={"rare": True},
        ),
    ] = 0.5
    seed: Annotated[
        Seed | None, Field(description=("Use the same seed to get the same video again."))
    ] = None

    def geometry(self, aspect: float) -> Geometry:
        """Always 512 x 512 px at 25 frames per second, for any portrait."""
        return Geometry(512, 512)
