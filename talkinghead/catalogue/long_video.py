"""A video longer than its model makes at once: joined from parts rendered separately.

It is no model to choose: it costs nothing itself, its parts do.
"""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from talkinghead.catalogue.order import Order


class LongVideoPart(BaseModel):
    """One part of a long video."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    job: Annotated[str, Field(description="Where it is rendered, or was rendered before.")]
    frames: Annotated[
        int | None,
        Field(description="Of the whole's, at 25 a second; none where the part's own sound tells."),
    ] = None
    sentences: Annotated[tuple[str, ...], Field(description="What is said in it.")] = ()


class LongVideoInput(Order):
    """The parts to join, and the order of the whole."""

    endpoint_id: ClassVar[str] = "studio/film"
    title: ClassVar[str] = "Video in parts"
    tagline: ClassVar[str] = "Joins the parts of a long video. Free."

    endpoint: Annotated[str, Field(description="The model that renders the parts.")]
    input: Annotated[dict[str, Any], Field(description="The model's arguments for the whole.")]
    parts: Annotated[tuple[LongVideoPart, ...], Field(min_length=1, description="In their order.")]
    sound: Annotated[
        str | None,
        Field(description="The whole speech, `asset:<id>`; none where each part speaks itself."),
    ] = None
