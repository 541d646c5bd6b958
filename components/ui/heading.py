"""The heading of a section, in a row with what belongs to it, and the title of a page."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def heading(text: str, aside: str = "") -> DeltaGenerator:
    """Show the heading and return its row, for what belongs at the right edge.

    Args:
        text: the heading, as Markdown.
        aside: a few words beside it.
    """
    row = _row()
    with row.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.header(text, anchor=False, width="content")
        if aside:
            st.caption(aside, width="content")
    return row


def page_title(text: str) -> DeltaGenerator:
    """Show the title of a page and return its row, for what belongs at the right edge, if
    anything."""
    row = _row()
    row.title(text, anchor=False, width="content")
    return row


def _row() -> DeltaGenerator:
    return st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    )
