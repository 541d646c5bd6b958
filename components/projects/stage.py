"""The stage at the left of Create: the portrait, and in its place what becomes of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from components.consent.portrait_consent import portrait_consent
from components.jobs.job_dialogs import Answer, job_question
from components.jobs.live_job import Place
from components.jobs.retry import carry_out, retry
from components.portraits.drop_anywhere import drop_anywhere
from components.portraits.new_portrait import next_turn, turn
from components.portraits.portrait_picker import CHANGE, UPLOAD, pick_portrait
from components.projects.job_panel import job_panel
from components.projects.stage_scroll import bring_into_view
from components.projects.takes import (
    find_takes,
    of_this,
    ordered_as,
    pick_take,
    show_portrait,
    shown_take,
    watch,
)
from components.retention.delete_face import delete_face_button, delete_face_dialog
from components.shell.focus import focus_after
from components.shell.notices import plain
from components.shell.project import keep, keep_for_job
from components.ui.heading import heading
from talkinghead.core.errors import NotFound, StudioError
from talkinghead.jobs.job import Job, JobState
from talkinghead.projects.steps.next_step import is_same_video
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

STYLE = Path(__file__).with_name("stage.css")
KEY = "create_stage"
EDIT = "create_edit_portrait"
"""The key of the button that leads from a video back to the portrait."""
TICK = 2.0  # seconds between two looks at the takes that are not watched


def show_stage(
    workspace: Workspace, project: Project, reported: str | None, announce: Place
) -> tuple[Project, list[Job]]:
    """Show the card.

    Args:
        workspace: whose.
        project: what is made.
        reported: what the last render said was wrong with the picture.
        announce: the place for a sentence on the progress of exactly this project.

    Returns:
        The project, with another portrait or a new job after a retry; and the takes of it.
    """
    st.html(STYLE)
    with st.container(border=True, key=KEY, height="stretch", gap="small"):
        if answer := job_question(workspace):
            project = _act(workspace, project, answer)
        delete_face_dialog(workspace, partial(_without_portrait, workspace, project))
        takes = find_takes(workspace, project)
        shown = shown_take(workspace, project, takes)
        _follow_others(workspace, [take for take in takes if take is not shown])
        if shown is None:
            project = pick_portrait(workspace, project, reported)
            if project.portrait is not None:
                _about_face(workspace, project.portrait.reference)
        else:
            project = _show_take(workspace, project, takes, shown, announce)
        pick_take(workspace, takes)
    drop_anywhere(KEY, UPLOAD, (EDIT, CHANGE), key="create_drop")
    place = UPLOAD if project.portrait is None else CHANGE
    focus_after(f"{turn()} {shown is None}", place, key="create_focus")
    bring_into_view(KEY, f"{shown.id} {shown.state.ended}" if shown else "", key="create_scroll")
    return project, takes


def _about_face(workspace: Workspace, portrait: str) -> None:
    """Show who is in the portrait, and the way to delete everything made with it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        portrait_consent(workspace, portrait)
        delete_face_button(portrait, key="create_delete_face")


def _without_portrait(workspace: Workspace, project: Project) -> None:
    """Take the portrait off the project after it was deleted, and what was made with it."""
    keep(workspace, project.with_(portrait=None, face=None, crops={}, jobs=()))
    next_turn()


def _show_take(
    workspace: Workspace, project: Project, takes: Sequence[Job], take: Job, announce: Place
) -> Project:
    with heading("Video" if take.state is JobState.DONE else "Portrait"):
        st.button(
            "Edit portrait",
            key=EDIT,
            icon=":material/face:",
            type="tertiary",
            on_click=show_portrait,
        )
    then = ordered_as(workspace, take) or project
    is_this = is_same_video(project, then, take)
    of_now = of_this(workspace, project, takes)
    again = job_panel(
        workspace,
        take,
        then,
        announce if is_this else None,
        bar_says_more=of_now.running is None and of_now.ended is take,
    )
    return project if again is None else _take(workspace, project, take.id, again)


def _act(workspace: Workspace, project: Project, answer: Answer) -> Project:
    """Apply a person's decision about a job."""
    try:
        if carry_out(workspace, answer):
            return project
        again = retry(workspace, answer.job_id, answer.agreement)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return project
    return _take(workspace, project, answer.job_id, again)


def _take(workspace: Workspace, project: Project, before: str, job: Job) -> Project:
    """Return the project with another job of the same inputs, which are saved under its id, too."""
    try:
        workspace.projects.copy(before, job.id)
    except NotFound:
        keep_for_job(workspace, project, job)
    return watch(workspace, project, job)


def _follow_others(workspace: Workspace, takes: Sequence[Job]) -> None:
    """Rerun the page when a take ends that the stage does not show."""
    if running := [take.id for take in takes if not take.state.ended]:
        st.fragment(_watch, run_every=TICK)(workspace, running)


def _watch(workspace: Workspace, job_ids: list[str]) -> None:
    try:
        ended = [workspace.jobs.find(job_id).state.ended for job_id in job_ids]
    except StudioError:
        return
    if any(ended):
        st.rerun()
