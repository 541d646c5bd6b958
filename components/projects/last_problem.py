"""The error of the watched render, shown at its field until that is changed."""

import streamlit as st

from components.projects.takes import JOB_PARAMETER
from components.ui.memo import memo
from talkinghead.core.errors import NotFound, UnreadableProject
from talkinghead.jobs.job import Job, JobState
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

PORTRAIT, SPEECH = "portrait", "speech"


def last_problem(workspace: Workspace, project: Project) -> dict[str, str]:
    """Return the problem with its place: "portrait", "speech" or a parameter's name; usually
    empty."""
    job = _watched(workspace, project)
    if job is None or job.state is not JobState.FAILED or not job.problem_field:
        return {}
    rendered = memo("rendered", job.id, lambda: _rendered(workspace, job.id))
    if rendered is None or rendered.endpoint_id != project.endpoint_id:
        return {}
    place = _place(project, job.problem_field)
    if _chosen(rendered, place) != _chosen(project, place):
        return {}
    return {place: job.problem or "The last render failed on this."}


def _watched(workspace: Workspace, project: Project) -> Job | None:
    asked = st.query_params.get(JOB_PARAMETER) or next(reversed(project.jobs), None)
    try:
        return workspace.jobs.find(asked) if asked else None
    except NotFound:
        return None


def _rendered(workspace: Workspace, job_id: str) -> Project | None:
    """Return the inputs that the job was ordered with."""
    try:
        return workspace.projects.find(job_id)
    except UnreadableProject:
        return None


def _place(project: Project, field: str) -> str:
    """Return where a field is on the page; the voice belongs to the speech."""
    if field in ("script", "recording", project.model.voice_field):
        return SPEECH
    return field


def _chosen(project: Project, place: str) -> object:
    """Return the current value there."""
    if place == PORTRAIT:
        portrait = project.portrait.reference if project.portrait else None
        return portrait, project.face, project.crop, project.shape, project.surround
    parameters = project.parameters_of(project.model)
    if place == SPEECH:
        edited = project.edited.reference if project.edited else None
        voice = parameters.get(project.model.voice_field or "")
        return project.source, project.script, edited, voice, project.sound
    return parameters.get(place)
