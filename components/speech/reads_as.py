"""How the script is read: each sentence as it is said and heard, and words to say otherwise."""

from collections.abc import Sequence

import streamlit as st

from components.shell.notices import hint, plain, problem
from components.shell.project import PREFIX
from talkinghead.core.errors import StudioError
from talkinghead.projects.values import Project
from talkinghead.speech.local_voice.local_voices import nearest_voice
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.pronunciations.readings import Reading, readings, words_to_pronounce
from talkinghead.speech.voices import VoiceChoice
from talkinghead.workspace import Workspace

MENU = f"{PREFIX}reads_as"
PLAYED, FRESH = f"{PREFIX}reads_as_played", f"{PREFIX}reads_as_fresh"
"""The keys of the sentence that was asked for, and whether it was not played yet."""
WORD, SAY_AS = f"{PREFIX}pronounce_word", f"{PREFIX}pronounce_as"
SAVED, REFUSED = f"{PREFIX}pronounce_saved", f"{PREFIX}pronounce_refused"
"""The keys of what to say about the last change of the list, and of why it was refused."""
WIDE, BESIDE = 400, 300  # px; of the panel, and beside a button
SCROLLED_AFTER, ROOM = 5, 300  # sentences, px


def reads_as(workspace: Workspace, project: Project) -> None:
    """Show the button, and behind it the sentences of the script as they are said."""
    menu = st.popover("Reads as", icon=":material/hearing:", key=MENU, on_change="rerun")
    if not menu.open:
        for key in (PLAYED, SAVED):
            st.session_state.pop(key, None)
        return
    with menu:
        found = readings(project.script, project.pronunciations)
        if not found or project.script_problem:
            st.markdown("Write a script to see how it's read.", width=WIDE)
            return
        voice = workspace.voices.find(project.reader)
        _sentences(workspace, voice, found)
        st.markdown(f":small[:gray[{plain(_whose_reading(voice))}]]", width=WIDE)
        _say_differently(workspace, project, found)


def _whose_reading(voice: VoiceChoice) -> str:
    if voice.endpoint_id is None:
        return (
            "As drafts and free voices read it. Models with their own voices may differ a little."
        )
    return (
        f"As drafts and free voices read it. {voice.name} reads numbers its own way; the words you "
        "change here apply to every voice."
    )


def _sentences(workspace: Workspace, voice: VoiceChoice, found: Sequence[Reading]) -> None:
    with st.container(
        height=ROOM if len(found) > SCROLLED_AFTER else "content", border=False, gap="small"
    ):
        for number, reading in enumerate(found, 1):
            _sentence(workspace, voice, reading, number)


def _sentence(workspace: Workspace, voice: VoiceChoice, reading: Reading, number: int) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="top", gap="small"):
        st.button(
            "Play",
            key=f"{PREFIX}play_sentence {number}",
            icon=":material/play_arrow:",
            disabled=not reading.pieces and voice.endpoint_id is None,
            on_click=_ask,
            args=(reading.sentence,),
        )
        with st.container(gap=None):
            _words(reading)
    if st.session_state.get(PLAYED) == reading.sentence:
        _play(workspace, voice, reading.sentence)


def _words(reading: Reading) -> None:
    """Show what is said, with the changed words in bold, and below it what is written there."""
    said = [
        plain(piece.text) if piece.written is None else f"**{plain(piece.text)}**"
        for piece in reading.pieces
    ]
    st.markdown(" ".join(said) or plain(reading.sentence), width=BESIDE)
    note = plain(" · ".join(reading.changed))
    if not reading.pieces:
        note = "Free voices can't read this sentence."
    if note:
        st.markdown(f":small[:gray[{note}]]", width=BESIDE)


def _ask(sentence: str) -> None:
    st.session_state[PLAYED], st.session_state[FRESH] = sentence, True


def _play(workspace: Workspace, voice: VoiceChoice, sentence: str) -> None:
    """Play the sentence: in the chosen voice where that costs nothing, else in the closest free
    one."""
    try:
        with st.spinner("Reading"):
            sound, speaker = workspace.voices.hear(voice.id, sentence).sound, voice.name
            if sound is None:
                local = nearest_voice(voice.name)
                sound, speaker = workspace.voices.hear(local.id, sentence).sound, local.name
                hint(f"Played by {speaker}, the closest free voice.")
    except StudioError as error:
        problem(str(error))
        return
    if sound:
        at_once = bool(st.session_state.pop(FRESH, False))
        st.audio(sound, autoplay=at_once, alt=f"{speaker} reading this sentence")


def _say_differently(workspace: Workspace, project: Project, found: Sequence[Reading]) -> None:
    st.markdown("**Say a word differently**")
    _entries(workspace, project)
    with (
        st.form(f"{PREFIX}pronounce", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.selectbox(
            "Word",
            words_to_pronounce(project.script, found),
            index=None,
            key=WORD,
            accept_new_options=True,
            placeholder="AeroDesk",
            width=150,
        )
        st.text_input("Say as", key=SAY_AS, placeholder="arrow desk", width=150)
        st.form_submit_button(
            "Save", key=f"{PREFIX}pronounce_save", on_click=_save, args=(workspace,)
        )
    if refused := st.session_state.pop(REFUSED, None):
        problem(refused)
    elif saved := st.session_state.get(SAVED):
        st.markdown(f":green[:material/check:] :small[{plain(saved)}]", width=WIDE)


def _entries(workspace: Workspace, project: Project) -> None:
    """Show the pronunciations that this script uses."""
    used = [entry for entry in project.pronunciations if entry.written in project.script]
    for place, entry in enumerate(used):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
            st.markdown(
                f":small[**{plain(entry.written)}** → {plain(entry.said)}]", width="content"
            )
            st.button(
                "Remove",
                key=f"{PREFIX}unpronounce {place}",
                type="tertiary",
                on_click=_remove,
                args=(workspace, entry),
            )


def _save(workspace: Workspace) -> None:
    written = str(st.session_state.get(WORD) or "").strip()
    said = str(st.session_state.get(SAY_AS) or "").strip()
    if not written or not said:
        st.session_state[REFUSED] = "Choose a word and write how to say it."
        return
    others = [each for each in workspace.pronunciations.list() if each.written != written]
    try:
        workspace.pronunciations.replace([*others, Pronunciation(written, said)])
    except StudioError as error:
        st.session_state[REFUSED] = str(error)
        return
    st.session_state[WORD], st.session_state[SAY_AS] = None, ""
    st.session_state.pop(PLAYED, None)
    st.session_state[SAVED] = f"“{written}” is now said “{said}”."


def _remove(workspace: Workspace, entry: Pronunciation) -> None:
    others = [each for each in workspace.pronunciations.list() if each != entry]
    try:
        workspace.pronunciations.replace(others)
    except StudioError as error:
        st.session_state[REFUSED] = str(error)
        return
    st.session_state[SAVED] = f"“{entry.written}” is said as it's written again."
