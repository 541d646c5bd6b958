"""The project of this visit: named by the page's address, kept on every change.

A reload, another page or a server's restart finds it again: `?project=…` names it. Each render
keeps a copy under the job's own id, so that a video's inputs can be used again as they were.
"""

import streamlit as st

from components.shell.atomic_clicks import atomic_clicks
from components.shell.notices import hint
from talkinghead.core.errors import UnreadableProject
from talkinghead.jobs.job import Job
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

PROJECT_PARAMETER = "project"
PREFIX = "create_"
"""Every key of the Create page in the session's state begins so."""
OPEN_ID = "project_id"
KEPT = "project_kept"
"""The keys of the open project's id and of the project as the journal has it."""


def open_project(workspace: Workspace) -> Project:
    """The project that the address names, else the one of this visit, else an empty one."""
    project = workspace.projects.in_workspace(_opened(workspace))
    st.session_state[KEPT] = project
    return project


def _opened(workspace: Workspace) -> Project:
    asked, known = st.query_params.get(PROJECT_PARAMETER), st.session_state.get(OPEN_ID)
    if asked and asked != known:
        return _load(workspace, asked)
    if known:
        if not asked:
            st.query_params[PROJECT_PARAMETER] = known
        kept: Project = st.session_state[KEPT]
        return kept
    return Project()


def keep(workspace: Workspace, project: Project) -> None:
    """Write the project into the journal where it changed, and its id into the address; all
    of it, whatever is clicked meanwhile."""
    with atomic_clicks():
        if project == st.session_state.get(KEPT):
            return
        st.session_state[KEPT] = project
        if known := st.session_state.get(OPEN_ID):
            workspace.projects.save(known, project)
            return
        st.session_state[OPEN_ID] = workspace.projects.create(project)
    st.query_params[PROJECT_PARAMETER] = st.session_state[OPEN_ID]


def begin_new() -> None:
    """Leave the open project, which stays where it is, and begin an empty one."""
    _forget()
    st.session_state.pop(OPEN_ID, None)
    st.session_state[KEPT] = Project()
    st.query_params.pop(PROJECT_PARAMETER, None)
    st.query_params.pop("job", None)


def keep_for_job(workspace: Workspace, project: Project, job: Job) -> None:
    """Keep a copy under the job's id, for using its inputs again."""
    workspace.projects.create(project.with_(jobs=()), job.id)


def _load(workspace: Workspace, project_id: str) -> Project:
    reason = "That project is not here any more."
    try:
        project = workspace.projects.find(project_id)
    except UnreadableProject as error:
        project, reason = None, str(error)
    if project is None:
        begin_new()
        hint(f"{reason} This is a new one.")
        return Project()
    _forget()
    st.session_state[OPEN_ID] = project_id
    return project


def _forget() -> None:
    """Drop the widgets' values, so that they start from the project."""
    for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]
