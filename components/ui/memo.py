"""Things worked out once in a visit, and again only where something else is asked for."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

Made = TypeVar("Made")


def memo(name: str, asked: object, make: Callable[[], Made]) -> Made:
    """The last thing made under this name where the same is asked for, else a new one.

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
