"""The stage without a portrait: an uploader, and pictures to begin with."""

from contextlib import suppress

import streamlit as st

from components.portraits.new_portrait import CAMERA, next_turn, turn, upload_portrait
from components.portraits.picture_choice import choose_picture
from components.shell.notices import plain
from talkinghead.core.errors import NotFound
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

REMOVED = "create_removed_portrait"
"""The key of the portrait that was just removed from the library."""


def fill_stage(workspace: Workspace, project: Project) -> Project:
    """Show the uploader, the samples and the person's own portraits; returns the project with the
    one that was chosen."""
    removed: Portrait | None = st.session_state.get(REMOVED)
    if removed is not None:
        _offer_undo(workspace, removed)
    with_portrait = upload_portrait(workspace, project, "One face, front-facing, well lit")
    st.toggle("Use camera", key=CAMERA)
    if with_portrait.portrait is None:
        with_portrait = choose_picture(workspace, project, key=_samples_key())
    if with_portrait.portrait is not None:
        st.session_state.pop(REMOVED, None)
    return with_portrait


def remove_portrait(workspace: Workspace, portrait: Portrait) -> None:
    """Remove a portrait from the library; the stage offers to undo it."""
    with suppress(NotFound):  # it was removed for good meanwhile
        workspace.portrait_library.remove(portrait.reference)
    st.session_state[REMOVED] = portrait


def _offer_undo(workspace: Workspace, removed: Portrait) -> None:
    with st.container(
        key="create_removed", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.caption(f"Removed {plain(removed.name)}. Videos made with it stay.", width="content")
        st.button(
            "Undo",
            key="create_restore_portrait",
            type="tertiary",
            icon=":material/undo:",
            on_click=_restore,
            args=(workspace, removed),
        )


def _restore(workspace: Workspace, removed: Portrait) -> None:
    st.session_state.pop(REMOVED, None)
    next_turn()
    with suppress(NotFound):  # it was removed for good meanwhile
        workspace.portrait_library.restore(removed.reference)
        st.session_state[_samples_key()] = {"chosen": removed.reference}


def _samples_key() -> str:
    return f"create_samples_{turn()}"
