"""Editor of the pronunciation list, which applies to every voice."""

import streamlit as st

from components.shell.notices import plain, problem
from talkinghead.core.errors import StudioError
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.workspace import Workspace

WRITTEN, SAID = "settings_written", "settings_said"
PROBLEM = "settings_pronunciation_problem"
LONGEST_WRITTEN, LONGEST_SAID = 80, 200  # characters


def pronunciation_panel(workspace: Workspace) -> None:
    """Show the list, and a row to add an entry."""
    with st.container(border=True, key="pronunciations", gap="small"):
        st.markdown("Applies to every voice. Captions don't change.")
        with st.container(gap="xsmall"):
            for place, entry in enumerate(workspace.pronunciations.list()):
                _row(workspace, place, entry)
        _add_form(workspace)
        if text := st.session_state.pop(PROBLEM, None):
            problem(text)


def _row(workspace: Workspace, place: int, entry: Pronunciation) -> None:
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        wrap=False,
        key=f"pronunciation_{place}",
    ):
        st.markdown(f"**{plain(entry.written)}** :gray[→] {plain(entry.said)}", width="stretch")
        st.button(
            "Remove",
            key=f"forget_pronunciation_{place}",
            icon=":material/close:",
            type="tertiary",
            on_click=_remove,
            args=(workspace, entry),
        )


def _add_form(workspace: Workspace) -> None:
    with (
        st.form("pronunciation_form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(
            "Word",
            key=WRITTEN,
            placeholder="AeroDesk",
            max_chars=LONGEST_WRITTEN,
            width=220,
        )
        st.text_input(
            "Say as", key=SAID, placeholder="arrow desk", max_chars=LONGEST_SAID, width=260
        )
        st.form_submit_button(
            "Add",
            key="add_pronunciation",
            icon=":material/add:",
            on_click=_add,
            args=(workspace,),
        )


def _add(workspace: Workspace) -> None:
    """Add the typed entry; an entry for the same word is replaced."""
    written = str(st.session_state.get(WRITTEN) or "").strip()
    said = str(st.session_state.get(SAID) or "").strip()
    if not written or not said:
        st.session_state[PROBLEM] = "Add both: the word and how to say it."
        return
    entries = [entry for entry in workspace.pronunciations.list() if entry.written != written]
    if _set(workspace, [*entries, Pronunciation(written, said)]):
        st.session_state[WRITTEN] = st.session_state[SAID] = ""


def _remove(workspace: Workspace, entry: Pronunciation) -> None:
    _set(workspace, [other for other in workspace.pronunciations.list() if other != entry])


def _set(workspace: Workspace, entries: list[Pronunciation]) -> bool:
    try:
        workspace.pronunciations.replace(entries)
    except StudioError as error:
        st.session_state[PROBLEM] = str(error)
        return False
    return True
