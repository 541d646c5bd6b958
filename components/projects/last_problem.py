"""What the watched render failed on, said beside the field it belongs to until that is changed."""

import streamlit as st
from pydantic import ValidationError

from components.projects.result_panel import JOB_PARAMETER
from components.ui.memo import once
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Job, JobState
from talkinghead.projects.project import Composition
from talkinghead.workspace import Workspace

PORTRAIT, SPEECH = "portrait", "speech"


def last_problem(workspace: Workspace, composition: Composition) -> dict[str, str]:
    """The problem by its place: "portrait", "speech" or a parameter's name; mostly empty."""
    job = _watched(workspace, composition)
    if job is None or job.state is not JobState.FAILED or not job.problem_field:
        return {}
    rendered = once("rendered", job.id, lambda: _rendered(workspace, job.id))
    if rendered is None or rendered.endpoint_id != composition.endpoint_id:
        return {}
    place = _place(composition, job.problem_field)
    if _chosen(rendered, place) != _chosen(composition, place):
        return {}
    return {place: job.problem or "The last render failed on this."}


def _watched(workspace: Workspace, composition: Composition) -> Job | None:
    asked = st.query_params.get(JOB_PARAMETER) or next(reversed(composition.jobs), None)
    try:
        return workspace.job(asked) if asked else None
    except NotFound:
        return None


def _rendered(workspace: Workspace, job_id: str) -> Composition | None:
    """What was on the page when the job was ordered."""
    kept = workspace.composition(job_id)
    try:
        return None if kept is None else Composition.model_validate(kept)
    except ValidationError:  # kept by another version of the studio
        return None


def _place(composition: Composition, field: str) -> str:
    """Where a field stands on the page; the voice stands with the speech."""
    if field in ("script", "recording", composition.model.voice_field):
        return SPEECH
    return field


def _chosen(composition: Composition, place: str) -> object:
    """What a person chose there."""
    if place == PORTRAIT:
        portrait = composition.portrait.reference if composition.portrait else None
        return portrait, composition.face, composition.crop, composition.shape
    parameters = composition.parameters_of(composition.model)
    if place == SPEECH:
        edited = composition.edited.reference if composition.edited else None
        voice = parameters.get(composition.model.voice_field or "")
        return composition.source, composition.script, edited, voice, composition.sound
    return parameters.get(place)
