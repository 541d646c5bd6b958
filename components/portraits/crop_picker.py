"""Picker for the part of a portrait to animate: face, shape, fit, and what is wrong with the
picture."""

from typing import TYPE_CHECKING

import streamlit as st

from components.portraits.change_portrait import rotated
from components.portraits.face_choice import choose_face, left_to_right, pick_face
from components.portraits.framing_picker import has_another_shape, pick_framing, surround_with_blur
from components.portraits.portrait_cropper import FaceMark, portrait_cropper
from components.shell.notices import hint, plain, problem
from components.ui.media import jpeg_address
from components.ui.memo import memo
from talkinghead.av.cropping import CropBox
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

if TYPE_CHECKING:  # a page without a portrait need not wait for the face networks
    from talkinghead.portraits.check import Finding

CROP = "create_crop"
"""The key of the picture in its frame."""


def pick_crop(workspace: Workspace, project: Project, portrait: Portrait) -> Project:
    """Show the portrait in its frame, the choices about it and the findings; returns the
    project."""
    picture = st.container(key="create_framed", gap="xsmall")
    project = pick_framing(project, portrait)
    project = choose_face(workspace, project, portrait)
    with picture:  # a finding stands beside the crop that it is about, above the choices
        project = _crop(workspace, project, portrait)
        for finding in _findings(workspace, project, portrait):
            project = _show(workspace, project, portrait, finding)
    st.caption(f"{plain(portrait.name)} · {portrait.width} × {portrait.height}")
    return project


def with_crop(workspace: Workspace, project: Project) -> Project:
    """Return the project with the frame for this shape and fit: the chosen one, else head and
    shoulders of the face that speaks, or all of a surrounded picture."""
    portrait = project.portrait
    if portrait is None or project.crop is not None:
        return project
    return project.with_crop(_start(workspace, project, portrait))


def blocking_finding(workspace: Workspace, project: Project) -> "Finding | None":
    """Return the first finding that prevents a video, or None."""
    if project.portrait is None or project.crop is None:
        return None
    found = _findings(workspace, project, project.portrait)
    return next((finding for finding in found if finding.blocks), None)


def _crop(workspace: Workspace, project: Project, portrait: Portrait) -> Project:
    start = _start(workspace, project, portrait)
    face, aspect = project.face or 0, project.geometry.aspect
    box = portrait_cropper(
        _shown_picture(workspace, portrait),
        (portrait.width, portrait.height),
        aspect,
        project.crop or start,
        start,
        surround=project.surround,
        faces=_marks(project, portrait),
        on_face=pick_face,
        version=f"{portrait.reference} {face} {aspect:.3f} {project.fit}",
        key=CROP,
    )
    return project.with_crop(box)


def _marks(project: Project, portrait: Portrait) -> list[FaceMark]:
    """Return the numbers to draw on a picture of several faces."""
    if len(portrait.faces) < 2:
        return []
    return [
        FaceMark(place, number, portrait.faces[place], chosen=place == (project.face or 0))
        for number, place in enumerate(left_to_right(portrait), start=1)
    ]


def _show(
    workspace: Workspace, project: Project, portrait: Portrait, finding: "Finding"
) -> Project:
    """Show a finding, with the button that fixes it if there is one; returns the project."""
    is_cut = finding.what == "cut_off" and project.fit == "crop"
    with st.container(key=f"create_finding_{finding.what}", gap="xsmall"):
        (problem if finding.blocks else hint)(finding.text)
        if finding.turns and st.button(
            "Rotate", key="create_rotate", icon=":material/rotate_right:"
        ):
            return rotated(workspace, project, portrait, finding.turns)
        if is_cut and has_another_shape(project, portrait):
            st.button(
                "Keep the whole photo",
                key="create_surround",
                icon=":material/blur_on:",
                help="On a blurred background.",
                on_click=surround_with_blur,
            )
    return project


# What is worked out once and kept for the visit


def _start(workspace: Workspace, project: Project, portrait: Portrait) -> CropBox:
    aspect, face, surround = project.geometry.aspect, project.face or 0, project.surround
    asked = (portrait.reference, aspect, face, project.fit)
    return memo(
        "start",
        asked,
        lambda: workspace.portraits.default_crop(portrait, aspect, face, surround),
    )


def _findings(workspace: Workspace, project: Project, portrait: Portrait) -> "list[Finding]":
    box, geometry, face, fit = project.crop, project.geometry, project.face, project.fit
    asked = (portrait.reference, box, geometry, face, fit)
    surround = project.surround
    return memo(
        "findings",
        asked,
        lambda: workspace.portraits.findings(portrait, face, box, geometry, surround),
    )


def _shown_picture(workspace: Workspace, portrait: Portrait) -> str:
    """Return the picture as an address, small enough to send to the browser."""
    return memo(
        "shown",
        portrait.reference,
        lambda: jpeg_address(workspace.portraits.shown(portrait.reference)),
    )
