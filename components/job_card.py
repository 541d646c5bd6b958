"""One job in the list: where it stands, what can be done about it, and its log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from components.moments import show_age, zone
from components.notices import plain
from components.video_card import model_badge, show_title
from talkinghead import Workspace
from talkinghead.jobs.job import Job, JobEvent, JobState
from talkinghead.money import show_dollars, show_seconds

LINES_SHOWN = 200
LOG_SHOWN = "jobs_log"
"""The key of the id of the one job whose log is open."""

Color = Literal["gray", "blue", "orange", "green", "red", "primary"]


@dataclass(frozen=True)
class Standing:
    """How a state is shown: a few words, an icon and a colour."""

    text: str
    icon: str
    color: Color


STANDINGS: dict[JobState, Standing] = {
    JobState.WAITING: Standing("Waiting", "hourglass_empty", "gray"),
    JobState.PREPARING: Standing("Preparing", "inventory_2", "blue"),
    JobState.SUBMITTING: Standing("Sending", "send", "blue"),
    JobState.UNCONFIRMED: Standing("Needs your decision", "help", "orange"),
    JobState.QUEUED: Standing("Queued", "hourglass_empty", "blue"),
    JobState.RENDERING: Standing("Rendering", "movie_edit", "blue"),
    JobState.STORING: Standing("Saving", "save", "blue"),
    JobState.DONE: Standing("Done", "check_circle", "green"),
    JobState.FAILED: Standing("Failed", "error", "red"),
    JobState.CANCELLED: Standing("Cancelled", "block", "gray"),
}


@dataclass(frozen=True)
class JobActions:
    """What a person can do about a job; each takes its id."""

    cancel: Callable[[str], None]
    retry: Callable[[str], None]
    dismiss: Callable[[str], None]


def job_card(workspace: Workspace, job: Job, actions: JobActions) -> str | None:
    """Show one job.

    Returns:
        The id of the video that a person wants to see now, or None.
    """
    with st.container(border=True, key=f"job_{job.id}", gap="small", height="stretch"):
        _heading(job)
        if not job.state.ended:
            _progress(workspace, job)
        if job.state is JobState.FAILED:
            st.markdown(plain(job.problem or "It ended without a video."))
            _charge(job)
        opened = _buttons(job, actions)
        if st.session_state.get(LOG_SHOWN) == job.id:
            _log(workspace, job)
    return opened


def _heading(job: Job) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.markdown(f"**{show_title(job.title)}**", width="content")
        standing = STANDINGS[job.state]
        stopping = job.cancel_requested and not job.state.ended
        st.badge(
            "Stopping" if stopping else standing.text,
            icon=f":material/{standing.icon}:",
            color="orange" if stopping else standing.color,
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        model_badge(job.endpoint_id)
        price = "free" if job.estimate == 0 else show_dollars(job.billed or job.estimate)
        moment = job.ended_at or job.created_at
        facts = (f"{show_seconds(job.speech_seconds)} of speech", price, show_age(moment))
        st.caption(plain(" · ".join(facts)), width="content")


def _progress(workspace: Workspace, job: Job) -> None:
    st.progress(min(max(job.fraction or 0.0, 0.0), 1.0), text=plain(progress_text(workspace, job)))


def progress_text(workspace: Workspace, job: Job) -> str:
    """What is going on, in a few words: the place in the queue, or how much is done and left."""
    if job.cancel_requested:
        return "Stopping"
    if job.state is JobState.WAITING:
        before = workspace.place(job.id)
        return "Next in line" if not before else f"Waiting, {before} before it"
    if job.queue_position:
        return f"In the renderer's queue, {job.queue_position} before it"
    words = STANDINGS[job.state].text
    if job.fraction is not None:
        words += f", {round(job.fraction * 100)} %"
    if job.seconds_left is not None:
        words += f", {time_left(job.seconds_left)}"
    return words


def time_left(seconds: float) -> str:
    """A guess, as roughly as it is: "about 40 s left", "about 3 min left"."""
    if seconds < 90:
        return f"about {max(round(seconds), 1)} s left"
    return f"about {round(seconds / 60)} min left"


def _charge(job: Job) -> None:
    if job.charged is None:
        st.caption("Whether it was paid for is not known.")
    elif job.charged:
        st.caption("It was paid for.")
    elif job.endpoint_id != "draft":
        st.caption("Nothing was paid.")


def _buttons(job: Job, actions: JobActions) -> str | None:
    with st.container(horizontal=True, gap="small", key=f"job_buttons_{job.id}"):
        if job.video_id and st.button("Watch", key=f"watch_{job.id}", icon=":material/play_arrow:"):
            return job.video_id
        if not job.state.ended:
            st.button(
                "Cancel",
                key=f"cancel_{job.id}",
                icon=":material/stop_circle:",
                on_click=actions.cancel,
                args=(job.id,),
                disabled=job.cancel_requested,
            )
        if job.state in (JobState.FAILED, JobState.CANCELLED):
            st.button(
                "Try again",
                key=f"retry_{job.id}",
                icon=":material/replay:",
                on_click=actions.retry,
                args=(job.id,),
            )
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
                help="Take it off this list. Its video stays in the gallery.",
                on_click=actions.dismiss,
                args=(job.id,),
            )
    return None


def _toggle_log(job_id: str) -> None:
    shown = st.session_state.get(LOG_SHOWN)
    st.session_state[LOG_SHOWN] = None if shown == job_id else job_id


def _log(workspace: Workspace, job: Job) -> None:
    lines = [log_line(event) for event in workspace.events(job.id)]
    with st.container(height=240, autoscroll=True, border=False, key=f"job_log_{job.id}"):
        st.code("\n".join(lines[-LINES_SHOWN:]) or "Nothing yet.", language=None, wrap_lines=True)


def log_line(event: JobEvent) -> str:
    """One event as a line: its time, and what happened."""
    text = event.text
    if event.kind == "state":
        text = STANDINGS[JobState(event.text)].text
    return f"{event.at.astimezone(zone()):%H:%M:%S}  {text}"
