"""Buttons that download a video: its last export, or the original as it was made."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.teams.values import Act
from talkinghead.workspace import Workspace


def download_button(
    workspace: Workspace,
    video_id: str,
    *,
    key: str,
    kind: Literal["primary", "secondary", "tertiary"],
    offer: Callable[[], None],
    title: str | None = None,
) -> None:
    """Show the button that downloads a version, or the last export of an original; before there is
    one, it offers to make it. Nothing where the video is gone.

    Args:
        workspace: whose video it is.
        video_id: which.
        key: the button's.
        kind: its look.
        offer: called by a click where there is no export yet.
        title: in place of the video's own in the name of the file.
    """
    try:
        latest = workspace.downloads.latest(video_id)
        name = workspace.downloads.file_name(latest.id, title=title) if latest else ""
    except StudioError:
        return
    icon = ":material/download:"
    if latest is None:
        st.button("Download", key=key, icon=icon, type=kind, on_click=offer)
        return
    st.download_button(
        "Download",
        data=lambda: workspace.gallery.content(latest.id),
        file_name=name,
        mime="video/mp4",
        key=key,
        icon=icon,
        type=kind,
        on_click="ignore",
    )


def original_button(workspace: Workspace, video: Video, title: str | None = None) -> None:
    """Show the button that downloads the original, for who may publish it as it is.

    Args:
        workspace: whose video it is.
        video: the original.
        title: in place of its own in the name of the file.
    """
    if Act.PUBLISH not in workspace.actor.role.acts:
        return
    st.download_button(
        "Download original",
        data=lambda: workspace.downloads.original(video.id),
        file_name=workspace.downloads.file_name(video.id, title=title),
        mime="video/mp4",
        key="download_original",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        help="As it was made: without label, captions or another shape.",
    )
