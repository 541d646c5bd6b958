"""Picker for the part of a portrait to animate: face, shape, and what is wrong with the picture."""

import base64
from typing import TYPE_CHECKING

import streamlit as st

from components.portraits.portrait_cropper import portrait_cropper
from components.shell.notices import hint, plain, problem
from components.ui.memo import memo
from talkinghead.av.cropping import CropBox
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

if TYPE_CHECKING:  # a page without a portrait need not wait for the face networks
    from talkinghead.portraits.check import Finding

SHAPES = {"9:16": 9 / 16, "1:1": 1.0, "16:9": 16 / 9}


def pick_crop(workspace: Workspace, project: Project, portrait: Portrait) -> Project:
    """Show the cropper and the findings; returns the selection."""
    if len(portrait.faces) > 1:
        project = _choose_face(workspace, project, portrait)
    project = _choose_shape(project)
    project = _crop(workspace, project, portrait)
    for finding in _findings(workspace, project, portrait):
        (problem if finding.blocks else hint)(finding.text)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f"{plain(portrait.name)} · {portrait.width} × {portrait.height}", width="stretch"
        )
        if st.button("Another picture", key="create_portrait_change", icon=":material/swap_horiz:"):
            return project.with_(portrait=None, face=None, crops={}, shape=None)
    return project


def blocking_finding(workspace: Workspace, project: Project) -> "Finding | None":
    """Return the first finding that prevents a video, or None."""
    if project.portrait is None or project.crop is None:
        return None
    found = _findings(workspace, project, project.portrait)
    return next((finding for finding in found if finding.blocks), None)


def _choose_face(workspace: Workspace, project: Project, portrait: Portrait) -> Project:
    """Show the numbered faces if there are several and return the project with the one that
    speaks."""
    st.caption("Several faces: choose the one that speaks.")
    numbers = list(range(len(portrait.faces)))[:6]
    with st.container(horizontal=True, gap="small"):
        for number in numbers:
            st.image(
                _face_picture(workspace, portrait, number),
                width=72,
                caption=str(number + 1),
                alt=f"Face {number + 1}",
            )
    st.session_state.setdefault("create_face", project.face or 0)
    face = st.segmented_control(
        "The face that speaks",
        numbers,
        format_func=lambda number: str(number + 1),
        key="create_face",
        required=True,
        label_visibility="collapsed",
    )
    if face is None or face == project.face:
        return project
    return project.with_(face=face, crops={})


def _choose_shape(project: Project) -> Project:
    """Show the shape picker, the same for every model; returns the project."""
    now = project.aspect
    nearest = min(SHAPES, key=lambda name: max(SHAPES[name] / now, now / SHAPES[name]))
    st.session_state.setdefault("create_shape", nearest)
    shape = st.segmented_control(
        "Shape of the video", list(SHAPES), key="create_shape", required=True
    )
    if shape is None or shape == nearest:
        return project
    return project.with_(shape=SHAPES[shape])


def _crop(workspace: Workspace, project: Project, portrait: Portrait) -> Project:
    geometry, face = project.geometry, project.face or 0
    aspect = geometry.aspect
    start = _start(workspace, portrait, aspect, face)
    box = portrait_cropper(
        _shown_picture(workspace, portrait),
        (portrait.width, portrait.height),
        aspect,
        project.crop or start,
        start,
        version=f"{portrait.reference} {face} {aspect:.3f} {project.fit}",
        key="create_crop",
    )
    return project.with_crop(box)


def with_crop(workspace: Workspace, project: Project) -> Project:
    """Return the project with the part of the picture for this shape: the chosen one, else head
    and shoulders of the face that speaks."""
    portrait = project.portrait
    if portrait is None or project.crop is not None:
        return project
    start = _start(workspace, portrait, project.geometry.aspect, project.face or 0)
    return project.with_crop(start)


# What is worked out once and kept for the visit


def _start(workspace: Workspace, portrait: Portrait, aspect: float, face: int) -> CropBox:
    asked = (portrait.reference, aspect, face)
    return memo("start", asked, lambda: workspace.portraits.default_crop(portrait, aspect, face))


def _findings(workspace: Workspace, project: Project, portrait: Portrait) -> "list[Finding]":
    box, geometry, face = project.crop, project.geometry, project.face
    asked = (portrait.reference, box, geometry, face)
    return memo(
        "findings", asked, lambda: workspace.portraits.findings(portrait, face, box, geometry)
    )


def _shown_picture(workspace: Workspace, portrait: Portrait) -> str:
    """Return the picture as a data URL, small enough to send to the browser."""

    def make() -> str:
        picture = workspace.portraits.shown(portrait.reference)
        return f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"

    return memo("shown", portrait.reference, make)


def _face_picture(workspace: Workspace, portrait: Portrait, number: int) -> bytes:
    pictures: list[bytes] = memo(
        "faces", portrait.reference, lambda: workspace.portraits.face_pictures(portrait)
    )
    return pictures[number]
