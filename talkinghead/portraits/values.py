"""Portraits as other domains know them."""

from dataclasses import dataclass
from typing import Any

from talkinghead.core.assets import Asset


@dataclass(frozen=True)
class FaceBox:
    """A face in a portrait.

    Attributes:
        left, top, width, height: fractions of the upright picture.
        score: how sure it is that this is a face, 0 to 1.
    """

    left: float
    top: float
    width: float
    height: float
    score: float


@dataclass(frozen=True)
class Portrait:
    """A stored portrait.

    Attributes:
        reference: the whole picture, upright.
        name: the person's file name.
        width, height: pixels.
        faces: largest first; empty where none was found.
    """

    reference: str
    name: str
    width: int
    height: int
    faces: tuple[FaceBox, ...]


def portrait_of(asset: Asset) -> Portrait:
    """Return the portrait that a file's metadata describes."""
    width, height = asset.facts["width"], asset.facts["height"]
    faces = tuple(_face_box(face, width, height) for face in asset.facts["faces"])
    return Portrait(asset.reference, asset.name, width, height, faces)


def _face_box(facts: dict[str, Any], width: int, height: int) -> FaceBox:
    x0, y0, x1, y1 = facts["box"]
    return FaceBox(x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height, facts["score"])
