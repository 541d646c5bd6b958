"""The script card of Create: the words with their voice and reading, or a recording."""

import streamlit as st

from components.shell.conflicts import show_conflicts
from components.shell.notices import problem
from components.shell.project import PREFIX
from components.speech.reads_as import reads_as
from components.speech.recording_picker import SOURCE, pick_recording
from components.speech.script_cleaning import cleaning_note, take_paste
from components.speech.script_counter import Count, script_counter
from components.speech.speech_library import offer_earlier, with_earlier
from components.speech.speech_maker import make_speech, without_removed
from components.speech.voice_over_button import TEXT_AREA as TEXT_AREA
from components.speech.voice_over_button import offer_voice_over
from components.speech.voice_picker import pick_voice
from components.ui.choices import Choice, choices
from components.ui.heading import heading
from talkinghead.core.money import show_seconds
from talkinghead.projects.values import Project
from talkinghead.speech.text.language import UNKNOWN
from talkinghead.speech.text.language_names import language_name
from talkinghead.speech.text.script import LONGEST_SCRIPT, script_words
from talkinghead.workspace import Workspace

SOURCES = (Choice("script", "Script"), Choice("recording", "Recording"))
MOST_KEPT = 200_000  # characters; a longer paste is cut before it is kept
SECONDS_PER_WORD = 0.4  # until there are words to go by
COUNTER = f"{PREFIX}counter"
EMPTY = "About 75 words make 30 seconds."


def typed(project: Project) -> Project:
    """Return the project with the words that were just typed. Called before anything is drawn,
    because the title and what was made of the project depend on them."""
    words = st.session_state.get(TEXT_AREA)
    return project if words is None else project.with_(script=words[:MOST_KEPT])


def pick_speech(workspace: Workspace, project: Project, reported: str | None = None) -> Project:
    """Show the card; returns the project with the current words or recording. It is the same for
    every model.

    Args:
        workspace: whose.
        project: what was chosen before.
        reported: what the last render said was wrong with the words, the sound or the voice.
    """
    with st.container(border=True, key="create_speech", gap="xsmall"):
        with heading("Script"):
            source = choices(
                "Script or recording", SOURCES, key=SOURCE, look="segments", default=project.source
            )
        project = project.with_(source=source)
        show_conflicts(project, "source", "recording", "reader")
        if reported:
            problem(reported)
        if project.source == "recording":
            return pick_recording(workspace, project)
        project = without_removed(workspace, with_earlier(project))
        project = _write(project)
        project = _voice_row(workspace, project)
        if not project.script.strip():
            offer_earlier(workspace, TEXT_AREA)
        elif project.script_problem is None:
            project = make_speech(workspace, project)
        return project


def _write(project: Project) -> Project:
    take_paste(COUNTER, TEXT_AREA)
    st.session_state.setdefault(TEXT_AREA, project.script)
    st.text_area(
        "Script",
        key=TEXT_AREA,
        height=140,
        placeholder="Write what the portrait should say …",
        label_visibility="collapsed",
    )
    project = typed(project)
    cleaning_note(TEXT_AREA, project.script)
    show_conflicts(project, "script")
    trouble = project.script_problem
    if trouble and len(project.script) <= LONGEST_SCRIPT:
        problem(trouble)
    return project


def _voice_row(workspace: Workspace, project: Project) -> Project:
    """Show the voice, the reading and the count."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chosen = pick_voice(workspace, project, offer_voice_over)
        reads_as(workspace, project)
        script_counter(TEXT_AREA, _count(project), key=COUNTER)
    return chosen


def _count(project: Project) -> Count:
    words, speech = script_words(project.script[:LONGEST_SCRIPT]), project.speech
    code = project.language or UNKNOWN
    language = "" if code == "en" else language_name(code) or ""
    sentence = EMPTY
    if len(project.script) > LONGEST_SCRIPT:
        sentence = project.script_problem or EMPTY
    elif speech:
        about = "" if project.made_speech else "about "
        noun = "word" if words == 1 else "words"
        facts = (f"{words} {noun}", language, f"{about}{show_seconds(speech.seconds)}")
        sentence = " · ".join(filter(None, facts))
    return Count(
        sentence=sentence,
        written=len(project.script),
        over=len(project.script) > LONGEST_SCRIPT,
        empty=EMPTY,
        most=LONGEST_SCRIPT,
        seconds_per_word=float(speech.seconds) / words if speech and words else SECONDS_PER_WORD,
        language=language,
    )
