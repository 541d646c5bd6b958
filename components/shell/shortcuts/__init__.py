"""Keyboard shortcuts of every page, and the list of them that `?` opens."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator_singletons import get_dg_singleton_instance

_SHORTCUTS = st.components.v2.component(
    "shortcuts",
    js=(Path(__file__).parent / "shortcuts.js").read_text(encoding="utf-8"),
)
BACK_KEYS = ("clear_selection", "video_back", "compare_back")
"""The keys of the buttons that Esc presses: the first of them that is on the page."""
ASKED = "shortcuts_asked"
"""The key that says that the list shall open."""
LISTED = {
    "/": "Search",
    "Space": "Play or pause the video",
    "Esc": "Close or go back",
    "Tab": "Go to the next control",
    "Enter": "Press or open it",
    "↑ ↓": "Move between choices or captions",
    "?": "Show this list",
}


def shortcuts() -> None:
    """Listen for the shortcuts; a key that a person types into a field stays a letter."""
    with get_dg_singleton_instance().event_dg:  # where it takes no room on the page
        _listen()
    if st.session_state.pop(ASKED, False):
        _show_list()


@st.fragment
def _listen() -> None:
    heard = _SHORTCUTS(key="shortcuts", data={"back": tuple(BACK_KEYS)}, on_list_change=_nothing)
    if heard.list:  # a dialog cannot open from here
        st.session_state[ASKED] = True
        st.rerun()


@st.dialog("Keyboard shortcuts", width="small")
def _show_list() -> None:
    st.table(
        {"Key": [f"`{key}`" for key in LISTED], "What it does": list(LISTED.values())},
        hide_index=True,
        border="horizontal",
    )


def _nothing() -> None:
    """Callback that does nothing: a component has a trigger only if one is given."""
