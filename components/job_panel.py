"""A job while it runs, and what came of it: the log, the progress, then the video."""

from pathlib import Path

import streamlit as st

from components import session
from components.job_card import log_line, progress_text
from components.notices import plain
from components.video_player import file_name
from talkinghead.errors import StudioError
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.money import show_seconds
from talkinghead.workspace import Workspace

TICK = 0.5  # seconds between two looks at the journal while a job runs
LINES_SHOWN = 200
NARROW = 300  # px of an upright video, so that it stays within the window


def job_panel(workspace: Workspace, job: Job) -> Job | None:
    """Show a job.

    Returns:
        The new job where a person asked for another try, else None.
    """
    with st.container(key="create_job", gap="small"):
        if not job.state.ended:
            st.fragment(_live, run_every=TICK)(workspace, job.id)
            return None
        if job.state is JobState.DONE and job.video_id:
            _video(workspace, job.video_id)
            return None
        return _ended(workspace, job)


def _live(workspace: Workspace, job_id: str) -> None:
    """What happens now; the whole page runs again at the end, so that the ticking stops."""
    try:
        job = workspace.job(job_id)
        if job.state.ended:
            st.rerun()
        text = plain(progress_text(workspace, job))
        lines = [log_line(event) for event in workspace.events(job_id)]
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.progress(min(max(job.fraction or 0.0, 0.0), 1.0), text=text)
    with st.container(height=168, autoscroll=True, key="create_log", border=True):
        _log(lines)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("You can leave this page; it goes on.", width="stretch")
        if st.button(
            "Cancel",
            key="create_cancel",
            icon=":material/stop_circle:",
            disabled=job.cancel_requested,
        ):
            workspace.cancel(job_id)
            st.rerun(scope="fragment")


def _log(lines: list[str]) -> None:
    st.caption("  \n".join(map(plain, lines[-LINES_SHOWN:])) or "Nothing yet.")


def _video(workspace: Workspace, video_id: str) -> None:
    try:
        video = workspace.video(video_id)
        file = workspace.video_file(video_id)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    upright = video.height > video.width
    with st.container(horizontal_alignment="center"):
        st.video(file, alt=video.title, width=NARROW if upright else "stretch")
    st.caption(
        f"{plain(show_seconds(video.seconds))} · {video.width} × {video.height} · "
        f"{plain(video.title)}"
    )
    _actions(workspace, video, file)


def _actions(workspace: Workspace, video: Video, file: Path | str) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Download",
            data=lambda: workspace.video_bytes(video.id),
            file_name=file_name(video.title),
            mime="video/mp4",
            key="create_download",
            icon=":material/download:",
            on_click="ignore",
        )
        if st.button("In the gallery", key="create_gallery", icon=":material/video_library:"):
            session.open_page("gallery", video=video.id)


def _ended(workspace: Workspace, job: Job) -> Job | None:
    if job.state is JobState.CANCELLED:
        st.info("Cancelled. Nothing was kept.", icon=":material/block:")
    else:
        st.error(
            plain(job.problem or "It ended without a video."),
            title="No video came of this",
            icon=":material/error:",
        )
    try:
        if st.button("Try again", key="create_retry", icon=":material/replay:"):
            return workspace.retry(job.id)
        lines = [log_line(event) for event in workspace.events(job.id)]
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    with st.expander("Log", icon=":material/notes:", type="compact"):
        _log(lines)
    return None
