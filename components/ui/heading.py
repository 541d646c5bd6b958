"""The heading of a section, in a row with what belongs to it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def heading(text: str, aside: str = "") -> DeltaGenerator:
    """Show the heading and return its row, for what belongs at the right edge.

    Args:
        text: the heading, as Markdown.
        aside: a few words beside it.
    """
    row = st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    )
    with row.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.header(text, anchor=False, width="content")
        if aside:
            st.caption(aside, width="content")
    return row
