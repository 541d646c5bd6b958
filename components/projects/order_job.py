"""The click itself: what is on the page becomes a job, once."""

from decimal import Decimal

import streamlit as st

from components.projects.result_panel import watch
from components.shell.notices import problem
from components.shell.project import keep_for_job
from components.ui.memo import memo
from talkinghead.catalogue import ModelInput
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import model_order
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace


def cropped(workspace: Workspace, project: Project) -> str:
    """The reference of the part of the portrait that is animated; empty while there is none."""
    portrait, box, geometry = project.portrait, project.crop, project.geometry
    if portrait is None or box is None:
        return ""
    asked = (portrait.reference, box, geometry)
    reference: str = memo("cropped", asked, lambda: workspace.projects.picture(project))
    return reference


def order(workspace: Workspace, project: Project, agreed: Decimal | None = None) -> Project:
    """Order the draft, or what was agreed to pay for."""
    if project.portrait is None or project.crop is None or project.speech is None:
        return project
    projects = workspace.projects
    try:
        wanted = projects.draft_order(project) if agreed is None else projects.render_order(project)
        if same := _under_way(workspace, wanted.input):
            project = watch(workspace, project, same)
            st.toast("This very video is being made already.", icon=":material/hourglass_top:")
            return project
        job = workspace.renders.order(wanted.input, wanted.speech, wanted.title, agreed=agreed)
        keep_for_job(workspace, project, job)
    except StudioError as error:
        problem(str(error))
        return project
    return watch(workspace, project, job)


def _under_way(workspace: Workspace, wanted: ModelInput) -> Job | None:
    """A job that makes the same already: a second click never orders, or pays, twice."""
    this = (wanted.endpoint_id, wanted.arguments())
    for job in workspace.jobs.list(open_only=True):
        if model_order(job.endpoint_id, job.arguments) == this:
            return job
    return None
