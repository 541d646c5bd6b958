"""A speech that was made before, to begin with: its words and its voice, ready to be changed."""

from collections.abc import Mapping

import streamlit as st

from components.composition import Composition
from components.studio_voice import MAKER, VOICE
from components.voice_picker import WHOSE
from talkinghead.money import show_seconds
from talkinghead.workspace import Speech, Workspace

CHOSEN, VOICE_TAKEN = "create_earlier_speech", "create_earlier_voice"
SHOWN = 20
FIRST_WORDS = 48  # characters


def offer_earlier(workspace: Workspace, text_area: str) -> None:
    """Offer the speeches of this workspace, newest first; nothing where there are none.

    Args:
        workspace: whose.
        text_area: the key of the script's text area.
    """
    speeches = {speech.id: speech for speech in workspace.speeches(SHOWN)}
    if speeches:
        st.selectbox(
            "Or begin with an earlier speech",
            list(speeches),
            index=None,
            key=CHOSEN,
            format_func=lambda speech_id: _name(speeches[speech_id]),
            placeholder="Choose one",
            on_change=_take,
            args=(speeches, text_area),
        )


def with_earlier(composition: Composition) -> Composition:
    """With the voice of the speech that was just chosen; its words are in the text area."""
    voice = st.session_state.pop(VOICE_TAKEN, None)
    return composition.with_(reader=voice, own_voice=False) if voice else composition


def _name(speech: Speech) -> str:
    words = " ".join(speech.script.split())
    if len(words) > FIRST_WORDS:
        words = f"{words[:FIRST_WORDS].rsplit(' ', 1)[0]} …"
    return f"{words} ({show_seconds(speech.seconds)})"


def _take(speeches: Mapping[str, Speech], text_area: str) -> None:
    speech = speeches.get(str(st.session_state.get(CHOSEN)))
    if speech is None:
        return
    st.session_state[text_area] = speech.script
    st.session_state[VOICE_TAKEN] = speech.voice_id
    for key in (MAKER, VOICE, WHOSE):
        st.session_state.pop(key, None)
