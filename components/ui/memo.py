"""Memoised values in the session state: one value per name, recomputed when its key changes."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

Made = TypeVar("Made")


def memo(name: str, asked: object, make: Callable[[], Made]) -> Made:
    """Return the stored value of this name if its key is equal, otherwise compute and store a new
    one.

    Args:
        name: one thing is kept for each name.
        asked: what it was made from; compared with `==`.
        make: makes it.
    """
    key = f"create_once_{name}"
    kept: tuple[object, Made] | None = st.session_state.get(key)
    if kept is None or kept[0] != asked:
        kept = (asked, make())
        st.session_state[key] = kept
    return kept[1]
