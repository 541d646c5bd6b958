"""A refusal raised in a callback, stored and shown by the run that follows.

A click's callback must draw nothing: within a dialog what it draws takes the place of the page.
"""

import streamlit as st

from components.shell.notices import plain

KEY = "last_refusal"


def refuse(error: Exception) -> None:
    """Store the reason why a click did nothing; called from callbacks."""
    st.session_state[KEY] = str(error)


def show_refusal() -> None:
    """Show the stored reason once."""
    refusal = st.session_state.pop(KEY, None)
    if refusal:
        st.error(plain(refusal), icon=":material/error:")
