"""Clicks anywhere on a card of the gallery, and silent previews under the mouse."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator_singletons import get_dg_singleton_instance

from components.videos.card_clicks import card_clicks
from talkinghead import Workspace
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video

LARGEST = 40_000_000
"""Bytes of a file on this disk: Streamlit holds it in memory while it is played."""


def card_previews(workspace: Workspace, videos: Sequence[Video], *, selecting: bool) -> None:
    """Let the cards on the page be clicked anywhere, and play one silently while the mouse rests
    on it. A video is loaded only then.

    Args:
        workspace: whose they are.
        videos: on the page.
        selecting: whether they are being selected, by their boxes.
    """
    with get_dg_singleton_instance().event_dg:  # where it takes no room on the page
        _previews(workspace, [video.id for video in videos], selecting)


@st.fragment
def _previews(workspace: Workspace, video_ids: list[str], selecting: bool) -> None:
    wanted = card_clicks(video_ids, selecting=selecting)
    if wanted not in video_ids:
        return
    try:
        file = workspace.gallery.file(wanted)
    except StudioError:
        return
    if isinstance(file, Path) and file.stat().st_size > LARGEST:
        return
    with st.container(key=f"preview_{wanted}"):  # the browser plays it on the card
        st.video(file, muted=True)
