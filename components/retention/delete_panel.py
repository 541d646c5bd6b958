"""Panel to delete everything in this workspace, after a confirmation."""

import streamlit as st

from components.shell.notices import plain
from components.shell.project import begin_new
from components.ui.datetimes import show_count
from talkinghead.core.errors import StudioError
from talkinghead.workspace import Workspace

ASKED, PROBLEM = "settings_delete_asked", "settings_delete_problem"


def delete_panel(workspace: Workspace) -> None:
    """Show the panel, and the confirmation dialog if it is open."""
    with st.container(border=True, key="delete_everything"):
        st.markdown(
            "Removes every video, portrait, speech, recording and project of yours from this "
            "studio, and empties your ledger. The studio keeps dates, dollars and request ids of "
            "what was paid, which don't say who or what it was. What fal.ai keeps is deleted at "
            "[fal.ai](https://fal.ai/dashboard)."
        )
        st.button(
            "Delete all my videos and portraits",
            key="delete_all",
            icon=":material/delete_forever:",
            on_click=_ask,
        )
        if text := st.session_state.pop(PROBLEM, None):
            st.error(plain(text), icon=":material/error:")
    if st.session_state.get(ASKED):
        _question(workspace)


def _ask() -> None:
    st.session_state[ASKED] = True


def _close() -> None:
    st.session_state.pop(ASKED, None)


def _question(workspace: Workspace) -> None:
    total = workspace.gallery.list(per_page=1).total

    @st.dialog("Delete everything of yours?", icon=":material/delete_forever:", on_dismiss=_close)
    def question() -> None:
        count = "1 video" if total == 1 else f"{show_count(total)} videos"
        st.markdown(
            f"{count} and every portrait, speech, recording and project of yours will be gone "
            "for good. This cannot be undone."
        )
        if workspace.jobs.list(open_only=True, limit=1):
            st.markdown(
                "What is under way is given up. fal.ai is asked to cancel it, and may still charge "
                "for what has begun."
            )
        with st.container(horizontal=True, gap="small"):
            if st.button(
                "Delete everything",
                key="delete_all_agree",
                type="primary",
                icon=":material/delete_forever:",
            ):
                _delete(workspace)
                st.rerun()
            if st.button("Keep everything", key="delete_all_keep"):
                _close()
                st.rerun()

    question()


def _delete(workspace: Workspace) -> None:
    _close()
    try:
        with st.spinner("Deleting"):
            deleted = workspace.retention.erase()
    except StudioError as error:
        st.session_state[PROBLEM] = str(error)
        return
    begin_new()
    count = "1 video" if deleted == 1 else f"{show_count(deleted)} videos"
    st.toast(f"Deleted: {count} and everything they were made from.", icon=":material/delete:")
