"""Markup in the script: removed from what is pasted, with Undo; offered for what was typed."""

from collections.abc import Callable

import streamlit as st

from components.shell.notices import plain
from components.shell.project import PREFIX
from talkinghead.speech.text.pasting.cleaning import clean_script

CLEANED = f"{PREFIX}cleaned"
"""The key of the text before it was cleaned, the text after, and the sentence about it."""
KEPT = f"{PREFIX}kept_as_pasted"
"""The key of the texts whose cleaning was undone."""
HANDLED = f"{PREFIX}handled_paste"


def take_paste(counter: str, text_area: str) -> None:
    """Clean the script if it was just pasted. Called before its text area is drawn.

    Args:
        counter: the key of the script's counter, which reports a paste.
        text_area: the key of the script's text area.
    """
    pasted = (st.session_state.get(counter) or {}).get("pasted") or {}
    if not pasted or pasted == st.session_state.get(HANDLED):
        return
    st.session_state[HANDLED] = pasted
    text = str(pasted.get("text") or "")
    if text not in st.session_state.get(KEPT, ()):
        _clean(text_area, text)


def cleaning_note(text_area: str, script: str) -> None:
    """Show what was cleaned up, with Undo; for markup that was typed, the offer to clean it up."""
    before, after, sentence = st.session_state.get(CLEANED) or ("", "", "")
    if before and after == script:
        _line(sentence, "Undo", "undo", _undo, text_area)
    elif script not in st.session_state.get(KEPT, ()) and clean_script(script).removed:
        offer = "The script has markup that voices may read."
        _line(offer, "Clean up", "cleaning_services", _clean, text_area, script)


def _line(sentence: str, label: str, icon: str, click: Callable[..., None], *args: str) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"{PREFIX}cleaning"
    ):
        st.markdown(f":small[:gray[{plain(sentence)}]]", width="content")
        st.button(
            label,
            key=f"{PREFIX}cleaning_{icon}",
            icon=f":material/{icon}:",
            type="tertiary",
            on_click=click,
            args=args,
        )


def _clean(text_area: str, text: str) -> None:
    found = clean_script(text)
    if found.removed:
        st.session_state[text_area] = found.text
        st.session_state[CLEANED] = (text, found.text, found.sentence)


def _undo(text_area: str) -> None:
    before, _, _ = st.session_state.pop(CLEANED)
    st.session_state[text_area] = before
    st.session_state[KEPT] = (*st.session_state.get(KEPT, ()), before)
