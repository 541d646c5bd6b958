"""List of recent voice-overs: play, use as a starting point, delete with undo."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

import streamlit as st

from components.shell.notices import plain, problem
from components.shell.project import PREFIX
from components.speech.recording_picker import to_hear
from components.speech.voice_picker import PROVIDER, VOICE
from components.ui.memo import memo
from talkinghead.core.errors import NotFound, StudioError
from talkinghead.core.money import show_seconds
from talkinghead.projects.values import Project
from talkinghead.speech.planning import beginning
from talkinghead.speech.repository import Speech
from talkinghead.speech.voices import Voices
from talkinghead.workspace import Workspace

OPEN, MORE = f"{PREFIX}earlier", f"{PREFIX}earlier_more"
VOICE_TAKEN, HEARD = f"{PREFIX}earlier_voice", f"{PREFIX}earlier_heard"
REMOVED, REFUSED = f"{PREFIX}earlier_removed", f"{PREFIX}earlier_refused"
SHOWN = 20  # at first, and how many more at each click
SCROLLED_AFTER, ROOM = 4, 320  # speeches, px


def offer_earlier(workspace: Workspace, text_area: str) -> None:
    """Show the speeches of this workspace, newest first; nothing if there are none.

    Args:
        workspace: whose.
        text_area: the key of the script's text area.
    """
    _notice(workspace)
    shown = SHOWN * (1 + int(st.session_state.get(MORE, 0)))
    speeches = workspace.speech.list(shown + 1)
    if not speeches:
        return
    label = "Reuse a recent voice-over"
    panel = st.expander(label, icon=":material/history:", key=OPEN, on_change="rerun")
    if panel.open:
        height: int | Literal["content"] = ROOM if len(speeches) > SCROLLED_AFTER else "content"
        with panel, st.container(height=height, border=False):
            for speech in speeches[:shown]:
                _row(workspace, speech, text_area)
            if len(speeches) > shown:
                st.button("Show more", key=f"{PREFIX}earlier_show_more", on_click=_more)


def with_earlier(project: Project) -> Project:
    """Return the project with the voice of the speech just selected; its words are in the text
    area."""
    voice = st.session_state.pop(VOICE_TAKEN, None)
    return project.with_(reader=voice) if voice else project


def _row(workspace: Workspace, speech: Speech, text_area: str) -> None:
    """Show its first words, its facts, and its buttons."""
    with st.container(key=f"{PREFIX}earlier_row {speech.id}", gap=None):
        st.markdown(plain(beginning(speech.script)))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(plain(_facts(workspace, speech)), width="stretch")
            # Together: on a phone they are on a line of their own.
            with st.container(horizontal=True, wrap=False, gap="small", width="content"):
                _button("Hear", "volume_up", speech, _hear, speech.id)
                _button("Use", "edit_note", speech, _take, speech, text_area)
                _button("Remove", "delete", speech, _remove, workspace, speech.id)
        if st.session_state.get(HEARD) == speech.id:
            _play(workspace, speech)


def _button(label: str, icon: str, speech: Speech, click: Callable[..., None], *args: Any) -> None:
    st.button(
        label,
        key=f"{PREFIX}earlier_{label.lower()} {speech.id}",
        icon=f":material/{icon}:",
        type="tertiary",
        on_click=click,
        args=args,
    )


def _play(workspace: Workspace, speech: Speech) -> None:
    try:
        with st.spinner("Loading the voice-over"):
            sound = memo("earlier", speech.reference, lambda: to_hear(workspace, speech.reference))
    except StudioError as error:
        problem(str(error))
        return
    st.audio(sound, format="audio/mpeg", autoplay=True, alt="A recent voice-over")


def _notice(workspace: Workspace) -> None:
    """Show what was deleted last, with an undo button."""
    if refused := st.session_state.pop(REFUSED, None):
        problem(refused)
    try:
        removed = st.session_state.get(REMOVED)
        speech = workspace.speech.find(removed) if removed else None
    except StudioError:  # gone for good meanwhile
        return
    if speech is None or speech.deleted_at is None:
        return
    with st.container(border=True, key=f"{PREFIX}earlier_notice", gap="xsmall"):
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.markdown(
                f":material/delete: “{plain(beginning(speech.script))}” was removed.",
                width="content",
            )
            st.button(
                "Undo",
                key=f"{PREFIX}earlier_undo",
                icon=":material/undo:",
                on_click=_restore,
                args=(workspace, speech.id),
            )
        st.caption(_consequence(speech))


def _consequence(speech: Speech) -> str:
    words = "You can undo this for a day. Videos made from it keep their sound."
    if ":" not in speech.voice_id:  # a voice of this machine
        return words
    return f"{words} After that, sentences that no other voice-over has must be paid for again."


def _facts(workspace: Workspace, speech: Speech) -> str:
    facts = [show_seconds(speech.seconds)]
    with suppress(NotFound):  # a voice that is not offered any more
        facts.append(Voices(workspace.catalogue).find(speech.voice_id).name)
    return " · ".join(facts)


def _more() -> None:
    st.session_state[MORE] = st.session_state.get(MORE, 0) + 1


def _hear(speech_id: str) -> None:
    st.session_state[HEARD] = speech_id


def _take(speech: Speech, text_area: str) -> None:
    st.session_state[text_area] = speech.script
    st.session_state[VOICE_TAKEN] = speech.voice_id
    for key in (PROVIDER, VOICE, HEARD, REMOVED):
        st.session_state.pop(key, None)


def _remove(workspace: Workspace, speech_id: str) -> None:
    try:
        workspace.speech.delete(speech_id)
    except StudioError as error:
        st.session_state[REFUSED] = str(error)
        return
    st.session_state[REMOVED] = speech_id


def _restore(workspace: Workspace, speech_id: str) -> None:
    st.session_state.pop(REMOVED, None)
    try:
        workspace.speech.restore(speech_id)
    except StudioError as error:
        st.session_state[REFUSED] = str(error)
