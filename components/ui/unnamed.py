"""What is said of a video whose model is hidden until a blind choice is made, and the way there."""

import streamlit as st

from components.shell import session
from components.shell.notices import plain
from talkinghead.videos.values import Unnamed

BLIND = "Blind comparison"
CHOOSE_FIRST = "Choose first, then the names are shown."
NOT_READY = "It shows together with the others of its blind comparison once all are ready."


def unnamed_title(unnamed: Unnamed) -> str:
    """What stands in the place of the model: "Blind comparison, A"."""
    return BLIND if unnamed.letter is None else f"{BLIND}, {unnamed.letter}"


def unnamed_badge(unnamed: Unnamed) -> None:
    """In the place of the model's badge."""
    st.badge(plain(unnamed_title(unnamed)), icon=":material/visibility_off:", color="gray")


def named_apart(title: str, unnamed: Unnamed | None) -> str:
    """The title with the letter, so that the files of a comparison are told apart."""
    return title if unnamed is None or unnamed.letter is None else f"{title} {unnamed.letter}"


def comparison_button(unnamed: Unnamed, key: str) -> None:
    """The way to the comparison."""
    if st.button("Open the comparison", key=key, icon=":material/compare:"):
        session.open_page("compare", comparison=unnamed.comparison)


def choose_first(unnamed: Unnamed, key: str) -> None:
    """Why there is no name, and the way to it.

    Args:
        unnamed: what hides it.
        key: of the container; the button's ends in `_open`.
    """
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        gap="small",
        key=key,
    ):
        st.markdown(plain(CHOOSE_FIRST if unnamed.letter else NOT_READY), width="content")
        comparison_button(unnamed, f"{key}_open")
