"""Invisible component: keeps the focus on a button that Streamlit draws as a new one.

It does so where the look or the name of a button changes, such as the primary one of Create's bar
or that of the voice menu. The focus would begin again at the top of the page. A popover that is
opened with a key has the focus until it closes: it stands at the end of the page.
"""

from pathlib import Path

import streamlit as st

_COMPONENT = st.components.v2.component(
    "kept_focus",
    js=(Path(__file__).parent / "kept_focus.js").read_text(encoding="utf-8"),
)


def kept_focus() -> None:
    """Keep it, now and later."""
    _COMPONENT(key="kept_focus")
