"""Custom component: a crop frame over a picture, moved by touch, mouse, slider or keys."""

from pathlib import Path
from typing import Any

import streamlit as st

from talkinghead.av.cropping import CropBox

_HERE = Path(__file__).parent
_CROPPER = st.components.v2.component(
    "portrait_cropper",
    html=(_HERE / "cropper.html").read_text(encoding="utf-8"),
    css=(_HERE / "cropper.css").read_text(encoding="utf-8"),
    js=(_HERE / "cropper.js").read_text(encoding="utf-8"),
)


def portrait_cropper(
    picture: str,
    size: tuple[int, int],
    aspect: float,
    box: CropBox,
    start: CropBox,
    *,
    version: str,
    key: str,
) -> CropBox:
    """Show the cropper; returns the current crop, which changes when the frame is released.

    Args:
        picture: the upright picture as a data address; it may be smaller than the original.
        size: width and height of the original in pixels.
        aspect: width over height of the frame.
        box: its current position.
        start: where "Centre on the face" puts it.
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
            "box": _as_json(box),
            "start": _as_json(start),
            "version": version,
            "label": "The part of the portrait that is animated",
        },
        on_box_change=_nothing,
    )
    return _as_box(answer.box, version) or box


def _nothing() -> None:
    """Callback that does nothing: Streamlit keeps a component's state only if one is given."""


def _as_json(box: CropBox) -> dict[str, float]:
    return {"left": box.left, "top": box.top, "width": box.width, "height": box.height}


def _as_box(answer: Any, version: str) -> CropBox | None:
    """Validate the box sent by the browser, which is untrusted input."""
    if not isinstance(answer, dict) or answer.get("version") != version:
        return None
    sides: list[Any] = [answer.get(side) for side in ("left", "top", "width", "height")]
    if not all(isinstance(side, int | float) and 0 <= side <= 1 for side in sides):
        return None
    left, top, width, height = map(float, sides)
    if min(width, height) < 0.01 or left + width > 1.001 or top + height > 1.001:
        return None
    return CropBox(left, top, min(width, 1 - left), min(height, 1 - top))
