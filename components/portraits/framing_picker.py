"""The shape of the video, and how a picture of another shape comes to it."""

from typing import cast

import streamlit as st

from components.ui.choices import Choice, choices
from talkinghead.catalogue.export import Fit
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project

SHAPES = {"9:16": 9 / 16, "1:1": 1.0, "16:9": 16 / 9}
_NAMES = {"1:1": "Square"}
FITS: dict[Fit, str] = {"crop": "Crop to face", "blur": "Blur", "colour": "Color"}
SHAPE, FIT, COLOR = "create_shape", "create_fit", "create_surround_colour"
_ALIKE = 1.1
"""So much wider or taller than the picture a frame may be before there is a choice of fits."""


def pick_framing(project: Project, portrait: Portrait) -> Project:
    """Show shape and fit; returns the project with both."""
    with st.container(
        horizontal=True, horizontal_alignment="center", vertical_alignment="center", gap="small"
    ):
        project = _choose_shape(project)
        project = _choose_fit(project, portrait)
    return project


def _choose_shape(project: Project) -> Project:
    """Show the shapes, the same for every model; returns the project."""
    now = project.aspect
    nearest = min(SHAPES, key=lambda name: max(SHAPES[name] / now, now / SHAPES[name]))
    options = [Choice(id=name, name=_NAMES.get(name, name)) for name in SHAPES]
    shape = choices("Shape of the video", options, key=SHAPE, look="segments", default=nearest)
    return project if shape == nearest else project.with_(shape=SHAPES[shape])


def _choose_fit(project: Project, portrait: Portrait) -> Project:
    """Show the fits where the picture has another shape than the video; returns the project."""
    if project.fit == "crop" and not has_another_shape(project, portrait):
        return project
    options = [Choice(id=fit, name=name) for fit, name in FITS.items()]
    chosen = choices("Fit", options, key=FIT, look="segments", default=project.fit)
    project = project.with_(fit=cast("Fit", chosen))
    return _choose_color(project) if chosen == "colour" else project


def _choose_color(project: Project) -> Project:
    red, green, blue = project.surround_colour
    st.session_state.setdefault(COLOR, f"#{red:02x}{green:02x}{blue:02x}")
    chosen = st.color_picker("Background color", key=COLOR, label_visibility="collapsed")
    red, green, blue = bytes.fromhex(chosen.removeprefix("#"))
    return project.with_(surround_colour=(red, green, blue))


def has_another_shape(project: Project, portrait: Portrait) -> bool:
    """Return whether a picture is clearly wider or taller than its video."""
    own, wanted = portrait.width / portrait.height, project.geometry.aspect
    return max(own / wanted, wanted / own) >= _ALIKE


def surround_with_blur() -> None:
    """Keep all of the picture on a blurred background, in the next run."""
    st.session_state[FIT] = {"chosen": "blur"}
