"""The address of the gallery: what is looked for, or the video that is open."""

import streamlit as st

WORDS, MODEL, DAYS, ORDER, PAGE = "words", "model", "days", "sort", "page"
"""The widgets' keys, which are also their names in the address."""
LAYOUT, FOLDER = "layout", "folder"
"""Likewise, of the two that are components."""
OPEN = "video"
"""The opened video's name in the address."""
LEFT = "gallery_left"
"""The key of the address at which the gallery was left for a video."""
_VIEW = (WORDS, MODEL, DAYS, ORDER, PAGE, LAYOUT, FOLDER)


def leave_gallery(video_id: str) -> None:
    """Change the address to that of a video; all at once, so that Back needs one step."""
    given = st.query_params.to_dict()
    if OPEN not in given:
        st.session_state[LEFT] = {name: given[name] for name in _VIEW if name in given}
    kept = {name: value for name, value in given.items() if name not in _VIEW}
    st.query_params.from_dict({**kept, OPEN: video_id})


def return_to_gallery() -> None:
    """Change the address to that of the gallery as it was left."""
    given = st.query_params.to_dict()
    given.pop(OPEN, None)
    left = st.session_state.pop(LEFT, {})
    st.query_params.from_dict({**given, **left})
