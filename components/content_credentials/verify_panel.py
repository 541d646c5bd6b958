"""Verifies a video: who signed it, what was done to it, and whether it was changed since."""

from dataclasses import dataclass

import streamlit as st

from components.shell.notices import plain, problem
from components.shell.upload_memory import forget_upload
from components.ui.fact_table import facts
from components.ui.memo import memo
from talkinghead.content_credentials.values import FileState, Verification
from talkinghead.content_credentials.wording import (
    EXPLANATIONS,
    HEADLINES,
    happened_in,
    signer_of,
    verification_rows,
)
from talkinghead.core.errors import StudioError
from talkinghead.workspace import Workspace

FOUND, PROBLEM, TURN = "verify_found", "verify_problem", "verify_turn"
LARGEST_UPLOAD = 100  # megabytes
READING = "Reading content credentials"
OF_GALLERY = "The video from your gallery"
_LOOKS = {
    FileState.UNCHANGED: (":material/verified:", "green"),
    FileState.CHANGED: (":material/error:", "red"),
    FileState.UNCONFIRMED: (":material/help:", "orange"),
    FileState.NONE: (":material/info:", "gray"),
    FileState.REMOTE: (":material/help:", "orange"),
    FileState.DAMAGED: (":material/error:", "red"),
}


@dataclass(frozen=True)
class Verified:
    """What was verified last, and what was found.

    Attributes:
        name: of the file.
        found: what it carries.
    """

    name: str
    found: Verification


def verify_panel(workspace: Workspace, video_id: str | None) -> None:
    """Show an uploader, and what a file carries.

    Args:
        workspace: the visitor's.
        video_id: a video of the gallery to verify; None for an upload.
    """
    _upload(workspace)
    verified: Verified | None
    if video_id:  # an upload takes it out of the address
        verified = _of_gallery(workspace, video_id)
    else:
        verified = st.session_state.get(FOUND)
        if text := st.session_state.get(PROBLEM):
            problem(text)
    if verified is not None:
        show_verification(verified.name, verified.found)


def _of_gallery(workspace: Workspace, video_id: str) -> Verified | None:
    """Return what a video of the gallery carries, read once; None where it is refused, and why is
    on the page."""

    def read() -> Verification:
        with st.spinner(READING):
            return workspace.content_credentials.verify_video(video_id)

    try:
        return Verified(OF_GALLERY, memo("verified", (workspace.id, video_id), read))
    except StudioError as error:
        problem(str(error))
        return None


def _upload(workspace: Workspace) -> None:
    turn = st.session_state.setdefault(TURN, 0)
    # Of any type: what is no MP4 is refused in words that say what to do instead.
    given = st.file_uploader(
        "MP4 video", max_upload_size=LARGEST_UPLOAD, key=f"verify_upload_{turn}"
    )
    if given is None:
        return
    st.session_state.pop(FOUND, None)
    st.session_state.pop(PROBLEM, None)
    try:
        with st.spinner(READING):
            found = workspace.content_credentials.verify(given.getvalue)
        st.session_state[FOUND] = Verified(given.name, found)
    except StudioError as error:
        st.session_state[PROBLEM] = str(error)
    forget_upload(given)
    st.session_state[TURN] = turn + 1
    st.query_params.pop("video", None)
    st.rerun()


def show_verification(name: str, found: Verification) -> None:
    """Show what a file carries."""
    icon, color = _LOOKS[found.state]
    with st.container(border=True, key="verified"):
        st.caption(plain(name))
        st.header(f":{color}[{icon}] {HEADLINES[found.state]}", anchor=False)
        st.markdown(EXPLANATIONS[found.state])
        facts(verification_rows(found))
        if found.history:
            _history(found)
        if found.problems:
            with st.expander("Technical details", type="compact"):
                st.markdown(plain(", ".join(found.problems)))


def _history(found: Verification) -> None:
    st.subheader("History", anchor=False)
    for number, entry in enumerate(found.history, 1):
        with st.container(horizontal=True, gap="small", wrap=False):
            st.markdown(f":gray[{number}]", width=20)
            with st.container(gap=None):
                st.markdown(plain(happened_in(entry)))
                st.caption(plain(signer_of(entry)))
