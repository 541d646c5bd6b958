"""What is said of a video whose model is hidden until a blind choice is made, and the way there."""

import streamlit as st

from components.shell import session
from components.shell.notices import plain
from talkinghead.videos.values import BlindEntry

BLIND = "Blind comparison"
CHOOSE_FIRST = "Choose first, then the names are shown."
NOT_READY = "It shows together with the others of its blind comparison once all are ready."


def blind_title(blind: BlindEntry) -> str:
    """What stands in the place of the model: "Blind comparison, A"."""
    return BLIND if blind.letter is None else f"{BLIND}, {blind.letter}"


def blind_badge(blind: BlindEntry) -> None:
    """In the place of the model's badge."""
    st.badge(plain(blind_title(blind)), icon=":material/visibility_off:", color="gray")


def title_with_letter(title: str, blind: BlindEntry | None) -> str:
    """The title with the letter, so that the files of a comparison are told apart."""
    return title if blind is None or blind.letter is None else f"{title} {blind.letter}"


def comparison_button(blind: BlindEntry, key: str) -> None:
    """The way to the comparison."""
    if st.button("Open the comparison", key=key, icon=":material/compare:"):
        session.open_page("compare", comparison=blind.comparison)


def choose_first(blind: BlindEntry, key: str) -> None:
    """Why there is no name, and the way to it.

    Args:
        blind: what hides it.
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
        st.markdown(plain(CHOOSE_FIRST if blind.letter else NOT_READY), width="content")
        comparison_button(blind, f"{key}_open")
