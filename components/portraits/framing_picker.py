"""The shape of the video, and how a picture of another shape comes to it."""

from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.ui.choices import Choice, choices
from talkinghead.catalogue.export import Fit
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project

SHAPES = {"9:16": 9 / 16, "1:1": 1.0, "16:9": 16 / 9}
_NAMES = {"1:1": "Square"}
FITS: dict[Fit, str] = {"crop": "Crop to face", "blur": "Blur", "colour": "Color"}
SHAPE, FIT, COLOR = "create_shape", "create_fit", "create_surround_colour"
_ALIKE, _FAR = 1.1, 1.8
"""So much wider or taller than the picture a frame may be before there is a choice of fits; and
before that choice is in sight, instead of in the portrait's menu."""


def pick_framing(project: Project, portrait: Portrait) -> Project:
    """Show the shape, and the fit where a crop would lose much of the picture; returns the project
    with both."""
    with _row():
        project = _choose_shape(project)
        if project.model.is_square_only():
            st.caption(f"{project.model.title}: square only", width="content")
    if _difference(project, portrait) >= _FAR:
        project = _choose_fit(project)
    return project


def pick_fit(project: Project, portrait: Portrait) -> Project:
    """Show the fit where `pick_framing` does not, and there is a choice; returns the project."""
    difference = _difference(project, portrait)
    if difference >= _FAR or (difference < _ALIKE and project.fit == "crop"):
        return project
    return _choose_fit(project)


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def _choose_shape(project: Project) -> Project:
    """Show the shapes, those that the model does not make disabled; returns the project."""
    now = project.geometry.aspect if project.model.is_square_only() else project.aspect
    nearest = min(SHAPES, key=lambda name: max(SHAPES[name] / now, now / SHAPES[name]))
    options = [
        Choice(
            id=name,
            name=_NAMES.get(name, name),
            disabled=project.model.is_square_only() and name != nearest,
        )
        for name in SHAPES
    ]
    shape = choices("Shape of the video", options, key=SHAPE, look="segments", default=nearest)
    return project if shape == nearest else project.with_(shape=SHAPES[shape])


def _choose_fit(project: Project) -> Project:
    options = [Choice(id=fit, name=name) for fit, name in FITS.items()]
    with _row():
        st.caption("Fit", width="content")
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
    return _difference(project, portrait) >= _ALIKE


def _difference(project: Project, portrait: Portrait) -> float:
    """Return how many times wider or taller a picture is than its video."""
    own, wanted = portrait.width / portrait.height, project.geometry.aspect
    return max(own / wanted, wanted / own)


def surround_with_blur() -> None:
    """Keep all of the picture on a blurred background, in the next run."""
    st.session_state[FIT] = {"chosen": "blur"}
