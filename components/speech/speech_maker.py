"""The voice-over of a script: its price, the order button, its progress, and the result."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import streamlit as st

from components.jobs.decision_card import decision_card
from components.jobs.job_parts import parts_of
from components.jobs.live_job import live_job, who_waits
from components.shell.notices import attempt, hint, plain, problem
from components.shell.project import keep
from components.speech.recording_picker import to_hear
from components.speech.voice_over_button import (
    ASKED,
    GONE,
    has_earlier,
    is_on_card,
    voice_over_button,
    was_removed,
)
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

SHOWN = 4  # changed sentences; the others are counted
SCROLLED_AFTER, ROOM = 8, 280  # sentences, px


def make_speech(workspace: Workspace, project: Project) -> Project:
    """Show the state of this script's voice-over; returns the project with it once it is ready."""
    try:
        plan = workspace.speech.plan(project.script, project.reader)
        project = _found(workspace, project, plan)
        if project.made_speech is None:
            project = _ordered(workspace, project)
        job = _job(workspace, project)
        if project.outdated_speech and not (job and _is_of(job, project)):
            project = _updated(workspace, project, plan)
            job = _job(workspace, project)
        st.session_state.pop(ASKED, None)
        project = _finished(workspace, project, job)
        if plan.note:
            hint(plan.note)
        _show(workspace, project, job, plan)
    except StudioError as error:
        problem(str(error))
    return project


def _show(workspace: Workspace, project: Project, job: Job | None, plan: SpeechPlan) -> None:
    if project.made_speech:
        _ready(workspace, project.made_speech.id)
        return
    if outdated := project.outdated_speech:
        _ready(workspace, outdated.id, outdated=True)
    quoted = SpeechQuote(plan, workspace.billing.quote(plan.lines))
    if job and not job.state.ended:
        if project.outdated_speech and quoted.new_texts:
            st.caption(f"Updating {len(quoted.new_texts)} of {quoted.sentences} sentences.")
        _under_way(workspace, job)
        return
    if job:
        _verdict(project, job)
    if is_on_card(project):
        _way_there(project, quoted)


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


def _found(workspace: Workspace, project: Project, plan: SpeechPlan) -> Project:
    """Return the project with an existing speech of these words, made here or on another page."""
    made = project.made_speech
    if plan.ready_id is None:
        # Made before the pronunciation list was changed, or by a version that did not keep what
        # was said: it stays, as outdated.
        return project.with_(made=made.outdated) if made else project
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


def _updated(workspace: Workspace, project: Project, plan: SpeechPlan) -> Project:
    """Return the project with the job that makes a free voice-over again, with the pronunciations
    of now; a bought one waits for its button."""
    quote = workspace.billing.quote(plan.lines)
    if quote.dollars or quote.why_not:
        return project
    job = workspace.speech.order(plan, workspace.billing.authorise(quote, Decimal(0)))
    project = project.with_(speech_job=job.id)
    keep(workspace, project)
    return project


def _is_of(job: Job, project: Project) -> bool:
    """Whether a job that has not made the voice-over of this project is about these very words."""
    return job.state is not JobState.DONE and _same_words(job, project)


def _same_words(job: Job, project: Project) -> bool:
    return job.arguments.get("script") == check_script(project.script)


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


def is_under_way(workspace: Workspace, project: Project) -> bool:
    """Return whether a voice-over of this project is being made."""
    job = _job(workspace, project)
    return job is not None and not job.state.ended


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
    if job.state is JobState.FAILED and _same_words(job, project):
        problem(job.problem or "The voice-over failed. Try again.")


def _way_there(project: Project, quoted: SpeechQuote) -> None:
    """Show the price of the voice-over; after an edit, which sentences changed."""
    if was_removed(project):
        hint("This voice-over was removed. You can generate it again.")
    if has_earlier(project) and quoted.new_texts:
        _show_changed(quoted)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        voice_over_button(project, quoted)


def _show_changed(quoted: SpeechQuote) -> None:
    changed = quoted.new_texts
    with st.container(key="create_changed", gap="xsmall"):
        noun = "sentence" if quoted.sentences == 1 else "sentences"
        count = f"**{len(changed)} of {quoted.sentences} {noun}** changed"
        st.markdown(f":orange[:material/edit:] {count}")
        for text in changed[:SHOWN]:
            st.caption(plain(text))
        if len(changed) > SHOWN:
            st.caption(f"and {len(changed) - SHOWN} more")


def _ready(workspace: Workspace, speech_id: str, *, outdated: bool = False) -> None:
    """Show the voice-over: player, length, and a list of its sentences."""
    speech = workspace.speech.find(speech_id)
    with st.spinner("Loading the voice-over"):
        sound = memo("speech", speech.reference, lambda: to_hear(workspace, speech.reference))
    with st.container(key="create_speech_ready", gap="small"):
        st.audio(sound, format="audio/mpeg", alt="The voice-over")
        count = len(speech.sentences)
        noun = "sentence" if count == 1 else "sentences"
        price = f" · {show_dollars(speech.dollars)} paid" if speech.dollars else ""
        words = plain(f"{show_seconds(speech.seconds)} · {count} {noun}{price}")
        mark = ":orange[:material/history:]" if outdated else ":green[:material/check_circle:]"
        note = " · with the earlier pronunciation" if outdated else ""
        st.markdown(f"{mark} {words}{note}")
        if count > 1 and not outdated:
            _sentences(speech.sentences)


def _sentences(sentences: Sequence[TimedSentence]) -> None:
    with st.expander("Sentences", icon=":material/notes:", type="compact"):
        height: int | Literal["content"] = ROOM if len(sentences) > SCROLLED_AFTER else "content"
        with st.container(height=height, border=False):
            lines = (f":gray[{clock(each.start)}] {plain(each.text)}" for each in sentences)
            st.markdown("  \n".join(lines))
