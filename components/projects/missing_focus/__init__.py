"""Puts the focus where a person gives what is still missing."""

from pathlib import Path
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator_singletons import get_dg_singleton_instance

_FOCUS = st.components.v2.component(
    "missing_focus",
    js=(Path(__file__).parent / "missing_focus.js").read_text(encoding="utf-8"),
)


def focus_in(container_key: str) -> None:
    """Put the focus into a container, on its first field, picture or button; nothing where the
    container is not on the page. Each call does it once.

    Args:
        container_key: the container's key.
    """
    with get_dg_singleton_instance().event_dg:  # where it takes no room on the page
        _FOCUS(key="missing_focus", data={"container": container_key, "call": uuid4().hex})
