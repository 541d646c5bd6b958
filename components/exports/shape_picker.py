"""Picker for the aspect ratio of an export and for how the picture is fitted into it."""

from dataclasses import dataclass
from typing import get_args

import streamlit as st

from components.ui.choices import Choice, choices, chosen_in, settle
from talkinghead.catalogue.export import Fit, Shape
from talkinghead.jobs.job import Video

KEPT = "kept"
SHAPES = [
    Choice(KEPT, "Original"),
    *(Choice(shape, shape) for shape in ("9:16", "4:5", "1:1", "16:9")),
]
FITS = [Choice("crop", "Crop to face"), Choice("blur", "Blur"), Choice("colour", "Color")]
EXPLAINED: dict[Fit, str] = {
    "crop": "Crops and follows the face.",
    "blur": "Keeps the whole frame on a blurred background.",
    "colour": "Keeps the whole frame on one color.",
}
USUAL_COLOUR = "#121318"
LABEL_WIDTH = 56  # px


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
    _row("Shape", SHAPES, _key("shape", video.id))
    wanted = chosen_shape(video.id)
    if wanted.shape is None:
        return wanted
    _row("Fit", FITS, _key("fit", video.id))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(EXPLAINED[wanted.fit], width="content")
        if wanted.fit == "colour":
            st.color_picker(
                "Background color",
                USUAL_COLOUR,
                key=_key("colour", video.id),
                label_visibility="collapsed",
            )
    return chosen_shape(video.id)


def chosen_shape(video_id: str) -> WantedShape:
    """Return the selected shape from the session, even if the picker was not drawn again yet."""
    shape = chosen_in(_key("shape", video_id), SHAPES, KEPT)
    fit = chosen_in(_key("fit", video_id), FITS, "crop")
    return WantedShape(
        next((each for each in get_args(Shape) if each == shape), None),
        next(each for each in get_args(Fit) if each == fit),
        rgb(st.session_state.get(_key("colour", video_id)) or USUAL_COLOUR),
    )


def settle_shape(video_id: str) -> None:
    """Take over a shape and a fit that were picked just before a click."""
    settle(_key("shape", video_id))
    settle(_key("fit", video_id))


def _row(label: str, options: list[Choice], key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(label, width=LABEL_WIDTH)
        choices(label, options, key=key, look="segments", default=options[0].id)


def _key(what: str, video_id: str) -> str:
    return f"version_{what} {video_id}"


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the RGB triple of "#rrggbb"."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#")[:6])
    return red, green, blue
