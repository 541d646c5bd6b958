"""Table of names and values in two columns, readable on a phone."""

from collections.abc import Iterable

import streamlit as st

from components.shell.notices import plain

NAME_WIDTH = 168  # pixels: the longest name on one line


def facts(rows: Iterable[tuple[str, str]]) -> None:
    """Show names and values as plain text."""
    with st.container(gap="xsmall"):
        for name, value in rows:
            with st.container(horizontal=True, gap="small"):
                st.markdown(f":gray[{plain(name)}]", width=NAME_WIDTH)
                with st.container():  # takes the rest of the row; a row that does not wrap scrolls
                    st.markdown(plain(value))
