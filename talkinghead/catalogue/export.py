"""An export: a finished video with another shape, burned-in captions, or both.

It is no model to choose: it costs nothing, runs here, and its job is in the journal like any
other.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from talkinghead.catalogue.order import Order

Shape = Literal["9:16", "1:1", "4:5", "16:9"]
Fit = Literal["crop", "blur", "colour"]

CaptionWord = tuple[str, float, float]
"""A word, and the seconds at which it begins and ends."""
CaptionCue = tuple[float, float, list[list[CaptionWord]]]
"""One cue: start and end in seconds, and the words of each line."""


class ExportInput(Order):
    """The requested export, and the data of the original that it keeps."""

    endpoint_id: ClassVar[str] = "studio/finish"
    title: ClassVar[str] = "New version"
    tagline: ClassVar[str] = "A resized or captioned version. Free."

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
