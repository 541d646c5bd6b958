"""The click itself: what is on the page becomes a job, once."""

from decimal import Decimal

import streamlit as st

from components.projects.result_panel import watch
from components.shell.notices import problem
from components.shell.project import keep_for_job
from components.ui.memo import once
from talkinghead.catalogue import ModelInput
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job
from talkinghead.projects.project import Composition
from talkinghead.workspace import Workspace


def cropped(workspace: Workspace, composition: Composition) -> str:
    """The reference of the part of the portrait that is animated; empty while there is none."""
    portrait, box, geometry = composition.portrait, composition.crop, composition.geometry
    if portrait is None or box is None:
        return ""
    asked = (portrait.reference, box, geometry)
    reference: str = once(
        "cropped", asked, lambda: workspace.crop_portrait(portrait, box, geometry)
    )
    return reference


def order(
    workspace: Workspace, composition: Composition, agreed: Decimal | None = None
) -> Composition:
    """Order the draft, or what was agreed to pay for."""
    portrait, box, speech = composition.portrait, composition.crop, composition.speech
    if portrait is None or box is None or speech is None:
        return composition
    try:
        image = workspace.crop_portrait(portrait, box, composition.geometry)
        wanted: ModelInput = (
            composition.draft_input(image) if agreed is None else composition.model_input(image)
        )
        if same := _under_way(workspace, wanted):
            composition = watch(workspace, composition, same)
            st.toast("This very video is being made already.", icon=":material/hourglass_top:")
            return composition
        job = workspace.render(wanted, speech, composition.title, agreed=agreed)
        keep_for_job(workspace, composition, job)
    except StudioError as error:
        problem(str(error))
        return composition
    return watch(workspace, composition, job)


def _under_way(workspace: Workspace, wanted: ModelInput) -> Job | None:
    """A job that makes the same already: a second click never orders, or pays, twice."""
    this = (wanted.endpoint_id, wanted.arguments())
    for job in workspace.jobs(open_only=True):
        of_film = (job.arguments.get("endpoint"), job.arguments.get("input"))
        if this in ((job.endpoint_id, job.arguments), of_film):
            return job
    return None
