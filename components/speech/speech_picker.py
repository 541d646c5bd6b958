"""Step 2 of Create: a script with its voice, or a recording with its edits."""

from collections.abc import Callable

import streamlit as st

from components.shell.conflicts import show_conflicts
from components.shell.notices import problem
from components.shell.project import PREFIX
from components.speech.recording_picker import SOURCE, pick_recording
from components.speech.script_counter import Count, script_counter
from components.speech.speech_library import offer_earlier, with_earlier
from components.speech.speech_maker import without_removed
from components.speech.voice_picker import pick_voice
from components.ui.choices import Choice, choices
from components.ui.heading import heading
from talkinghead.core.money import Estimate, show_dollars, show_seconds
from talkinghead.projects.values import Project
from talkinghead.speech.text.language import UNKNOWN
from talkinghead.speech.text.language_names import language_name
from talkinghead.speech.text.script import LONGEST_SCRIPT, script_words
from talkinghead.workspace import Workspace

SOURCES = (Choice("script", "Script"), Choice("recording", "Recording"))
MOST_KEPT = 200_000  # characters; a longer paste is cut before it is kept
SECONDS_PER_WORD = 0.4  # until there are words to go by
TEXT_AREA = f"{PREFIX}script"
Estimating = Callable[[Project], Estimate]
EMPTY = "About 75 words make 30 seconds."


def pick_speech(
    workspace: Workspace,
    project: Project,
    estimate: Estimating,
    reported: str | None = None,
) -> Project:
    """Show the step; returns the project with the current words or recording.

    Args:
        workspace: whose.
        project: what was chosen before.
        estimate: tells what the project's video costs.
        reported: what the last render said was wrong with the words, the sound or the voice.
    """
    with st.container(border=True, key="create_speech", gap="xsmall"):
        with heading("Script"):
            source = choices(
                "Script or recording", SOURCES, key=SOURCE, look="segments", default=project.source
            )
        project = project.with_(source=source)
        show_conflicts(project, "source", "recording", "reader", "own_voice")
        if reported:
            problem(reported)
        if project.source == "recording":
            return pick_recording(workspace, project)
        project = without_removed(workspace, with_earlier(project))
        project = _write(workspace, project, estimate)
        sayable = bool(project.script.strip()) and project.script_problem is None
        return pick_voice(workspace, project, sayable=sayable)


def _write(workspace: Workspace, project: Project, estimate: Estimating) -> Project:
    st.session_state.setdefault(TEXT_AREA, project.script)
    words = st.text_area(
        "Script",
        key=TEXT_AREA,
        height=140,
        placeholder="Write what the portrait should say …",
        label_visibility="collapsed",
    )
    project = project.with_(script=(words or "")[:MOST_KEPT])
    show_conflicts(project, "script")
    trouble = project.script_problem
    script_counter(TEXT_AREA, _count(project, trouble, estimate), key="create_counter")
    if trouble and len(project.script) <= LONGEST_SCRIPT:
        problem(trouble)
    if not project.script.strip():
        offer_earlier(workspace, TEXT_AREA)
    return project


def _words(project: Project) -> int:
    return script_words(project.script[:LONGEST_SCRIPT])


def _count(project: Project, trouble: str | None, estimating: Estimating) -> Count:
    words, speech, model = _words(project), project.speech, project.model
    estimate = estimating(project)
    spoken = model.takes("script") or project.says_first(model)
    dollars, rate = estimate.dollars, estimate.per_second
    language = language_name(project.language or UNKNOWN) or ""
    sentence = EMPTY
    if trouble and len(project.script) > LONGEST_SCRIPT:
        sentence = trouble
    elif speech:
        about = "about " if project.is_guess(model) else ""
        facts = [f"{words} {'word' if words == 1 else 'words'}", language]
        facts.append(f"{about}{show_seconds(speech.seconds)}")
        if spoken and dollars is not None:
            facts.append(f"{about}{show_dollars(dollars)} on {model.title}")
        sentence = " · ".join(filter(None, facts))
    return Count(
        sentence=sentence,
        written=len(project.script),
        over=len(project.script) > LONGEST_SCRIPT,
        empty=EMPTY,
        most=LONGEST_SCRIPT,
        seconds_per_word=float(speech.seconds) / words if speech and words else SECONDS_PER_WORD,
        dollars_per_second=float(rate or 0),
        least_seconds=float(model.price.minimum_seconds),
        price_of=model.title if spoken and rate is not None else "",
        language=language,
    )
