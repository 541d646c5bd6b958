"""The composition of this visit: named by the page's address, kept on every change."""

import streamlit as st
from pydantic import ValidationError

from components.shell.atomic_clicks import unbroken
from components.shell.notices import hint
from talkinghead.jobs.job import Job
from talkinghead.projects.project import PREFIX, PROJECT_PARAMETER, Composition
from talkinghead.workspace import Workspace

OPEN_ID = "project_id"
KEPT = "project_kept"
"""The keys of the open project's id and of the composition as the journal has it."""


def open_project(workspace: Workspace) -> Composition:
    """The composition that the address names, else the one of this visit, else an empty one."""
    composition = _opened(workspace).with_(pronunciations=tuple(workspace.pronunciations()))
    st.session_state[KEPT] = composition
    return composition


def _opened(workspace: Workspace) -> Composition:
    asked, known = st.query_params.get(PROJECT_PARAMETER), st.session_state.get(OPEN_ID)
    if asked and asked != known:
        return _load(workspace, asked)
    if known:
        if not asked:
            st.query_params[PROJECT_PARAMETER] = known
        kept: Composition = st.session_state[KEPT]
        return kept
    return Composition()


def keep(workspace: Workspace, composition: Composition) -> None:
    """Write the composition into the journal where it changed, and its id into the address; all
    of it, whatever is clicked meanwhile."""
    with unbroken():
        if composition == st.session_state.get(KEPT):
            return
        st.session_state[KEPT] = composition
        values = composition.model_dump(mode="json")
        if known := st.session_state.get(OPEN_ID):
            workspace.save_composition(known, values)
            return
        st.session_state[OPEN_ID] = workspace.new_composition(values)
    st.query_params[PROJECT_PARAMETER] = st.session_state[OPEN_ID]


def begin_anew() -> None:
    """Leave the open project, which stays where it is, and begin an empty one."""
    _forget()
    st.session_state.pop(OPEN_ID, None)
    st.session_state[KEPT] = Composition()
    st.query_params.pop(PROJECT_PARAMETER, None)
    st.query_params.pop("job", None)


def keep_for_job(workspace: Workspace, composition: Composition, job: Job) -> None:
    """Keep a copy under the job's id, for using its inputs again."""
    values = composition.with_(jobs=()).model_dump(mode="json")
    workspace.new_composition(values, composition_id=job.id)


def _load(workspace: Workspace, project_id: str) -> Composition:
    values = workspace.composition(project_id)
    try:
        composition = None if values is None else Composition.model_validate(values)
    except ValidationError:  # written by another version of the studio
        composition = None
    if composition is None:
        begin_anew()
        hint("That project is not here any more. This is a new one.")
        return Composition()
    _forget()
    st.session_state[OPEN_ID] = project_id
    return composition


def _forget() -> None:
    """Drop the widgets' values, so that they start from the composition."""
    for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]
