"""Puts another portrait on the stage: from a file, the camera, a sample or the library."""

import streamlit as st

from components.shell.notices import hint, problem
from components.shell.project import forget_fields, keep
from components.shell.upload_memory import forget_upload
from talkinghead.core.errors import InvalidInput, NotFound
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

UPLOAD = "create_portrait_upload"
"""The key of the container of the uploader."""
CAMERA = "create_camera"
LARGEST_UPLOAD = 30  # megabytes
_TURN = "portrait_turn"
_PROBLEM = "create_portrait_problem"


def turn() -> int:
    """Return the number of the choice that the person makes now: each has fresh widgets."""
    number: int = st.session_state.setdefault(_TURN, 0)
    return number


def next_turn() -> None:
    """Begin another choice, with an empty uploader and a closed list."""
    st.session_state[_TURN] = turn() + 1


def show_problem() -> None:
    """Show why the last picture was refused, once."""
    if text := st.session_state.pop(_PROBLEM, None):
        problem(text)


def upload_portrait(workspace: Workspace, project: Project, label: str) -> Project:
    """Show the uploader, or the camera; returns the project with the picture that was given."""
    with st.container(key=UPLOAD):
        if st.session_state.get(CAMERA, False):
            given = st.camera_input(label, key=f"create_camera_{turn()}")
        else:
            # Of any type: what is no photo is refused in words that say what to do instead.
            given = st.file_uploader(
                label, max_upload_size=LARGEST_UPLOAD, key=f"create_upload_{turn()}"
            )
    if remark := workspace.jobs.space_remark():
        hint(remark)
    if given is None:
        return project
    project = add_portrait(workspace, project, given.getvalue(), given.name)
    forget_upload(given)
    return project


def add_portrait(workspace: Workspace, project: Project, data: bytes, name: str) -> Project:
    """Return the project with a new picture; one that is refused ends the run, and the next one
    says why."""
    try:
        with st.spinner("Checking the portrait"):
            portrait = workspace.portraits.add(data, name)
    except InvalidInput as error:
        st.session_state[_PROBLEM] = str(error)
        next_turn()
        st.rerun()
    return use_portrait(workspace, project, portrait)


def choose_portrait(workspace: Workspace, project: Project, reference: str) -> Project:
    """Return the project with a portrait of the library."""
    try:
        portrait = workspace.portrait_library.choose(reference)
    except NotFound as error:
        st.session_state[_PROBLEM] = str(error)
        next_turn()
        st.rerun()
    return use_portrait(workspace, project, portrait)


def use_portrait(workspace: Workspace, project: Project, portrait: Portrait) -> Project:
    """Return the project with this portrait, in the shape and fit that it had."""
    forget_fields(["portrait"])
    face = 0 if portrait.faces else None
    project = project.with_(portrait=portrait, face=face, crops={})
    keep(workspace, project)  # at once: a run that is cut short must not lose it
    next_turn()
    return project
