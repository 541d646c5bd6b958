"""Brings the stage into view when what it shows begins or ends."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator_singletons import get_dg_singleton_instance

_HERE = Path(__file__).parent
_SCROLL = st.components.v2.component(
    "stage_scroll", js=(_HERE / "stage_scroll.js").read_text(encoding="utf-8")
)


def bring_into_view(stage_key: str, shown: str, *, key: str) -> None:
    """Scroll a container into view each time that what it shows is another; not at first.

    Args:
        stage_key: the container's key.
        shown: a name for what it shows.
        key: the component's.
    """
    with get_dg_singleton_instance().event_dg:  # where it takes no room on the page
        _SCROLL(key=key, data={"stage": stage_key, "shown": shown})
