"""Labels in place of the model's name while a blind comparison is undecided, and the link to it."""

import streamlit as st

from components.shell import session
from components.shell.notices import plain
from talkinghead.videos.values import BlindEntry

BLIND = "Blind test"
CHOOSE_FIRST = "Names show once you've chosen."
NOT_READY = "It shows with the others in its blind test once all are ready."


def blind_title(blind: BlindEntry) -> str:
    """Return the label shown instead of the model: "Blind comparison, A"."""
    return BLIND if blind.letter is None else f"{BLIND}, {blind.letter}"


def blind_badge(blind: BlindEntry) -> None:
    """Show the label as a badge instead of the model's."""
    st.badge(plain(blind_title(blind)), icon=":material/visibility_off:", color="gray")


def title_with_letter(title: str, blind: BlindEntry | None) -> str:
    """Return the title with the letter appended, so that downloaded files have distinct names."""
    return title if blind is None or blind.letter is None else f"{title} {blind.letter}"


def comparison_button(blind: BlindEntry, key: str) -> None:
    """Show the button that opens the comparison."""
    if st.button("Open the comparison", key=key, icon=":material/compare:"):
        session.open_page("compare", comparison=blind.comparison)


def choose_first(blind: BlindEntry, key: str) -> None:
    """Show why the model is hidden, with a button that opens the comparison.

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
