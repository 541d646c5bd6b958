"""Empty state of a page: a picture, a sentence, and the next step."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

PICTURE = Path(__file__).parents[1] / "shell" / "brand" / "empty.svg"


def empty_state(
    title: str,
    sentence: str,
    *,
    button: str,
    key: str,
    on_click: Callable[[], None] | None = None,
) -> bool:
    """Show one bordered panel with one primary button.

    Args:
        title: three or four words.
        sentence: what will be shown here, and how to get there.
        button: what the button says.
        key: its key.
        on_click: called before the page runs again, where that is needed.

    Returns:
        Whether the button was pressed.
    """
    panel = st.container(
        border=True, horizontal_alignment="center", gap="small", key=f"{key}_panel"
    )
    with panel:
        st.space("small")
        st.image(PICTURE.read_text(encoding="utf-8"), width=120, alt="")
        st.header(title, anchor=False, text_alignment="center")
        st.markdown(f":gray[{sentence}]", text_alignment="center")
        pressed = st.button(button, key=key, type="primary", on_click=on_click)
        st.space("small")
    return pressed
