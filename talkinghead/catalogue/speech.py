"""A script to be made into a speech: by a local voice, or from bought sentences."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from talkinghead.catalogue.order import Order


class SaidInstead(BaseModel):
    """A place where the spoken text differs from the written one; offsets in the spoken text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    end: int
    written: str


class ScriptSentence(BaseModel):
    """One sentence of the script.

    Attributes:
        text: as captions show it.
        said: as the voice is given it.
        replaced: where the two differ.
        pause_after: seconds of silence until the next one.
        fingerprint: of what the voice makes of it; the same again sounds the same.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    said: str
    replaced: tuple[SaidInstead, ...] = ()
    pause_after: float
    fingerprint: str


class SpokenScriptInput(Order):
    """The inputs of a speech. Its sentences are spoken locally, or bought one by one before."""

    endpoint_id: ClassVar[str] = "studio/speech"
    title: ClassVar[str] = "Speech"
    tagline: ClassVar[str] = "Assembles a voice-over. Free."
    script_field: ClassVar[str | None] = "script"

    script: Annotated[str, Field(description="The words, as they were written.")]
    voice: Annotated[str, Field(description="Who speaks: a voice's id.")]
    language: Annotated[str, Field(description="Of the script, by ISO 639-1, or und.")]
    lead: Annotated[float, Field(ge=0, description="Seconds of silence before the first word.")]
    sentences: Annotated[tuple[ScriptSentence, ...], Field(min_length=1, description="In order.")]
    fingerprint: Annotated[str, Field(description="Of the whole; the same again is the same.")]
    awaited: Annotated[
        tuple[str, ...], Field(description="The paid orders of its new sentences, in order.")
    ] = ()


@dataclass(frozen=True)
class KnownSentence:
    """A sentence spoken before.

    Attributes:
        file: its sound, `asset:<id>`.
        seconds: the sound's length.
        words: text, start and end of each word of what is said; empty where they are not known.
    """

    file: str
    seconds: Decimal
    words: tuple[tuple[str, float, float], ...] = ()
