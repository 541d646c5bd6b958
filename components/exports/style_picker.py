"""Picker for the styles of burned-in captions of an export."""

import streamlit as st

from components.shell.notices import hint
from talkinghead.captions.styles import STYLES


def style_picker(video_id: str, *, captioned: bool) -> list[str]:
    """Show a box for each style and return the ids of the ticked ones; none burns none in.

    Args:
        video_id: of the original.
        captioned: whether the video has captions to burn in.
    """
    st.markdown("Captions")
    with st.container(horizontal=True, gap="small", key="export_styles"):
        for number, style in enumerate(STYLES):
            st.checkbox(
                style.title,
                value=captioned and number == 0,
                disabled=not captioned,
                key=_key(video_id, style.id, captioned),
                width="content",
            )
    if not captioned:
        hint("Add a transcript under Captions to burn them in.")
    return chosen_styles(video_id, captioned=captioned)


def chosen_styles(video_id: str, *, captioned: bool) -> list[str]:
    """Return the ticked styles from the session, even if the picker was not drawn again yet."""
    if not captioned:
        return []
    return [each.id for each in STYLES if st.session_state.get(_key(video_id, each.id, captioned))]


def _key(video_id: str, style_id: str, captioned: bool) -> str:
    # A box that was disabled is another one: its default is not that of one that can be ticked.
    return f"export_style {video_id} {style_id}{'' if captioned else ' off'}"
