"""Panel of a job: log and progress while it runs, then the video."""

from functools import partial
from pathlib import Path

import streamlit as st

from components.jobs.decision_card import decision_card
from components.jobs.job_dialogs import ask_about
from components.jobs.job_parts import again_words, costs_money, parts_of, show_parts
from components.jobs.live_job import live_job, log_text, who_waits
from components.jobs.retry import retry
from components.shell import session
from components.shell.notices import attempt, plain
from components.ui.blind_label import blind_badge, choose_first
from components.videos.video_player import cost_words, subtitles_of
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars, show_seconds
from talkinghead.jobs.job import Job, JobEvent, JobState, Video
from talkinghead.jobs.wording.charges import (
    asks_before_cancel,
    charge_sentence,
    may_cancel,
    may_fetch,
    may_look_again,
)
from talkinghead.jobs.wording.log import last_note
from talkinghead.workspace import Workspace

LEAVE = "You can leave this page; it goes on."
LEAVE_WAITING = "You can leave this page; it waits for you."
NARROW = 300  # px of an upright video, so that it stays within the window


def job_panel(workspace: Workspace, job: Job) -> Job | None:
    """Show a job.

    Returns:
        The new job where a person asked for another try, else None.
    """
    with st.container(key="create_job", gap="small"):
        # The list of hidden ones is asked for only where the job can be one of them.
        if job.comparison and (blind := workspace.comparisons.hidden().job(job)):
            blind_badge(blind)
            choose_first(blind, "choose_first")
            return None
        if not job.state.ended:
            _open(workspace, job)
            return None
        if job.state is JobState.DONE and job.video_id:
            _video(workspace, job)
            return None
        return _ended(workspace, job)


def _open(workspace: Workspace, job: Job) -> None:
    """Show a running job. Its buttons are outside of the fragment that refreshes."""
    parts = parts_of(workspace, job)
    waiting = who_waits(job, parts)
    if waiting:
        try:
            decision_card(
                waiting, workspace.jobs.events(waiting.id), attempt(workspace.jobs.reconcile)
            )
        except StudioError as error:
            st.error(plain(str(error)), icon=":material/error:")
    live_job(workspace, job, parts)
    _way_out(workspace, job, waiting)


def _way_out(workspace: Workspace, job: Job, waiting: Job | None) -> None:
    asks = asks_before_cancel(waiting or job)
    cancel = partial(ask_about, "cancel") if asks else attempt(workspace.jobs.cancel)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(LEAVE_WAITING if waiting else LEAVE, width="stretch")
        # Named after its job: a click that crosses the next order never stops that one instead.
        with st.container(key="create_cancel", width="content"):
            st.button(
                "Cancel",
                key=f"create_cancel {job.id}",
                icon=":material/stop_circle:",
                disabled=not may_cancel(job),
                on_click=cancel,
                args=(job.id,),
            )


def _video(workspace: Workspace, job: Job) -> None:
    assert job.video_id  # noqa: S101  `job_panel` looked
    try:
        video = workspace.gallery.find(job.video_id)
        file, subtitles = workspace.gallery.file(job.video_id), subtitles_of(workspace, video)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    upright = video.height > video.width
    with st.container(horizontal_alignment="center"):
        st.video(
            file,
            subtitles=subtitles,
            alt=video.title,
            width=NARROW if upright else "stretch",
        )
    facts = [show_seconds(video.seconds), f"{video.width} × {video.height}"]
    if job.kind.paid:
        facts.append(cost_words(job))
    elif job.kind.is_composite:
        facts.append(f"estimated {show_dollars(job.estimate)}")
    st.caption(plain(" · ".join([*facts, video.title])))
    _actions(workspace, video, file)


def _actions(workspace: Workspace, video: Video, file: Path | str) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Download",
            data=lambda: workspace.gallery.content(video.id),
            file_name=workspace.downloads.file_name(video.id),
            mime="video/mp4",
            key="create_download",
            icon=":material/download:",
            on_click="ignore",
        )
        if st.button("In the gallery", key="create_gallery", icon=":material/video_library:"):
            session.open_page("gallery", video=video.id)


def _ended(workspace: Workspace, job: Job) -> Job | None:
    try:
        events, parts = workspace.jobs.events(job.id), parts_of(workspace, job)
        _verdict(job, events)
        show_parts(job, parts)
        again = _next_steps(workspace, job, parts)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    with st.expander("Log", icon=":material/notes:", type="compact"):
        st.caption(log_text(events))
    return again


def _verdict(job: Job, events: list[JobEvent]) -> None:
    """Show what happened, and whether it was charged."""
    if job.state is JobState.CANCELLED:
        note = last_note(events) if job.kind.paid else "Nothing was kept."
        st.info(plain(note), title="Cancelled", icon=":material/block:")
        return
    st.error(
        plain(job.problem or "It ended without a video."),
        title="No video came of this",
        icon=":material/error:",
    )
    if text := charge_sentence(job):
        st.caption(plain(f"{text} What you chose is still here: change one thing and go again."))


def _fetch_button(workspace: Workspace, job: Job, made: Job) -> None:
    """Show the button that fetches what fal has rendered and was not stored; of a composite job its
    part."""
    what = "its video" if made is job else f"part {(made.place or 0) + 1}"
    key = "create_fetch" if made is job else f"create_fetch {made.id}"
    if st.button(
        f"Fetch {what} again",
        key=key,
        icon=":material/download:",
        help="Asks fal.ai for the finished video. Nothing is rendered or paid again.",
    ):
        workspace.jobs.fetch_again(made.id)
        st.rerun()


def _look_button(workspace: Workspace, job: Job, lost: Job) -> None:
    """Show the button that looks for an order which was lost when the job ended; of a composite job
    its part's."""
    st.button(
        "Look again" if lost is job else f"Look for part {(lost.place or 0) + 1} again",
        key=f"create_look_again {lost.id}",
        icon=":material/search:",
        help="Searches fal.ai for the order. Nothing is rendered or paid again.",
        on_click=attempt(workspace.jobs.reconcile),
        args=(lost.id,),
    )


def _next_steps(workspace: Workspace, job: Job, parts: list[Job]) -> Job | None:
    with st.container(horizontal=True, gap="small"):
        for made in filter(may_fetch, (job, *parts)):
            _fetch_button(workspace, job, made)
        for lost in filter(may_look_again, (job, *parts)):
            _look_button(workspace, job, lost)
        if not costs_money(job, parts):
            if st.button("Try again", key="create_retry", icon=":material/replay:"):
                return retry(workspace, job.id)
            return None
        if st.button(again_words(job, parts), key="create_retry", icon=":material/replay:"):
            ask_about("render_again", job.id)
            st.rerun()
    return None
