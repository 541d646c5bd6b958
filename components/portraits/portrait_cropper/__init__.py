"""Custom component: a crop frame over a picture, moved by touch, mouse, slider or keys."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from talkinghead.av.cropping import CropBox
from talkinghead.portraits.surround import Surround
from talkinghead.portraits.values import FaceBox

_HERE = Path(__file__).parent
_CROPPER = st.components.v2.component(
    "portrait_cropper",
    html=(_HERE / "cropper.html").read_text(encoding="utf-8"),
    css=(_HERE / "cropper.css").read_text(encoding="utf-8"),
    js=(_HERE / "cropper.js").read_text(encoding="utf-8"),
)

_BEYOND = 50.0
"""The most that a surrounded frame reaches beyond a picture, in widths and heights of it."""


@dataclass(frozen=True)
class FaceMark:
    """A number on a face that can be chosen by a click.

    Attributes:
        place: which face, as the page knows it.
        number: as it is drawn.
        face: where it is.
        chosen: whether this face speaks.
    """

    place: int
    number: int
    face: FaceBox
    chosen: bool


def portrait_cropper(
    picture: str,
    size: tuple[int, int],
    aspect: float,
    box: CropBox,
    start: CropBox,
    *,
    surround: Surround | None = None,
    faces: Sequence[FaceMark] = (),
    on_face: Callable[[int], None],
    version: str,
    key: str,
) -> CropBox:
    """Show the cropper; returns the current crop, which changes when the frame is released.

    Args:
        picture: the upright picture as a data address; it may be smaller than the original.
        size: width and height of the original in pixels.
        aspect: width over height of the frame.
        box: its current position.
        start: where "Center on face" puts it.
        surround: what fills the frame beyond the picture; None keeps the frame within it.
        faces: drawn on the picture.
        on_face: called with the place of a face that was clicked, before the page runs again.
        version: another picture or shape has another; an old answer is not taken for it.
        key: the widget's key.
    """
    answer = _CROPPER(
        key=key,
        data={
            "image": picture,
            "width": size[0],
            "height": size[1],
            "aspect": aspect,
            "box": (box.left, box.top, box.width, box.height),
            "start": (start.left, start.top, start.width, start.height),
            "surround": surround and (surround.fill, surround.colour),
            "faces": tuple(asdict(mark) for mark in faces),
            "version": version,
            "label": "The part of the portrait that is animated",
        },
        on_box_change=_nothing,
        on_face_change=lambda: _pick(key, [mark.place for mark in faces], on_face),
    )
    return _as_box(answer.box, version, reach=_BEYOND if surround else 0.0) or box


def _pick(key: str, places: Sequence[int], on_face: Callable[[int], None]) -> None:
    picked = (st.session_state.get(key) or {}).get("face")
    for place in places:
        if place == picked:
            on_face(place)


def _nothing() -> None:
    """Callback that does nothing: Streamlit keeps a component's state only if one is given."""


def _as_box(answer: Any, version: str, reach: float) -> CropBox | None:
    """Validate the box sent by the browser, which is untrusted input; it may reach so far beyond
    the picture, but always shows a part of it."""
    if not isinstance(answer, dict) or answer.get("version") != version:
        return None
    sides: list[Any] = [answer.get(side) for side in ("left", "top", "width", "height")]
    if not all(isinstance(side, int | float) and -reach <= side <= 1 + reach for side in sides):
        return None
    left, top, width, height = map(float, sides)
    if min(width, height) < 0.01 or max(left, top) > 0.99:
        return None
    if reach:
        return CropBox(left, top, width, height) if min(left + width, top + height) > 0 else None
    if left + width > 1.001 or top + height > 1.001:
        return None
    return CropBox(left, top, min(width, 1 - left), min(height, 1 - top))
