"""The list of captions of a video; each line can be edited in place."""

from typing import Literal

import streamlit as st

from components.shell.notices import plain
from components.ui.last_refusal import refuse
from talkinghead.captions.cues import Cue
from talkinghead.captions.service import VideoCaptions
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.workspace import Workspace

SHOWN = 20  # at a time: an hour of talk has a thousand
HEIGHT, FITTING = 320, 6  # px of the list where it has more lines than fit, and scrolls
CLOCK_WIDTH = 48  # px
PAGE = "caption_page"
REVISION = "caption_revision"
"""Counts how often the lines were replaced from outside, which gives their fields new keys."""


def caption_editor(workspace: Workspace, video: Video, captions: VideoCaptions) -> None:
    """Show the lines; every edit is saved immediately."""
    pages = -(-len(captions.cues) // SHOWN)
    first = 0
    if pages > 1:
        first = (st.pagination(pages, key=f"{PAGE} {video.id}", width="stretch") - 1) * SHOWN
    rows = captions.cues[first : first + SHOWN]
    height: Literal["content"] | int = HEIGHT if len(rows) > FITTING else "content"
    with st.container(border=True, height=height, key="caption_rows", gap="xsmall"):
        for cue in rows:
            _row(workspace, video, cue)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            "Edits save automatically. Clear a line to remove it.",
            width="stretch",
        )
        if captions.edited:
            st.button(
                "Undo all edits",
                key="undo_captions",
                icon=":material/undo:",
                on_click=_undo,
                args=(workspace, video.id),
            )


def _row(workspace: Workspace, video: Video, cue: Cue) -> None:
    revision = st.session_state.get(REVISION, 0)
    key = f"cue {video.id} {revision} {_milliseconds(cue)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.markdown(f":gray[{plain(clock(cue.start))}]", width=CLOCK_WIDTH)
        st.text_input(
            f"Caption at {clock(cue.start)}",
            " ".join(cue.texts),
            key=key,
            label_visibility="collapsed",
            on_change=_correct,
            args=(workspace, video.id, _milliseconds(cue), key),
        )


def clock(seconds: float) -> str:
    """Return a time as "m:ss", as a player shows it."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _milliseconds(cue: Cue) -> int:
    return round(cue.start * 1000)


def _correct(workspace: Workspace, video_id: str, start: int, key: str) -> None:
    """Save the edited text of one line."""
    captions = workspace.captions.find(video_id)
    if captions is None:
        return
    said = str(st.session_state.get(key) or "")
    texts = [said if _milliseconds(cue) == start else cue.text for cue in captions.cues]
    try:
        workspace.captions.edit(video_id, texts)
    except StudioError as error:
        st.session_state[REVISION] = st.session_state.get(REVISION, 0) + 1
        refuse(error)


def _undo(workspace: Workspace, video_id: str) -> None:
    """Revert the captions to the script."""
    st.session_state[REVISION] = st.session_state.get(REVISION, 0) + 1
    try:
        workspace.captions.revert(video_id)
    except StudioError as error:
        refuse(error)
