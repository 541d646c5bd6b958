"""Form for another version of a video: its shape, and captions burned in."""

import streamlit as st

from components.captions.caption_panel import follow_writing
from components.consent.question import consent_in_click, consent_question
from components.exports.caption_picker import caption_picker, chosen_style, settle_style
from components.exports.shape_picker import chosen_shape, settle_shape, shape_picker
from components.exports.version_progress import wait_for
from components.shell.notices import hint
from components.ui.last_refusal import refuse, show_refusal
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.workspace import Workspace

ORDERED = "version_ordered"
"""The key that says that the click before this run ordered a version."""


def resize_form(workspace: Workspace, video: Video) -> bool:
    """Show the form; returns whether a version was ordered.

    Args:
        workspace: whose video it is.
        video: the original.
    """
    if st.session_state.pop(ORDERED, False):
        return True
    wanted = shape_picker(video)
    captions = workspace.captions.find(video.id)
    if captions is None and follow_writing(workspace, video):
        return False
    style = caption_picker(workspace, video, wanted, captioned=captions is not None)
    if captions is None:
        hint("Add a transcript under Captions to burn them in.")
    consent_question(workspace, _unconsented(workspace, video))
    show_refusal()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Create version",
            key="make_version",
            type="primary",
            disabled=style is None and wanted.shape is None,
            on_click=_order,
            args=(workspace, video),
        )
        st.caption("Free. The original doesn't change.", width="content")
    return False


def _unconsented(workspace: Workspace, video: Video) -> list[str]:
    """Return the portraits of a video of which nobody has said yet who is in them."""
    return workspace.consent.missing(video.endpoint_id, video.arguments)


def _order(workspace: Workspace, video: Video) -> None:
    """Order the version. A click can arrive together with a choice not drawn yet: the choice
    counts."""
    video_id = video.id
    settle_shape(video_id)
    settle_style(video_id)
    wanted = chosen_shape(video_id)
    try:
        if not consent_in_click(workspace, _unconsented(workspace, video)):
            return
        job = workspace.exports.order(
            video_id,
            style=chosen_style(video_id),
            shape=wanted.shape,
            fit=wanted.fit,
            colour=wanted.colour,
        )
    except StudioError as error:
        refuse(error)
        return
    wait_for(job)
    st.session_state[ORDERED] = True
