"""Picker for the aspect ratio of an export and for how the picture is fitted into it."""

from dataclasses import dataclass
from typing import get_args

import streamlit as st

from talkinghead.catalogue.export import Fit, Shape
from talkinghead.jobs.job import Video

KEPT = "kept"
SHAPES: dict[str, str] = {
    KEPT: "As it is",
    "9:16": "9:16",
    "4:5": "4:5",
    "1:1": "1:1",
    "16:9": "16:9",
}
FITS: dict[Fit, str] = {
    "crop": "Follow the face",
    "blur": "Blur",
    "colour": "Colour",
}
REACHED: dict[Fit, str] = {
    "crop": "cut to follow the face",
    "blur": "on a blurred surround",
    "colour": "on a coloured surround",
}
FITS_EXPLAINED: dict[Fit, str] = {
    "crop": "Cuts the picture; the cut goes calmly with the face.",
    "blur": "Keeps all of the picture, on a large soft copy of itself.",
    "colour": "Keeps all of the picture, on one colour.",
}
USUAL_COLOUR = "#121318"


@dataclass(frozen=True)
class WantedShape:
    """The selected aspect ratio and fit.

    Attributes:
        shape: width to height; None keeps it.
        fit: how it is reached.
        colour: of a coloured surround, RGB 0 to 255.
    """

    shape: Shape | None
    fit: Fit
    colour: tuple[int, int, int]


def shape_picker(video: Video) -> WantedShape:
    """Show the picker for an export's aspect ratio; returns the selection."""
    chosen = st.segmented_control(
        "Shape",
        list(SHAPES),
        format_func=SHAPES.__getitem__,
        default=KEPT,
        required=True,
        key=_key("shape", video.id),
    )
    shape = next((each for each in get_args(Shape) if each == chosen), None)
    if shape is None:
        return WantedShape(None, "crop", rgb(USUAL_COLOUR))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        fit = st.segmented_control(
            "Picture",
            list(FITS),
            format_func=FITS.__getitem__,
            default="crop",
            required=True,
            key=_key("fit", video.id),
        )
        colour = USUAL_COLOUR
        if fit == "colour":
            colour = st.color_picker("Colour", USUAL_COLOUR, key=_key("colour", video.id))
    st.caption(FITS_EXPLAINED[fit or "crop"])
    return WantedShape(shape, fit or "crop", rgb(colour))


def chosen_shape(video_id: str) -> WantedShape:
    """Return the selected shape from the session, even if the picker was not drawn again yet."""
    state = st.session_state
    chosen = state.get(_key("shape", video_id))
    shape = next((each for each in get_args(Shape) if each == chosen), None)
    fits: tuple[Fit, ...] = get_args(Fit)
    fit = next((each for each in fits if each == state.get(_key("fit", video_id))), fits[0])
    return WantedShape(shape, fit, rgb(state.get(_key("colour", video_id)) or USUAL_COLOUR))


def _key(what: str, video_id: str) -> str:
    return f"version_{what} {video_id}"


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the RGB triple of "#rrggbb"."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#")[:6])
    return red, green, blue
