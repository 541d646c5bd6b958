"""StableAvatar: long recordings, up to five minutes, in three shapes."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from talkinghead.catalogue.base import (
    AspectRatio,
    Geometry,
    LongText,
    MediaReference,
    ModelInput,
    Seed,
    SpeechLength,
    nearest_aspect,
)
from talkinghead.core.money import Price

SHAPES: dict[AspectRatio, tuple[int, int]] = {
    "16:9": (832, 480),
    "9:16": (480, 832),
    "1:1": (512, 512),
}
"""The document states no pixels: these are the frames that the published model was trained on."""


class StableAvatarInput(ModelInput):
    """Inputs of `fal-ai/stable-avatar`. Source: its endpoint document."""

    endpoint_id: ClassVar[str] = "fal-ai/stable-avatar"
    title: ClassVar[str] = "StableAvatar"
    tagline: ClassVar[str] = "Up to 5 minutes in one take."
    price: ClassVar[Price] = Price(per_second=Decimal("0.10"), minimum_seconds=Decimal(4))
    price_rule: ClassVar[str] = "$0.10/s, 4 s minimum"
    recording_field: ClassVar[str | None] = "audio_url"
    prompt_field: ClassVar[str | None] = "prompt"
    shape_field: ClassVar[str | None] = "aspect_ratio"
    longest_seconds: ClassVar[Decimal | None] = Decimal(300)
    quiet_end: ClassVar[Decimal] = Decimal("0.5")

    image_url: Annotated[MediaReference, Field(description="The portrait to animate.")]
    audio_url: Annotated[MediaReference, Field(description="The recording to lip-sync to.")]
    prompt: Annotated[
        LongText,
        Field(
            min_length=1,
            description="How the person acts: pose, movement, expression, background.",
            examples=[
                "A person in a relaxed pose speaks with minimal, natural movements. "
                "The hands stay still. The background does not change."
            ],
        ),
    ]
    aspect_ratio: Annotated[
        Literal["16:9", "1:1", "9:16", "auto"],
        Field(description="The shape of the video. Auto takes it from the portrait."),
    ] = "auto"
    guidance_scale: Annotated[
        float,
        Field(
            ge=1,
            le=10,
            description="How closely the video follows the prompt.",
            json_schema_extra={"rare": True},
        ),
    ] = 5
    audio_guidance_scale: Annotated[
        float,
        Field(
            ge=0,
            le=10,
            description="How closely the lips follow the audio.",
            json_schema_extra={"rare": True},
        ),
    ] = 4
    num_inference_steps: Annotated[
        int,
        Field(
            ge=10,
            le=50,
            description="More steps look better and take longer.",
            json_schema_extra={"rare": True},
        ),
    ] = 50
    seed: Annotated[
        Seed | None, Field(description=("Use the same seed to get the same video again."))
    ] = None
    perturbation: Annotated[
        float,
        Field(
            ge=0,
            le=1,
            description="0 keeps the portrait unchanged, 1 changes it the most.",
            json_schema_extra={"rare": True},
        ),
    ] = 0.1

    def limits(self, speech: SpeechLength) -> tuple[str, ...]:
        """Return a sentence if the minimum billed exceeds the speech."""
        if self.sent_seconds(speech) < self.price.minimum_seconds:
            return ("Billed as 4 seconds, this model's minimum.",)
        return ()

    def geometry(self, aspect: float) -> Geometry:
        """Return the chosen shape, or for `auto` the one nearest to the portrait's."""
        shape = nearest_aspect(aspect) if self.aspect_ratio == "auto" else self.aspect_ratio
        return Geometry(*SHAPES[shape])
