"""Generates the speech of a script: its price, the order button, its progress, and the result."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import streamlit as st

from components.jobs.decision_card import decision_card
from components.jobs.job_parts import parts_of
from components.jobs.live_job import live_job, who_waits
from components.shell.notices import attempt, hint, plain, problem
from components.shell.project import PREFIX, keep
from components.speech.recording_picker import to_hear
from components.speech.studio_voice_picker import VOICE
from components.ui.datetimes import clock
from components.ui.memo import memo
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars, show_seconds
from talkinghead.jobs.job import Job, JobState
from talkinghead.projects.values import Project
from talkinghead.speech.text.script import check_script
from talkinghead.speech.text.sentence_times import TimedSentence
from talkinghead.speech.values import SpeechPlan, SpeechQuote
from talkinghead.workspace import Workspace

TEXT_AREA = f"{PREFIX}script"
ASKED = f"{PREFIX}speech_asked"
"""The key of the dollars, words and voice agreed to with a click, until they are ordered."""
GONE = f"{PREFIX}speech_gone"
"""The words and the voice of a speech that was here, and was removed."""
SHOWN = 4  # changed sentences; the others are counted
SCROLLED_AFTER, ROOM = 8, 280  # sentences, px


def make_speech(workspace: Workspace, project: Project) -> Project:
    """Show the state of this script's speech; returns the project with the speech once it is
    ready."""
    try:
        plan = workspace.speech.plan(project.script, project.reader)
        project = _found(workspace, project, plan)
        if project.made_speech is None:
            project = _ordered(workspace, project)
        st.session_state.pop(ASKED, None)
        job = _job(workspace, project)
        project = _finished(workspace, project, job)
        if project.made_speech:
            _ready(workspace, project.made_speech.id)
        elif job and not job.state.ended:
            _under_way(workspace, job)
        else:
            if job:
                _verdict(project, job)
            _way_there(project, SpeechQuote(plan, workspace.billing.quote(plan.lines)))
    except StudioError as error:
        problem(str(error))
    return project


def without_removed(workspace: Workspace, project: Project) -> Project:
    """Return the project without its speech, if that was deleted since."""
    made = project.made
    if made is None:
        return project
    try:
        if workspace.speech.of_job(made.id) is not None:
            return project
    except StudioError:  # everything was deleted
        pass
    st.session_state[GONE] = (made.script, made.voice)
    return project.with_(made=None)


def speech_button(quoted: SpeechQuote, key: str, *, again: bool = False) -> None:
    """Show the button that orders a speech, with its price."""
    verb = "Make the speech again" if again else "Make the speech"
    price = f" for {show_dollars(quoted.dollars)}" if quoted.dollars else ", free"
    st.button(
        (verb + price).replace("$", r"\$"),
        key=key,
        icon=":material/graphic_eq:",
        type="primary",
        disabled=not quoted.allowed,
        on_click=_ask,
        args=(quoted.dollars,),
    )


def _ask(dollars: Decimal) -> None:
    # The words at the time of the click: typing ends with it, and the page ran before.
    st.session_state[ASKED] = (
        dollars,
        st.session_state.get(TEXT_AREA),
        st.session_state.get(VOICE),
    )


def _found(workspace: Workspace, project: Project, plan: SpeechPlan) -> Project:
    """Return the project with an existing speech of these words, made here or on another page."""
    made = project.made_speech
    if plan.ready_id is None:
        return project.with_(made=None) if made else project
    if made and made.id == plan.ready_id:
        return project
    return project.with_speech(workspace.speech.find(plan.ready_id), project.script)


def _finished(workspace: Workspace, project: Project, job: Job | None) -> Project:
    """Return the project with the speech that the job made, even if the script was changed
    meanwhile."""
    if job is None or job.state is not JobState.DONE or project.made_speech:
        return project
    speech = workspace.speech.of_job(job.id)
    if speech is None or (project.made and project.made.id == speech.id):
        return project
    return project.with_speech(speech, speech.script)


def _ordered(workspace: Workspace, project: Project) -> Project:
    asked = st.session_state.get(ASKED)
    if asked is None:
        return project
    agreed, *clicked = asked
    if clicked != [project.script, project.reader]:  # a click for something else is over
        st.session_state.pop(ASKED, None)
        return project
    try:
        plan = workspace.speech.plan(project.script, project.reader)
        permit = workspace.billing.authorise(workspace.billing.quote(plan.lines), agreed)
        job = workspace.speech.order(plan, permit)
    except StudioError as error:
        problem(str(error))
    else:
        project = project.with_(speech_job=job.id)
        keep(workspace, project)  # at once: a click elsewhere can end this run at any moment
    st.session_state.pop(ASKED, None)
    return project


def _job(workspace: Workspace, project: Project) -> Job | None:
    """Return the job that makes a speech on this page, or None."""
    try:
        return workspace.jobs.find(project.speech_job) if project.speech_job else None
    except StudioError:
        return None


def _under_way(workspace: Workspace, job: Job) -> None:
    parts = parts_of(workspace, job)
    if waiting := who_waits(job, parts):
        decision_card(waiting, workspace.jobs.events(waiting.id), attempt(workspace.jobs.reconcile))
    live_job(workspace, job, parts, log=False)
    with st.container(key="create_speech_cancel", width="content"):
        st.button(
            "Cancel",
            key=f"create_speech_cancel {job.id}",
            icon=":material/stop_circle:",
            disabled=job.cancel_requested,
            on_click=attempt(workspace.jobs.cancel),
            args=(job.id,),
        )


def _verdict(project: Project, job: Job) -> None:
    """Show why the last attempt with these words made no speech."""
    same = job.arguments.get("script") == check_script(project.script)
    if job.state is JobState.FAILED and same:
        problem(job.problem or "No speech came of this. Try again.")


def _way_there(project: Project, quoted: SpeechQuote) -> None:
    """Show the price of the speech; after an edit, which sentences are new."""
    changed = changed_sentences(project)
    if st.session_state.get(GONE) == (project.script, project.reader):
        hint("The speech of these words was removed. It can be made again.")
    if changed:
        _show_changed(changed, quoted)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        speech_button(quoted, "create_make_speech", again=bool(changed))
        if not quoted.allowed and quoted.why_not:
            st.caption(plain(quoted.why_not), width="stretch")
        elif not changed:
            title = project.model.title
            st.caption(plain(f"{title} moves the lips to it."), width="stretch")


def changed_sentences(project: Project) -> list[str] | None:
    """Return the sentences that the last speech lacks; None without an earlier speech in this
    voice."""
    made = project.made
    if made is None or made.voice != project.reader:
        return None
    return made.new_sentences(project.script)


def _show_changed(changed: Sequence[str], quoted: SpeechQuote) -> None:
    with st.container(key="create_changed", gap="xsmall"):
        count = f"{len(changed)} of {quoted.sentences} sentences"
        verb = "is" if len(changed) == 1 else "are"
        st.markdown(f":orange[:material/edit:] **{count}** {verb} new")
        for text in changed[:SHOWN]:
            st.caption(plain(text))
        if len(changed) > SHOWN:
            st.caption(f"and {len(changed) - SHOWN} more")


def _ready(workspace: Workspace, speech_id: str) -> None:
    """Show the speech: player, length, and a list of its sentences."""
    speech = workspace.speech.find(speech_id)
    with st.spinner("Loading the speech"):
        sound = memo("speech", speech.reference, lambda: to_hear(workspace, speech.reference))
    with st.container(key="create_speech_ready", gap="small"):
        st.audio(sound, format="audio/mpeg", alt="The speech")
        count = len(speech.sentences)
        noun = "sentence" if count == 1 else "sentences"
        price = f" · {show_dollars(speech.dollars)} paid" if speech.dollars else ""
        words = plain(f"{show_seconds(speech.seconds)} · {count} {noun}{price}")
        st.markdown(f":green[:material/check_circle:] {words}")
        if count > 1:
            _sentences(speech.sentences)


def _sentences(sentences: Sequence[TimedSentence]) -> None:
    with st.expander("Sentences", icon=":material/notes:", type="compact"):
        height: int | Literal["content"] = ROOM if len(sentences) > SCROLLED_AFTER else "content"
        with st.container(height=height, border=False):
            lines = (f":gray[{clock(each.start)}] {plain(each.text)}" for each in sentences)
            st.markdown("  \n".join(lines))
