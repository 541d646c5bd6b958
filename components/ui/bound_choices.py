"""A group of choices whose choice is in the page's URL, so that a reload and a link keep it."""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from components.ui.choices import Choice, choices


def bound_choices(
    label: str,
    options: Sequence[Choice],
    *,
    key: str,
    look: Literal["segments", "pills"],
    default: str,
    on_change: Callable[[], None] | None = None,
) -> str:
    """Show the group and return the id of the chosen option.

    Args:
        label: its name for screen readers.
        options: in order.
        key: the widget's key, and its name in the URL; the default is not in the URL.
        look: as in `choices`.
        default: chosen at first, and where the chosen option is gone.
        on_change: called before the page runs with another choice.
    """
    if key not in st.session_state and key in st.query_params:
        st.session_state[key] = {"chosen": st.query_params[key]}

    def changed() -> None:
        chosen = (st.session_state.get(key) or {}).get("chosen")
        if chosen in (None, default):
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = chosen
        if on_change is not None:
            on_change()

    return choices(label, options, key=key, look=look, default=default, on_change=changed)


def choose(key: str, chosen: str, default: str) -> None:
    """Button callback: choose an option of such a group."""
    st.session_state[key] = {"chosen": chosen}
    if chosen == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen
