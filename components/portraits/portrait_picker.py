"""The portrait on the stage of Create: an uploader and samples, or the portrait and its crop."""

import streamlit as st

from components.portraits.change_portrait import CHANGE as CHANGE
from components.portraits.change_portrait import change_portrait
from components.portraits.crop_picker import pick_crop
from components.portraits.empty_stage import fill_stage
from components.portraits.new_portrait import UPLOAD as UPLOAD
from components.portraits.new_portrait import show_problem
from components.shell.conflicts import show_conflicts
from components.shell.notices import problem
from components.ui.heading import heading
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace


def pick_portrait(workspace: Workspace, project: Project, reported: str | None = None) -> Project:
    """Show the portrait; returns the project with the selected picture, face, shape and crop.

    Args:
        workspace: whose.
        project: what was chosen before.
        reported: what the last render said was wrong with the picture.
    """
    with st.container(key="create_portrait"):
        with heading("Portrait"):
            if project.portrait is not None:
                project = change_portrait(workspace, project, project.portrait)
        show_conflicts(project, "portrait")
        show_problem()
        if project.portrait is None:
            project = fill_stage(workspace, project)
        if project.portrait is not None:
            if reported:
                problem(reported)
            project = pick_crop(workspace, project, project.portrait)
    return project
