"""Panel of an opened video: order an export with another shape or captions, and follow its
progress."""

from collections.abc import Callable

import streamlit as st

from components.captions.caption_panel import follow_writing
from components.exports.caption_picker import (
    PickedCaptions,
    caption_picker,
    chosen_style,
    fill_frames,
)
from components.exports.shape_picker import REACHED, WantedShape, chosen_shape, shape_picker
from components.jobs.job_progress import progress_of, show_progress
from components.shell.notices import hint, plain
from components.ui.last_refusal import refuse
from components.ui.video_card import card_picture, show_title
from talkinghead.captions.styles import style
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.jobs.kinds import EXPORT
from talkinghead.workspace import Workspace

ORDERED = "version_job"
"""The key of the job that this person waits for: its result is opened."""
POLL_EVERY = 0.5  # seconds
VERSION_WIDTH = 132  # px at least

OpenVideo = Callable[[str], None]


def export_panel(workspace: Workspace, video: Video, on_open: OpenVideo) -> None:
    """Show the form for an export, or how this export differs from its original.

    Args:
        workspace: whose video it is.
        video: which.
        on_open: opens a video by its id.
    """
    if video.made_from is not None:
        _about(workspace, video, on_open)
        return
    job = _under_way(workspace, video)
    if job is not None:
        _show_job(workspace, job, on_open)
        _others(workspace, video, on_open)
        return
    wanted = shape_picker(video)
    picked = _choose(workspace, video, wanted)
    _others(workspace, video, on_open)
    if picked is not None:
        fill_frames(workspace, video, wanted, picked.frames)


def _choose(workspace: Workspace, video: Video, wanted: WantedShape) -> PickedCaptions | None:
    """Show the form and its button; returns None while captions are being generated."""
    captions = workspace.captions.find(video.id)
    if captions is None and follow_writing(workspace, video):
        return None
    if captions is None:
        hint("This video has no captions yet: see Captions. Its shape can be changed without.")
    picked = caption_picker(video, wanted, captioned=captions is not None)
    chosen = picked.style
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Make this version",
            key="make_version",
            type="primary",
            icon=":material/movie_edit:",
            disabled=chosen is None and wanted.shape is None,
            on_click=_order,
            args=(workspace, video.id),
        )
        st.caption("Free. It is made on this machine, and the original stays as it is.")
    return picked


def _order(workspace: Workspace, video_id: str) -> None:
    """Order the export. A click can arrive together with a choice not drawn yet: the choice
    counts."""
    wanted = chosen_shape(video_id)
    try:
        job = workspace.exports.order(
            video_id,
            style=chosen_style(video_id),
            shape=wanted.shape,
            fit=wanted.fit,
            colour=wanted.colour,
        )
    except StudioError as error:
        refuse(error)
        return
    st.session_state[ORDERED] = job.id


def _under_way(workspace: Workspace, video: Video) -> Job | None:
    """Return the job that is making an export of this video, or that this person waits for."""
    waited = st.session_state.get(ORDERED)
    for job in workspace.jobs.list(open_only=True):
        if _makes(job, video):
            return job
    if waited is None:
        return None
    try:
        job = workspace.jobs.find(waited)
    except StudioError:
        return None
    return job if _makes(job, video) else None


def _makes(job: Job, video: Video) -> bool:
    return job.kind is EXPORT and job.arguments.get("made_from") == video.id


def _show_job(workspace: Workspace, job: Job, on_open: OpenVideo) -> None:
    if not job.state.ended:
        if not job.cancel_requested:  # also of a visit before this one, which a reload ended
            st.session_state[ORDERED] = job.id
        st.fragment(_follow, run_every=POLL_EVERY)(workspace, job.id)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("It opens when it is ready. You can leave this page.", width="stretch")
            st.button(
                "Cancel",
                key=f"cancel_version {job.id}",
                icon=":material/stop_circle:",
                disabled=job.cancel_requested,
                on_click=_cancel,
                args=(workspace, job.id),
            )
        return
    st.session_state.pop(ORDERED, None)
    if job.state is JobState.DONE and job.video_id:
        on_open(job.video_id)
        st.rerun()
    if job.state is JobState.FAILED:
        st.error(plain(job.problem or "It ended without a video."), icon=":material/error:")
    st.button("Choose again", key="version_again", icon=":material/replay:")


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
    st.session_state.pop(ORDERED, None)
    try:
        workspace.jobs.cancel(job_id)
    except StudioError as error:
        refuse(error)


def _about(workspace: Workspace, video: Video, on_open: OpenVideo) -> None:
    """Show how an export differs from its original, with a link to it."""
    version = workspace.exports.describe(video.id)
    differs = []
    if version and version.shape:
        differs.append(f"{version.shape} {REACHED[version.fit]}")
    if version and version.style:
        differs.append(f"with captions in the style {style(version.style).title}")
    said = f": {', '.join(differs)}" if differs else ""
    st.markdown(f"This is a version of another video{plain(said)}.")
    assert video.made_from  # noqa: S101  the caller looked
    try:
        original = workspace.gallery.find(video.made_from)
    except StudioError:
        original = None
    if original is None or original.deleted_at is not None:
        st.caption("The original is not in the gallery any more.")
        return
    st.button(
        "Open the original",
        key="open_original",
        icon=":material/undo:",
        help="Correct its captions or make another version there.",
        on_click=on_open,
        args=(original.id,),
    )


def _others(workspace: Workspace, video: Video, on_open: OpenVideo) -> None:
    """Show the earlier exports of this video."""
    versions = workspace.exports.list(video.id)
    if not versions:
        return
    st.markdown("Versions so far")
    with st.grid("auto", min_column_width=VERSION_WIDTH, gap="small", key="versions"):
        for each in versions:
            with st.container(border=True, gap="xsmall"):
                try:
                    st.image(
                        card_picture(workspace.gallery.thumbnail(each.id)), width="stretch", alt=""
                    )
                except StudioError:
                    st.skeleton(height=80)
                st.button(
                    _what(workspace, each),
                    key=f"open_version_{each.id}",
                    type="tertiary",
                    help=show_title(each.title),
                    on_click=on_open,
                    args=(each.id,),
                )


def _what(workspace: Workspace, video: Video) -> str:
    """Return how an export differs, in two or three words."""
    version = workspace.exports.describe(video.id)
    words: list[str] = []
    if version and version.shape:
        words.append(version.shape)
    if version and version.style:
        words.append(style(version.style).title)
    return plain(" · ".join(words)) or show_title(video.title)
