"""The menu of a portrait on the stage: another one, fit, rotate, remove."""

import streamlit as st

from components.portraits.empty_stage import remove_portrait
from components.portraits.framing_picker import pick_fit
from components.portraits.new_portrait import (
    CAMERA,
    next_turn,
    turn,
    upload_portrait,
    use_portrait,
)
from components.portraits.picture_choice import choose_picture
from components.shell.project import keep
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

CHANGE = "create_change_portrait"
"""The key of the container of the menu."""


def change_portrait(workspace: Workspace, project: Project, portrait: Portrait) -> Project:
    """Show the menu; returns the project, with another portrait or none if that was chosen."""
    with st.container(key=CHANGE, width="content"):
        menu = st.popover(
            "Change portrait",
            icon=":material/face:",
            type="tertiary",
            key=f"create_change_{turn()}",
            on_change="rerun",
        )
    if not menu.open:
        return project
    with menu:
        changed = upload_portrait(workspace, project, "Add a portrait")
        st.toggle("Use camera", key=CAMERA)
        if changed == project:
            changed = choose_picture(workspace, project, key=f"create_library_{turn()}")
        return _edit(workspace, changed, portrait)


def _edit(workspace: Workspace, project: Project, portrait: Portrait) -> Project:
    """Show what can be done with this portrait."""
    with st.container(horizontal=True, gap="small"):
        left = st.button("Rotate left", key="create_rotate_left", icon=":material/rotate_left:")
        right = st.button("Rotate right", key="create_rotate_right", icon=":material/rotate_right:")
        gone = st.button("Remove", key="create_remove_portrait", icon=":material/delete:")
    if project.portrait != portrait:  # another was just chosen
        return project
    project = pick_fit(project, portrait)
    if left or right:
        return rotated(workspace, project, portrait, 1 if right else -1)
    if gone:
        remove_portrait(workspace, portrait)
        next_turn()
        keep(workspace, project.with_(portrait=None, face=None, crops={}))
        st.rerun()  # the empty stage has an uploader of its own
    return project


def rotated(workspace: Workspace, project: Project, portrait: Portrait, turns: int) -> Project:
    """Return the project with its portrait rotated by quarter turns clockwise."""
    with st.spinner("Rotating the portrait"):
        upright = workspace.portraits.rotate(portrait, turns)
    return use_portrait(workspace, project, upright)
