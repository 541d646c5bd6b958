"""An export: a finished video as it leaves the studio, with another shape, burned-in captions and
the label that it was made with AI.

It is no model to choose: it costs nothing, runs here, and its job is in the journal like any
other.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from talkinghead.catalogue.order import Order

Shape = Literal["9:16", "1:1", "4:5", "16:9"]
Fit = Literal["crop", "blur", "colour"]
Size = tuple[int, int]
"""Width and height in px."""

PLATFORM_SIZES: Mapping[Shape, Size] = MappingProxyType(
    {"9:16": (1080, 1920), "4:5": (1080, 1350), "1:1": (1080, 1080), "16:9": (1920, 1080)}
)
"""The size that platforms show a shape in."""

Wording = Literal["generated", "modified", "ai"]
Corner = Literal["top_right", "top_left", "bottom_right", "bottom_left"]
Shown = Literal["whole", "intervals"]

CaptionWord = tuple[str, float, float]
"""A word, and the seconds at which it begins and ends."""
CaptionCue = tuple[float, float, list[list[CaptionWord]]]
"""One cue: start and end in seconds, and the words of each line."""


class ExportLabel(BaseModel):
    """The label burned into an export, which says that the video was made with AI."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wording: Annotated[Wording, Field(description="Which of the wordings.")] = "generated"
    language: Annotated[str, Field(description="Of the text, ISO 639-1.")] = "en"
    text: Annotated[str, Field(description="What is drawn; it begins with a capital AI.")]
    corner: Annotated[Corner, Field(description="Of the safe area.")] = "top_right"
    shown: Annotated[Shown, Field(description="For the whole time, or now and then.")] = "whole"
    times: Annotated[
        tuple[tuple[float, float], ...],
        Field(description="Start and end in seconds of each time it is shown; none for the whole."),
    ] = ()


class ExportInput(Order):
    """The requested export, and the data of the original that it keeps.

    A field that was added later has a default that leaves it out of the arguments, so that exports
    made before are found by their fingerprints.
    """

    endpoint_id: ClassVar[str] = "studio/finish"
    title: ClassVar[str] = "New version"
    tagline: ClassVar[str] = "A resized, captioned or labeled version. Free."

    video_url: Annotated[str, Field(description="The original, `asset:<id>`.")]
    made_from: Annotated[str, Field(description="The id of the original.")]
    original_model: Annotated[str, Field(description="The endpoint that made the original.")]
    original_inputs: Annotated[
        dict[str, Any], Field(description="The arguments that the original was made with.")
    ]
    original_seed: Annotated[int | None, Field(description="Its seed.")] = None
    style: Annotated[str | None, Field(description="Of the captions; none burns none in.")] = None
    cues: Annotated[tuple[CaptionCue, ...], Field(description="What is burned in, in order.")] = ()
    shape: Annotated[Shape | None, Field(description="Width to height; none keeps it.")] = None
    fit: Annotated[Fit, Field(description="How the shape is reached.")] = "crop"
    colour: Annotated[
        tuple[int, int, int], Field(description="Of a colored surround, RGB 0 to 255.")
    ] = (18, 19, 24)
    size: Annotated[
        Size | None, Field(description="Width and height in px; none follows from the original.")
    ] = None
    label: Annotated[ExportLabel | None, Field(description="Burned in; none burns none in.")] = None
    label_off_reason: Annotated[
        str | None, Field(description="Why there is no label, in the words of who turned it off.")
    ] = None
