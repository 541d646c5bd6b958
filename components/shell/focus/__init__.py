"""Puts the focus where a person goes on: where something is missing, or after what was chosen is
gone from the page."""

from pathlib import Path
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator_singletons import get_dg_singleton_instance

_FOCUS = st.components.v2.component(
    "focus",
    js=(Path(__file__).parent / "focus.js").read_text(encoding="utf-8"),
)


def focus_in(container_key: str) -> None:
    """Put the focus into a container, on its first field, picture or button, and bring that into
    view; nothing where the container is not on the page. Each call does it once.

    Args:
        container_key: the container's key.
    """
    _mount("focus_in", container=container_key, call=uuid4().hex, gently=False)


def focus_after(choice: str, container_key: str, key: str) -> None:
    """Put the focus into a container as soon as a choice has become another one, where it is
    nowhere else: what was chosen with is gone then. Called in every run.

    Args:
        choice: what is chosen now, by any name.
        container_key: the container's key.
        key: the component's.
    """
    _mount(key, container=container_key, call=choice, gently=True)


def focus_opened(opened: str, key: str) -> None:
    """Put the focus on the page's title as soon as something has opened in place of a list, and
    back on its button in the list, `open_` and its id, after it was closed; where the focus is
    nowhere else. Called in every run.

    Args:
        opened: the id of what is open; "" for the list.
        key: the component's.
    """
    _mount(key, container="", call=opened, gently=True)


def _mount(key: str, **data: str | bool) -> None:
    with get_dg_singleton_instance().event_dg:  # where it takes no room on the page
        _FOCUS(key=key, data={"name": key, **data})
