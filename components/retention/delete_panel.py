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
            "Deletes all your videos, portraits, voice-overs, recordings and projects from this "
            "studio and clears your billing history. Billing records (amounts and request IDs) are "
            "kept without your name or content. To delete what fal.ai keeps, go to your "
            "[fal.ai dashboard](https://fal.ai/dashboard)."
        )
        st.button(
            "Delete everything",
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

    @st.dialog("Delete everything?", icon=":material/delete_forever:", on_dismiss=_close)
    def question() -> None:
        count = "1 video" if total == 1 else f"{show_count(total)} videos"
        st.markdown(
            f"{count} and all your portraits, voice-overs, recordings and projects will be deleted "
            "permanently. This can't be undone."
        )
        if workspace.jobs.list(open_only=True, limit=1):
            st.markdown(
                "Renders in progress are canceled. fal.ai may still charge for those that have "
                "started."
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
            if st.button("Cancel", key="delete_all_keep"):
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
    st.toast(f"Deleted {count} and everything they were made from.", icon=":material/delete:")
