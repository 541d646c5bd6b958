"""HeyGen Avatar 4: the sharpest picture, from a script or a recording."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from talkinghead.catalogue.base import (
    AspectRatio,
    Geometry,
    MediaReference,
    ModelInput,
    SpeechLength,
    SpokenText,
)
from talkinghead.core.money import Price

SHORT_SIDES = {"360p": 360, "480p": 480, "540p": 540, "720p": 720, "1080p": 1080}

VOICE_SUGGESTIONS = (
    "Melissa", "Warm Pro Narrator", "Chill Brian", "Ivy", "John Doe", "Monika Sogam",
    "Brittney", "Patrick", "David Castlemore", "Michael C", "Juniper", "Arabella", "Andrew",
    "Grace Elder", "Helen", "Canyon Rivers", "Reagan", "Terry", "Jenny", "Denise", "Kingston",
    "Jane", "Aaron", "Willow", "Maxwell", "Milani", "Professor Dean", "Hudson Wilder",
    "Alastair Kensington", "Christina", "Peyton", "Stephanie", "Luca", "Winter", "Georgia",
    "Stella", "Serenity", "Bethany", "Dominic", "Leena", "Tamara", "Calm Chloe", "Raul",
    "Edwin", "Rupert Blackwood", "Ginny", "Hope",
)  # fmt: skip
"""The document takes any name; these were on the list at one time. Any other can be typed."""


class AvatarIVBackground(BaseModel):
    """The background of the person: a colour, a picture or a video."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Annotated[
        Literal["color", "image", "video"], Field(description="What shows behind the person.")
    ] = "color"
    value: Annotated[
        str, Field(description="A color such as #FFFFFF, or the public URL of a file.")
    ] = "#FFFFFF"

    @model_validator(mode="after")
    def value_fits_type(self) -> Self:
        """Validate: a colour is six hexadecimal digits; a file has an https URL or is a stored
        asset."""
        digits = self.value.removeprefix("#")
        if self.type == "color":
            if len(digits) != 6 or any(c not in "0123456789abcdefABCDEF" for c in digits):
                raise ValueError("Enter a color such as #FFFFFF.")
        elif not self.value.startswith(("https://", "asset:")):
            raise ValueError("Enter a background URL that begins with https://.")
        return self


class HeygenAvatar4Input(ModelInput):
    """Inputs of `fal-ai/heygen/avatar4/image-to-video`. Source: its endpoint document."""

    endpoint_id: ClassVar[str] = "fal-ai/heygen/avatar4/image-to-video"
    title: ClassVar[str] = "HeyGen Avatar 4"
    tagline: ClassVar[str] = "Sharpest, up to 1080p."
    price: ClassVar[Price] = Price(per_second=Decimal("0.1"))
    price_rule: ClassVar[str] = "$0.10/s at every resolution"
    script_field: ClassVar[str | None] = "prompt"
    recording_field: ClassVar[str | None] = "audio_url"
    voice_field: ClassVar[str | None] = "voice"
    shape_field: ClassVar[str | None] = "aspect_ratio"
    longest_side: ClassVar[int] = 2048

    image_url: Annotated[
        MediaReference, Field(description="The portrait to animate, with a clear face.")
    ]
    prompt: Annotated[
        SpokenText | None,
        Field(description="The script to speak. A recording replaces it."),
    ] = None
    voice: Annotated[
        str | None,
        Field(
            description="The voice for the script. A recording replaces it.",
            examples=list(VOICE_SUGGESTIONS),
        ),
    ] = None
    audio_url: Annotated[
        MediaReference | None,
        Field(description="A recording to lip-sync to. It replaces the script and the voice."),
    ] = None
    talking_style: Annotated[
        Literal["stable", "expressive"],
        Field(description="Stable moves less, Expressive moves more."),
    ] = "stable"
    expression: Annotated[
        str | None,
        Field(
            description="Facial expression. Leave empty for neutral.",
            examples=["happy"],
            json_schema_extra={"rare": True},
        ),
    ] = None
    background: Annotated[
        AvatarIVBackground | None,
        Field(
            description="What shows behind the person. Off leaves it to the model.",
            json_schema_extra={"rare": True},
        ),
    ] = None
    resolution: Annotated[
        Literal["360p", "480p", "540p", "720p", "1080p"],
        Field(description="Same price at every resolution."),
    ] = "720p"
    aspect_ratio: Annotated[
        AspectRatio,
        Field(description="9:16 for phones, 16:9 for wide screens, 1:1 for feeds."),
    ] = "16:9"
    caption: Annotated[
        bool,
        Field(
            description="Let the model burn captions into the video.",
            json_schema_extra={"rare": True},
        ),
    ] = False

    def blocked(self, speech: SpeechLength) -> str | None:
        """Return a sentence if there is no voice: the model refuses words without one."""
        if speech.source == "script" and not self.voice:
            return "Choose a voice for this model."
        return super().blocked(speech)

    def geometry(self, aspect: float) -> Geometry:
        """Return the shape: the chosen resolution is the short side."""
        short = SHORT_SIDES[self.resolution]
        long = short * 16 // 9 // 2 * 2
        sizes: dict[AspectRatio, tuple[int, int]] = {
            "16:9": (long, short),
            "9:16": (short, long),
            "1:1": (short, short),
        }
        return Geometry(*sizes[self.aspect_ratio])
