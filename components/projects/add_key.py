"""Dialog for a key of one's own, so that nobody has to leave the page for it."""

import streamlit as st

from components.billing.key_panel import own_key_form
from components.shell.notices import plain
from components.shell.project import PREFIX
from talkinghead.workspace import Workspace

ASKED = f"{PREFIX}key_asked"


def ask_for_key() -> None:
    """Button callback: open the dialog."""
    st.session_state[ASKED] = True


def add_key(workspace: Workspace) -> None:
    """Show the dialog if it is open; it closes as soon as there is a key."""
    if not st.session_state.get(ASKED):
        return
    status = workspace.billing.key_status()
    if status.source is not None:
        return _close()

    @st.dialog("Add a fal.ai key", icon=":material/key:", on_dismiss=_close)
    def question() -> None:
        now = workspace.billing.key_status()
        if now.source is not None:
            _close()
            st.rerun()
        st.markdown(plain(now.text))
        own_key_form(workspace, now)

    question()


def _close() -> None:
    st.session_state.pop(ASKED, None)
