"""Values of exports: what is wanted of a video, and how an export differs from its original."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from talkinghead.catalogue.export import (
    PLATFORM_SIZES,
    Corner,
    ExportLabel,
    Fit,
    Shape,
    Shown,
    Size,
    Wording,
)

Colour = tuple[int, int, int]
SURROUND: Colour = (18, 19, 24)


@dataclass(frozen=True)
class WantedVersion:
    """One version that is wanted of a video.

    Attributes:
        style: the id of the style of its captions; None burns none in.
        shape: width to height; None keeps it.
        fit: cut the picture, or keep all of it on a blurred or coloured surround.
        colour: of that surround, RGB 0 to 255.
        platform_size: in the size that platforms show the shape in; else as large as the original
            gives.
    """

    style: str | None = None
    shape: Shape | None = None
    fit: Fit = "crop"
    colour: Colour = SURROUND
    platform_size: bool = False

    @property
    def size(self) -> Size | None:
        """Width and height in px; None where it follows from the original."""
        return PLATFORM_SIZES[self.shape] if self.shape and self.platform_size else None


AS_IT_IS = WantedVersion()
"""A version without another shape or captions: with the label only."""


@dataclass(frozen=True)
class LabelChoice:
    """The label that is wanted.

    Attributes:
        wording: which.
        language: ISO 639-1; None takes that of the script.
        corner: of the safe area.
        shown: for the whole time, or at the start, after breaks and at intervals.
    """

    wording: Wording = "generated"
    language: str | None = None
    corner: Corner = "top_right"
    shown: Shown = "whole"


@dataclass(frozen=True)
class NoLabel:
    """No label is wanted.

    Attributes:
        reason: why, in the words of who turned it off.
    """

    reason: str


LabelDecision = LabelChoice | NoLabel


@dataclass(frozen=True)
class Version:
    """The differences between an export and its original video.

    Attributes:
        style: the id of the style that was burned in, or None.
        shape: "9:16", "1:1", "4:5", "16:9", or None where it was kept.
        fit: how the shape was reached.
        label: that was burned in, or None.
        label_off_reason: why there is none; None also for versions from before there were labels.
    """

    style: str | None
    shape: Shape | None
    fit: Fit
    label: ExportLabel | None = None
    label_off_reason: str | None = None

    @property
    def is_decided(self) -> bool:
        """Whether a label was decided on: it is there, or there is a reason why not."""
        return self.label is not None or self.label_off_reason is not None


def version_of(arguments: Mapping[str, Any]) -> Version:
    """Return the version that an export's arguments describe; empty ones are of a version whose
    making is not on record any more."""
    label = arguments.get("label")
    return Version(
        arguments.get("style"),
        arguments.get("shape"),
        arguments.get("fit", "crop"),
        None if label is None else ExportLabel.model_validate(label),
        arguments.get("label_off_reason"),
    )


@dataclass(frozen=True)
class LabelTexts:
    """What belongs beside a labeled video, to be copied.

    Attributes:
        sentence: for the page that shows it.
        alt: its alternative text.
    """

    sentence: str
    alt: str
