"""Progress of a version that is being made; it opens when it is ready."""

from collections.abc import Callable

import streamlit as st

from components.jobs.job_progress import progress_of, show_progress
from components.shell.notices import plain
from components.ui.last_refusal import refuse
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.jobs.kinds import EXPORT
from talkinghead.workspace import Workspace

AWAITED = "version_job"
"""The key of the job that this person waits for: its result is opened."""
POLL_EVERY = 0.5  # seconds


def wait_for(job: Job) -> None:
    """Open the version that a job makes as soon as it is ready."""
    st.session_state[AWAITED] = job.id


def version_progress(workspace: Workspace, video: Video, on_open: Callable[[str], None]) -> None:
    """Show the progress of a version of this video, if one is being made.

    Args:
        workspace: whose video it is.
        video: the original.
        on_open: opens a video by its id.
    """
    job = _under_way(workspace, video)
    if job is None:
        return
    if job.state.ended:
        _end(job, on_open)
        return
    if not job.cancel_requested:  # also of a visit before this one, which a reload ended
        wait_for(job)
    with st.container(key="version_progress", gap="xsmall"):
        st.fragment(_follow, run_every=POLL_EVERY)(workspace, job.id)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("You can leave this page.", width="stretch")
            st.button(
                "Cancel",
                key=f"cancel_version {job.id}",
                disabled=job.cancel_requested,
                on_click=_cancel,
                args=(workspace, job.id),
            )


def _under_way(workspace: Workspace, video: Video) -> Job | None:
    """Return the job that is making a version of this video, or that this person waits for."""
    for job in workspace.jobs.list(open_only=True):
        if _makes(job, video):
            return job
    waited = st.session_state.get(AWAITED)
    if waited is None:
        return None
    try:
        job = workspace.jobs.find(waited)
    except StudioError:
        return None
    return job if _makes(job, video) else None


def _makes(job: Job, video: Video) -> bool:
    return job.kind is EXPORT and job.arguments.get("made_from") == video.id


def _end(job: Job, on_open: Callable[[str], None]) -> None:
    """Open the version, or say why there is none."""
    st.session_state.pop(AWAITED, None)
    if job.state is JobState.DONE and job.video_id:
        on_open(job.video_id)
        st.rerun()
    if job.state is JobState.FAILED:
        st.error(plain(job.problem or "The version failed. Try again."), icon=":material/error:")


def _follow(workspace: Workspace, job_id: str) -> None:
    """Rerun the page when the job ends."""
    try:
        job = workspace.jobs.find(job_id)
    except StudioError:
        st.rerun()
    if job.state.ended:
        st.rerun()
    show_progress(progress_of(workspace, job, None))


def _cancel(workspace: Workspace, job_id: str) -> None:
    st.session_state.pop(AWAITED, None)
    try:
        workspace.jobs.cancel(job_id)
    except StudioError as error:
        refuse(error)
