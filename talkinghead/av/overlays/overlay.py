"""The protocol of overlays: steps of an export that draw over its frames.

Captions and the label are such steps; a logo or a lower third is one more. Each is placed once,
for the whole video, and keeps off the areas of those before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from talkinghead.av.face_path import NO_FACE, FacePath
from talkinghead.av.frames import ColourSystem, Picture
from talkinghead.av.overlays.areas import OccupiedArea


@dataclass(frozen=True, eq=False)
class OverlayFrame:
    """The frames that overlays are drawn on.

    Attributes:
        width, height: pixels, even.
        seconds: the length of the video.
        colours: how the frames store colours.
        path: where the face is in them.
        first: the first of them, if it is known: an even part is found on it.
    """

    width: int
    height: int
    seconds: float
    colours: ColourSystem
    path: FacePath = NO_FACE
    first: Picture | None = None


class Overlay(Protocol):
    """An overlay in its place: a filter of frames that tells which areas it takes."""

    @property
    def areas(self) -> Sequence[OccupiedArea]:
        """The areas that it may draw on, and when."""

    def __call__(self, pictures: Iterator[Picture]) -> Iterator[Picture]:
        """Yield as many frames, with the overlay drawn on them."""


class OverlayStep(Protocol):
    """An overlay that is wanted, before it has its place."""

    @property
    def needs_face(self) -> bool:
        """Whether its place depends on where the face is."""

    def place(self, frame: OverlayFrame, occupied: Sequence[OccupiedArea]) -> Overlay:
        """Return the overlay in its place.

        Args:
            frame: what it is drawn on.
            occupied: the areas of the overlays before it.
        """


def place_all(steps: Sequence[OverlayStep], frame: OverlayFrame) -> list[Overlay]:
    """Return the overlays in their places; each keeps off those before it."""
    placed: list[Overlay] = []
    occupied: list[OccupiedArea] = []
    for step in steps:
        overlay = step.place(frame, tuple(occupied))
        placed.append(overlay)
        occupied += overlay.areas
    return placed
