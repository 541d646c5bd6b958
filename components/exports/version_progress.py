"""Progress of the versions of a video that are being made, each with its own Cancel; what this
person waits for opens when all of it is ready."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from components.jobs.job_progress import progress_of, show_progress
from components.shell.notices import plain
from components.ui.last_refusal import refuse
from talkinghead.core.errors import StudioError
from talkinghead.exports.values import version_of
from talkinghead.exports.version_names import version_name
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.jobs.kinds import EXPORT
from talkinghead.workspace import Workspace

AWAITED = "version_jobs"
"""The key of the ids of the jobs that this person waits for."""
POLL_EVERY = 0.5  # seconds


def wait_for(jobs: Sequence[Job]) -> None:
    """Open the last of the versions that these jobs make as soon as all are ready."""
    st.session_state[AWAITED] = [job.id for job in jobs]


def version_progress(workspace: Workspace, video: Video, on_open: Callable[[str], None]) -> None:
    """Show the progress of the versions of this video, if any are being made.

    Args:
        workspace: whose video it is.
        video: the original.
        on_open: opens a video by its id.
    """
    making = [job for job in workspace.jobs.list(open_only=True) if _makes(job, video)]
    waited = _waited(workspace, video)
    if waited and all(job.state.ended for job in waited):
        _end(waited, on_open)
    if not making:
        return
    if not waited:  # of a visit before this one, which a reload ended
        wait_for([job for job in making if not job.cancel_requested])
    with st.container(key="version_progress", gap="xsmall"):
        for job in sorted(making, key=lambda each: each.created_at):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                with st.container(width="stretch"):
                    st.fragment(_follow, run_every=POLL_EVERY)(workspace, job, _name(job, video))
                st.button(
                    "Cancel",
                    key=f"cancel_version {job.id}",
                    disabled=job.cancel_requested,
                    on_click=_cancel,
                    args=(workspace, job.id),
                )
        st.caption("You can leave this page.")


def _waited(workspace: Workspace, video: Video) -> list[Job]:
    """Return the jobs that this person waits for, of this video."""
    ids: list[str] = st.session_state.get(AWAITED) or []
    found = {job.id: job for job in workspace.jobs.several(ids) if _makes(job, video)}
    return [found[each] for each in ids if each in found]


def _makes(job: Job, video: Video) -> bool:
    return job.kind is EXPORT and job.arguments.get("made_from") == video.id


def _end(jobs: Sequence[Job], on_open: Callable[[str], None]) -> None:
    """Open the last version, or say why there is none."""
    st.session_state.pop(AWAITED, None)
    for job in jobs:
        if job.state is JobState.FAILED:
            why = plain(job.problem or "The version failed. Try again.")
            st.error(why, icon=":material/error:")
    made = [job.video_id for job in jobs if job.state is JobState.DONE and job.video_id]
    if len(made) == len(jobs):
        on_open(made[-1])
        st.rerun()


def _name(job: Job, video: Video) -> str:
    return version_name(version_of(job.arguments), video.width, video.height)


def _follow(workspace: Workspace, followed: Job, name: str) -> None:
    """Rerun the page when the job ends."""
    try:
        job = workspace.jobs.find(followed.id)
    except StudioError:
        st.rerun()
    if job.state.ended:
        st.rerun()
    progress = progress_of(workspace, job, None)
    show_progress(replace(progress, text=f"{name}: {progress.text}"))


def _cancel(workspace: Workspace, job_id: str) -> None:
    ids = [each for each in st.session_state.get(AWAITED) or [] if each != job_id]
    st.session_state[AWAITED] = ids
    try:
        workspace.jobs.cancel(job_id)
    except StudioError as error:
        refuse(error)
