"""How this browser announces renders that have ended while the page is not seen: a notification,
asked for by a click, and a sound. Both are off at first; the choice is kept in the browser alone.
"""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "notification_settings",
    html=(_HERE / "notification_settings.html").read_text(encoding="utf-8"),
    css=(_HERE / "notification_settings.css").read_text(encoding="utf-8"),
    js=(_HERE / "notification_settings.js").read_text(encoding="utf-8"),
)


def notification_settings() -> None:
    """Show the two choices."""
    with st.container(border=True, key="notifications"):
        _COMPONENT(key="notification_settings")
