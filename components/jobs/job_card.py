"""Card of one job in the list: status, actions, and log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from components.jobs.decision_card import decision_card
from components.jobs.job_dialogs import ask_about
from components.jobs.job_parts import again_words, costs_money, parts_of, show_parts
from components.jobs.job_progress import progress_of, show_progress, usual_seconds
from components.jobs.live_job import who_waits
from components.shell.notices import plain
from components.ui.datetimes import show_age, zone
from components.ui.video_card import model_badge, show_title
from talkinghead import Workspace
from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_seconds
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.kinds import SPEECH
from talkinghead.jobs.wording.charges import (
    asks_before_cancel,
    charge_sentence,
    give_up_words,
    may_cancel,
    may_fetch,
    may_give_up,
    may_look_again,
    price_words,
)
from talkinghead.jobs.wording.log import JobLog, last_note
from talkinghead.jobs.wording.status import Status, status_of

LINES_SHOWN = 200
LOG_SHOWN, HEARD = "jobs_log", "jobs_heard"
"""The keys of the id of the one job whose log is open, and of the speech that is heard."""


@dataclass(frozen=True)
class JobActions:
    """Callbacks for the buttons of a card; each takes the job's id."""

    cancel: Callable[[str], None]
    retry: Callable[[str], None]
    dismiss: Callable[[str], None]
    reconcile: Callable[[str], None]
    fetch_again: Callable[[str], None]


def job_card(workspace: Workspace, job: Job, actions: JobActions) -> str | None:
    """Show one job.

    Returns:
        The id of the video that a person wants to see now, or None.
    """
    with st.container(border=True, key=f"job_{job.id}", gap="small", height="stretch"):
        parts = [] if job.state is JobState.DONE else parts_of(workspace, job)
        waiting = None if job.state.ended else who_waits(job, parts)
        _heading(workspace.catalogue, job, status_of(waiting or job))
        if waiting:
            decision_card(waiting, workspace.jobs.events(waiting.id), actions.reconcile)
        if not job.state.ended and waiting is not job:
            show_progress(progress_of(workspace, job, usual_seconds(workspace, job), parts))
        if job.state is JobState.FAILED:
            st.markdown(plain(job.problem or "The render ended without a video."))
            if text := charge_sentence(job):
                st.caption(plain(text))
        if job.state is JobState.CANCELLED and job.kind.paid:
            st.caption(plain(last_note(workspace.jobs.events(job.id))))
        show_parts(job, parts)
        opened = _buttons(job, parts, waiting, actions)
        if st.session_state.get(HEARD) == job.id:
            _listen(workspace, job)
        if st.session_state.get(LOG_SHOWN) == job.id:
            _log(workspace, job)
    return opened


def _heading(catalogue: Catalogue, job: Job, shown: Status) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.markdown(f"**{show_title(job.title)}**", width="content")
        st.badge(shown.text, icon=f":material/{shown.icon}:", color=shown.color)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        model_badge(catalogue, job.endpoint_id, job.arguments)
        moment = job.ended_at or job.created_at
        facts = (
            show_seconds(job.speech_seconds),
            price_words(job),
            show_age(moment),
        )
        st.caption(plain(" · ".join(facts)), width="content")


def _buttons(job: Job, parts: list[Job], waiting: Job | None, actions: JobActions) -> str | None:
    with st.container(horizontal=True, gap="small", key=f"job_buttons_{job.id}"):
        if job.video_id and st.button("Watch", key=f"watch_{job.id}", icon=":material/play_arrow:"):
            return job.video_id
        if job.kind is SPEECH and job.state is JobState.DONE:
            _button("Listen", "listen", job, _hear)
        if may_give_up(job):
            _ask("Give up", "give_up", job)
        elif not job.state.ended and asks_before_cancel(waiting or job):
            _ask("Cancel", "cancel", job)
        elif not job.state.ended:
            _button("Cancel", "cancel", job, actions.cancel, disabled=not may_cancel(job))
        if may_look_again(job):
            _button("Check again", "look_again", job, actions.reconcile)
        if may_fetch(job):
            _button("Download from fal.ai again", "fetch", job, actions.fetch_again)
        if job.state in (JobState.FAILED, JobState.CANCELLED):
            _again(job, parts, actions)
        st.button(
            "Log",
            key=f"log_{job.id}",
            icon=":material/notes:",
            type="tertiary",
            on_click=_toggle_log,
            args=(job.id,),
        )
        if job.state.ended:
            st.button(
                "Clear",
                key=f"dismiss_{job.id}",
                icon=":material/close:",
                type="tertiary",
                help="Hide from this list. The video stays in your gallery.",
                on_click=actions.dismiss,
                args=(job.id,),
            )
    return None


ICONS = {
    "cancel": "stop_circle",
    "fetch": "download",
    "give_up": "cancel",
    "listen": "volume_up",
    "look_again": "search",
    "retry": "replay",
}


def _button(
    label: str, name: str, job: Job, verb: Callable[[str], None], *, disabled: bool = False
) -> None:
    st.button(
        label,
        key=f"{name}_{job.id}",
        icon=f":material/{ICONS[name]}:",
        on_click=verb,
        args=(job.id,),
        disabled=disabled,
    )


def _again(job: Job, parts: list[Job], actions: JobActions) -> None:
    """Retry button. A draft is retried at once; a paid job asks first. The sentences of a speech
    cost so little that the price on the button is enough."""
    if not costs_money(job, parts):
        _button("Try again", "retry", job, actions.retry)
        return
    label = again_words(job, parts)
    if job.kind is SPEECH:
        _button(label, "retry", job, actions.retry)
        return
    if st.button(label, key=f"retry_{job.id}", icon=":material/replay:"):
        ask_about("render_again", job.id)
        st.rerun()


def _ask(label: str, kind: Literal["give_up", "cancel"], job: Job) -> None:
    """Button that ends a job which may go on at fal; it asks first."""
    pressed = st.button(
        label,
        key=f"{kind}_{job.id}",
        icon=f":material/{ICONS[kind]}:",
        help=plain(give_up_words(job)),
    )
    if pressed:
        ask_about(kind, job.id)
        st.rerun()  # the whole page: only it can show the question


def _hear(job_id: str) -> None:
    st.session_state[HEARD] = job_id


def _listen(workspace: Workspace, job: Job) -> None:
    """Play the speech that the job made."""
    speech = workspace.speech.of_job(job.id)
    if speech:
        try:
            st.audio(workspace.recordings.sound(speech.reference), alt=job.title)
        except StudioError as error:
            st.caption(plain(str(error)))


def _toggle_log(job_id: str) -> None:
    shown = st.session_state.get(LOG_SHOWN)
    st.session_state[LOG_SHOWN] = None if shown == job_id else job_id


def _log(workspace: Workspace, job: Job) -> None:
    lines = JobLog(zone(), workspace.jobs.events(job.id)).lines
    with st.container(height=240, autoscroll=True, border=False, key=f"job_log_{job.id}"):
        st.code("\n".join(lines[-LINES_SHOWN:]) or "Nothing yet.", language=None, wrap_lines=True)
