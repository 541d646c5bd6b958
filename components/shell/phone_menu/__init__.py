"""Invisible component: closes the menu of a narrow window once a page was chosen in it.

There Streamlit shows its navigation as a sidebar over the page, which stays open over the next one.
"""

from pathlib import Path

import streamlit as st

_COMPONENT = st.components.v2.component(
    "phone_menu",
    js=(Path(__file__).parent / "phone_menu.js").read_text(encoding="utf-8"),
)


def phone_menu() -> None:
    """Close the menu after each choice, now and later."""
    _COMPONENT(key="phone_menu")
