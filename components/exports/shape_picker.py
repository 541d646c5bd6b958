"""Picker for the shapes of an export, how the picture is fitted into them, and their size."""

from dataclasses import dataclass
from typing import get_args

import streamlit as st

from components.ui.choices import Choice, choices, chosen_in, settle
from talkinghead.catalogue.export import Fit, Shape
from talkinghead.exports.values import WantedVersion
from talkinghead.exports.version_names import ratio_of
from talkinghead.jobs.job import Video

SHAPES: tuple[Shape | None, ...] = (None, "9:16", "4:5", "1:1", "16:9")
"""In the order they are offered; None keeps the shape."""
FITS = [Choice("crop", "Crop to face"), Choice("blur", "Blur"), Choice("colour", "Color")]
EXPLAINED: dict[Fit, str] = {
    "crop": "Crops and follows the face.",
    "blur": "Keeps the whole frame on a blurred background.",
    "colour": "Keeps the whole frame on one color.",
}
PLATFORM, ORIGINAL = "platform", "original"
SIZES = [Choice(PLATFORM, "For platforms"), Choice(ORIGINAL, "Original")]
SIZES_EXPLAINED = {
    PLATFORM: "1080 × 1920, 1080 × 1350, 1080 × 1080 or 1920 × 1080.",
    ORIGINAL: "As large as the original allows.",
}
USUAL_COLOUR = "#121318"
LABEL_WIDTH = 56  # px


@dataclass(frozen=True)
class WantedShapes:
    """The selected shapes, and how they are reached.

    Attributes:
        shapes: width to height; None keeps it.
        fit: of the picture in another shape.
        colour: of a coloured surround, RGB 0 to 255.
        platform_size: in the sizes of the platforms, not as large as the original gives.
    """

    shapes: tuple[Shape | None, ...]
    fit: Fit
    colour: tuple[int, int, int]
    platform_size: bool

    def version(self, shape: Shape | None, style: str | None = None) -> WantedVersion:
        """Return the version in one of these shapes."""
        if shape is None:
            return WantedVersion(style)
        return WantedVersion(style, shape, self.fit, self.colour, self.platform_size)


def shape_picker(video: Video) -> WantedShapes:
    """Show the picker; returns the selection."""
    st.markdown("Shapes")
    with st.container(horizontal=True, gap="small", key="export_shapes"):
        for shape in SHAPES:
            name = shape or f"Original ({ratio_of(video.width, video.height)})"
            key = _shape_key(video.id, shape)
            st.checkbox(name, value=shape is None, key=key, width="content")
    wanted = chosen_shapes(video.id)
    if any(wanted.shapes):
        _how(video.id, wanted)
    return chosen_shapes(video.id)


def chosen_shapes(video_id: str) -> WantedShapes:
    """Return the selection from the session, even if the picker was not drawn again yet."""
    fit = chosen_in(_key("fit", video_id), FITS, "crop")
    return WantedShapes(
        tuple(each for each in SHAPES if st.session_state.get(_shape_key(video_id, each))),
        next(each for each in get_args(Fit) if each == fit),
        rgb(st.session_state.get(_key("colour", video_id)) or USUAL_COLOUR),
        chosen_in(_key("size", video_id), SIZES, PLATFORM) == PLATFORM,
    )


def settle_shapes(video_id: str) -> None:
    """Take over a fit and a size that were picked just before a click."""
    settle(_key("fit", video_id))
    settle(_key("size", video_id))


def _how(video_id: str, wanted: WantedShapes) -> None:
    """Show how another shape is reached."""
    _row("Fit", FITS, _key("fit", video_id))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(EXPLAINED[wanted.fit], width="content")
        if wanted.fit == "colour":
            st.color_picker(
                "Background color",
                USUAL_COLOUR,
                key=_key("colour", video_id),
                label_visibility="collapsed",
            )
    _row("Size", SIZES, _key("size", video_id))
    st.caption(SIZES_EXPLAINED[PLATFORM if wanted.platform_size else ORIGINAL])


def _row(label: str, options: list[Choice], key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(label, width=LABEL_WIDTH)
        choices(label, options, key=key, look="segments", default=options[0].id)


def _shape_key(video_id: str, shape: Shape | None) -> str:
    return f"export_shape {video_id} {shape or 'original'}"


def _key(what: str, video_id: str) -> str:
    return f"export_{what} {video_id}"


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the RGB triple of "#rrggbb"."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#")[:6])
    return red, green, blue
