"""Makes the edited recording of a project, once, where something is about to be ordered of it."""

import streamlit as st

from components.shell.notices import problem
from components.shell.project import keep
from talkinghead.core.errors import StudioError
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace


def recording_is_ready(workspace: Workspace, project: Project) -> bool:
    """Whether the recording is there as it will be used.

    Where it still has to be edited, that is done now, and the page begins again with what came of
    it: its length and its price are exact from then on. False if it cannot be; the reason is shown.
    """
    if not project.needs_edit:
        return True
    try:
        with st.spinner("Editing the recording"):
            edited = workspace.projects.with_edit(project)
    except StudioError as error:
        problem(str(error))
        return False
    keep(workspace, edited)
    st.rerun()
