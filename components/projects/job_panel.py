"""Panel of a job: log and progress while it runs, then the video."""

from functools import partial
from typing import Literal

import streamlit as st

from components.jobs.decision_card import decision_card
from components.jobs.job_dialogs import ask_about
from components.jobs.job_parts import again_words, costs_money, parts_of, show_parts
from components.jobs.live_job import Place, live_job, show_log, who_waits
from components.jobs.retry import retry
from components.portraits.framed_picture import framed_picture
from components.projects.bar import download
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
from talkinghead.projects.steps.next_step import is_paid
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

LEAVE = "You can leave this page."
LEAVE_WAITING = "Waiting for you."
WIDTHS = {"upright": 260, "square": 400}  # px, so that the whole page stays within the window


def job_panel(
    workspace: Workspace,
    job: Job,
    project: Project,
    announce: Place | None,
    *,
    bar_says_more: bool = False,
) -> Job | None:
    """Show a job in the place of the portrait.

    Args:
        workspace: whose.
        job: which.
        project: as it was when the job was ordered.
        announce: the place for a sentence on its progress.
        bar_says_more: the bar says whether a job that ended without a video was charged, and has
            the button that orders it again.

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
            framed_picture(workspace, project, dimmed=True)
            _open(workspace, job, announce)
            return None
        if job.state is JobState.DONE and job.video_id:
            _video(workspace, job)
            return None
        framed_picture(workspace, project)
        return _ended(workspace, job, bar_says_more=bar_says_more)


def _open(workspace: Workspace, job: Job, announce: Place | None) -> None:
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
    live_job(workspace, job, parts, announce=announce)
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
    with st.container(horizontal_alignment="center"):
        st.video(file, subtitles=subtitles, alt=video.title, width=_width(video))
    facts = [show_seconds(video.seconds), f"{video.width} × {video.height}"]
    if job.kind.paid:
        facts.append(cost_words(job))
    elif job.kind.is_composite:
        facts.append(f"estimated {show_dollars(job.estimate)}")
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        gap="small",
    ):
        st.caption(plain(" · ".join(facts)), width="content")
        if not is_paid(job):  # the bar downloads a render
            download(workspace, video.id, kind="tertiary")
        if st.button(
            "Open in gallery",
            key="create_gallery",
            icon=":material/video_library:",
            type="tertiary",
        ):
            session.open_page("gallery", video=video.id)


def _width(video: Video) -> int | Literal["stretch"]:
    if video.height > video.width:
        return WIDTHS["upright"]
    return WIDTHS["square"] if video.height == video.width else "stretch"


def _ended(workspace: Workspace, job: Job, *, bar_says_more: bool) -> Job | None:
    again = None
    try:
        events, parts = workspace.jobs.events(job.id), parts_of(workspace, job)
        _verdict(job, events, charge="" if bar_says_more else charge_sentence(job))
        show_parts(job, parts)
        _ways_to_the_video(workspace, job, parts)
        if not bar_says_more:
            again = _retry_button(workspace, job, parts)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    with st.expander("Log", icon=":material/notes:", type="compact"):
        show_log(events)
    return again


def _verdict(job: Job, events: list[JobEvent], charge: str) -> None:
    """Show what happened, and whether it was charged."""
    if job.state is JobState.CANCELLED:
        note = last_note(events) if job.kind.paid else "Nothing was kept."
        st.info(plain(note), title="Canceled", icon=":material/block:")
        return
    st.error(
        plain(job.problem or "The render ended without a video. Try again."),
        title="Render failed" if is_paid(job) else "Draft failed",
        icon=":material/error:",
    )
    if charge:
        st.caption(plain(f"{charge} Your settings are saved. Edit and try again."))


def _fetch_button(workspace: Workspace, job: Job, made: Job) -> None:
    """Show the button that fetches what fal has rendered and was not stored; of a composite job its
    part."""
    what = "its video" if made is job else f"part {(made.place or 0) + 1}"
    key = "create_fetch" if made is job else f"create_fetch {made.id}"
    if st.button(
        f"Download {what} again",
        key=key,
        icon=":material/download:",
        help="Gets the finished video from fal.ai. You won't be charged again.",
    ):
        workspace.jobs.fetch_again(made.id)
        st.rerun()


def _look_button(workspace: Workspace, job: Job, lost: Job) -> None:
    """Show the button that looks for an order which was lost when the job ended; of a composite job
    its part's."""
    st.button(
        "Check again" if lost is job else f"Check for part {(lost.place or 0) + 1} again",
        key=f"create_look_again {lost.id}",
        icon=":material/search:",
        help="Searches fal.ai for the order. You won't be charged again.",
        on_click=attempt(workspace.jobs.reconcile),
        args=(lost.id,),
    )


def _ways_to_the_video(workspace: Workspace, job: Job, parts: list[Job]) -> None:
    """Show the buttons that may bring a video that was made after all, if any."""
    made, lost = (list(filter(may, (job, *parts))) for may in (may_fetch, may_look_again))
    if made or lost:
        with st.container(horizontal=True, gap="small"):
            for each in made:
                _fetch_button(workspace, job, each)
            for each in lost:
                _look_button(workspace, job, each)


def _retry_button(workspace: Workspace, job: Job, parts: list[Job]) -> Job | None:
    if not costs_money(job, parts):
        if st.button("Try again", key="create_retry", icon=":material/replay:"):
            return retry(workspace, job.id)
        return None
    if st.button(again_words(job, parts), key="create_retry", icon=":material/replay:"):
        ask_about("render_again", job.id)
        st.rerun()
    return None
