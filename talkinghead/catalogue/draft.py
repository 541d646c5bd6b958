"""The free draft, rendered on this machine: its inputs, declared like a bought model's."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from talkinghead.catalogue.base import Geometry, MediaReference, ModelInput, SpokenText
from talkinghead.core.money import Price

Liveliness = Literal["calm", "natural", "lively"]
Gaze = Literal["natural", "at the camera"]
DRAFT_SETTINGS = ("liveliness", "gaze", "blinks")
"""The fields of a draft that a person chooses in its own form."""


class DraftInput(ModelInput):
    """The inputs of the local renderer: portrait, words and shape of a paid render."""

    endpoint_id: ClassVar[str] = "draft"
    title: ClassVar[str] = "Draft"
    tagline: ClassVar[str] = "A quick preview of your video. Free. No key needed."
    price: ClassVar[Price] = Price(per_second=Decimal(0))
    price_rule: ClassVar[str] = "free"
    script_field: ClassVar[str | None] = "script_text"
    recording_field: ClassVar[str | None] = "audio_url"
    voice_field: ClassVar[str | None] = "voice"

    image_url: Annotated[MediaReference, Field(description="The portrait to animate.")]
    script_text: Annotated[SpokenText | None, Field(description="The script to speak.")] = None
    audio_url: Annotated[
        MediaReference | None,
        Field(description="A recording to lip-sync to, used instead of the script."),
    ] = None
    voice: Annotated[
        str,
        Field(
            description=(
                "A free voice, or the name of a paid one, for which the closest free voice is used."
            )
        ),
    ] = "af_heart"
    width: Annotated[int, Field(ge=64, le=1920, multiple_of=2, description="Pixels.")] = 512
    height: Annotated[int, Field(ge=64, le=1920, multiple_of=2, description="Pixels.")] = 512
    seed: Annotated[
        int, Field(ge=0, description=("Use the same seed to get the same movements."))
    ] = 0
    liveliness: Annotated[
        Liveliness, Field(description="How much the head moves and how wide the mouth opens.")
    ] = "natural"
    gaze: Annotated[
        Gaze,
        Field(description="Natural: the eyes glance aside now and then."),
    ] = "natural"
    blinks: Annotated[bool, Field(description="Turn off if glasses or hair hide the eyes.")] = True
    stands_for: Annotated[
        str | None, Field(description="The endpoint whose video this previews.")
    ] = None

    def geometry(self, aspect: float) -> Geometry:
        """Return the requested shape."""
        return Geometry(self.width, self.height)
