"""The project of this visit: named by the page's URL, saved on every change.

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
"""The keys of the open project's id and of the project as it is now."""
UNSAVED = "project_unsaved"
"""The key that says that the journal does not have it yet, because of an outage."""


def open_project(workspace: Workspace) -> Project:
    """Return the project named by the URL, otherwise the one of this visit, otherwise an empty
    one."""
    project = workspace.projects.in_workspace(_opened(workspace))
    st.session_state[KEPT] = project
    return project


def _opened(workspace: Workspace) -> Project:
    asked, known = st.query_params.get(PROJECT_PARAMETER), st.session_state.get(OPEN_ID)
    if asked and asked != known:
        return _load(workspace, asked)
    if known or st.session_state.get(UNSAVED):
        if known and not asked:
            st.query_params[PROJECT_PARAMETER] = known
        kept: Project = st.session_state[KEPT]
        return kept
    return Project(catalogue=workspace.catalogue)


def keep(workspace: Workspace, project: Project) -> None:
    """Save the project to the database if it changed, and put its id into the URL; all of it, even
    if a click interrupts the run."""
    with atomic_clicks():
        if project == st.session_state.get(KEPT) and not st.session_state.get(UNSAVED):
            return
        # An outage leaves it in the session, and the next run saves it.
        st.session_state[KEPT], st.session_state[UNSAVED] = project, True
        known = st.session_state.get(OPEN_ID)
        if known:
            workspace.projects.save(known, project)
        else:
            st.session_state[OPEN_ID] = workspace.projects.create(project)
        st.session_state[UNSAVED] = False
        if known:
            return
    st.query_params[PROJECT_PARAMETER] = st.session_state[OPEN_ID]


def begin_new() -> None:
    """Close the open project, which stays saved, and start an empty one."""
    _forget()
    st.session_state.pop(OPEN_ID, None)
    st.session_state.pop(KEPT, None)
    st.session_state[UNSAVED] = False
    st.query_params.pop(PROJECT_PARAMETER, None)
    st.query_params.pop("job", None)


def keep_for_job(workspace: Workspace, project: Project, job: Job) -> None:
    """Save a copy under the job's id, so that its inputs can be used again."""
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
        return Project(catalogue=workspace.catalogue)
    _forget()
    st.session_state[OPEN_ID] = project_id
    return project


def _forget() -> None:
    """Delete the widgets' session values, so that they start from the project."""
    for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]
