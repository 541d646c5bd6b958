"""The project of this visit: named by the page's URL, saved on every change.

A reload, another page or a server's restart finds it again: `?project=…` names it. Each render
keeps a copy under the job's own id, so that a video's inputs can be used again as they were.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from components.shell.atomic_clicks import atomic_clicks
from components.shell.notices import hint
from talkinghead.core.errors import NotFound, UnreadableProject
from talkinghead.jobs.job import Job
from talkinghead.projects.values import Conflict, Project, SavedProject
from talkinghead.workspace import Workspace

PROJECT_PARAMETER = "project"
PREFIX = "create_"
"""Every key of the Create page in the session's state begins so."""
OPEN_ID = "project_id"
KEPT = "project_kept"
"""The keys of the open project's id and of the project as it is now."""
UNSAVED = "project_unsaved"
"""The key that says that the journal does not have it yet."""
STORED = "project_stored"
"""The key of what the journal has, and of what this tab knew of it."""
CHOICE = "project_choice"
"""The key of the field that a person just settled, and of the value they chose."""
WIDGETS: Mapping[str, tuple[str, ...]] = {
    "portrait": (
        "create_face",
        "create_shape",
        "create_fit",
        "create_surround_colour",
        "create_crop",
    ),
    "recording": ("create_trim", "create_cut", "create_level"),
    "source": ("create_source",),
    "script": ("create_script", "create_cleaned"),
    "reader": ("create_reader", "create_voices_from"),
    "own_voice": ("create_whose_voice",),
    "endpoint_id": ("create_model_chosen",),
}
"""The keys of the widgets of each field of a project, as fields are named in a `Conflict`; that of
a parameter is its name, and more after it."""


@dataclass(frozen=True)
class _Stored:
    """A project in the journal.

    Attributes:
        project_id: which.
        seen: how this tab knows it; another tab may have changed more.
        saved: what is stored.
    """

    project_id: str
    seen: Project
    saved: SavedProject


def open_project(workspace: Workspace) -> Project:
    """Return the project named by the URL, otherwise the one of this visit, otherwise an empty
    one."""
    project = workspace.projects.in_workspace(_opened(workspace))
    with atomic_clicks():
        if choice := st.session_state.pop(CHOICE, None):
            project = workspace.projects.settle(project, *choice)
            st.session_state[UNSAVED] = True
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
    if a click interrupts the run.

    What another tab saved meanwhile is merged; `adopt` shows it.
    """
    with atomic_clicks():
        if project == st.session_state.get(KEPT) and not st.session_state.get(UNSAVED):
            return
        # An outage leaves it in the session, and the next run saves it.
        st.session_state[KEPT], st.session_state[UNSAVED] = project, True
        known = st.session_state.get(OPEN_ID)
        if known:
            try:
                _save(workspace, known, project)
            except NotFound:  # everything was deleted in another tab
                _begin_with_words_of(workspace, project)
                st.rerun()
        else:
            st.session_state[OPEN_ID] = workspace.projects.create(project)
        st.session_state[UNSAVED] = False
        if known:
            return
    st.query_params[PROJECT_PARAMETER] = st.session_state[OPEN_ID]


def _begin_with_words_of(workspace: Workspace, project: Project) -> None:
    """Begin a new project with what was typed: the files of the old one are gone."""
    begin_new()
    kept = Project(
        catalogue=workspace.catalogue,
        script=project.script,
        endpoint_id=project.endpoint_id,
        parameters=project.parameters,
    )
    st.session_state[KEPT] = kept
    st.session_state[OPEN_ID] = workspace.projects.create(kept)
    st.query_params[PROJECT_PARAMETER] = st.session_state[OPEN_ID]


def _save(workspace: Workspace, project_id: str, project: Project) -> None:
    stored: _Stored | None = st.session_state.get(STORED)
    if stored is None or stored.project_id != project_id:
        found = workspace.projects.open(project_id)
        if found is None:
            raise NotFound("This project is no longer available. Start a new one.")
        stored = _Stored(project_id, found.project, found)
    mine = project
    if stored.seen is not stored.saved.project:
        mine = workspace.projects.merge(stored.seen, project, stored.saved.project)
    saved = workspace.projects.save(project_id, mine, stored.saved)
    st.session_state[STORED] = _Stored(project_id, project, saved)


def adopt(workspace: Workspace) -> bool:
    """Take over what another tab saved, at the end of a run, when all that was typed here is in the
    project; returns whether there was anything, so that the page has to run again."""
    stored: _Stored | None = st.session_state.get(STORED)
    if stored is None or stored.seen is stored.saved.project or st.session_state.get(UNSAVED):
        return False
    with atomic_clicks():
        forget_fields(workspace.projects.changed_fields(stored.seen, stored.saved.project))
        st.session_state[KEPT] = stored.saved.project
        st.session_state[STORED] = replace(stored, seen=stored.saved.project)
    return True


def choose(field: str, chosen: Conflict | None) -> None:
    """Settle a field that was changed in two tabs, in the next run: as it is here, or with the
    other value."""
    st.session_state[CHOICE] = (field, chosen)
    if chosen is not None:
        forget_fields([field])


def forget_fields(fields: Iterable[str]) -> None:
    """Delete the session values of the widgets of these fields of a project, so that they start
    from the project."""
    wanted = [key for field in fields for key in WIDGETS.get(field, (f"{PREFIX}{field}",))]
    for key in [str(key) for key in st.session_state]:
        if any(key == each or key.startswith(f"{each} ") for each in wanted):
            del st.session_state[key]


def begin_new() -> None:
    """Close the open project, which stays saved, and start an empty one."""
    _forget()
    st.session_state.pop(OPEN_ID, None)
    st.session_state.pop(KEPT, None)
    st.session_state.pop(STORED, None)
    st.session_state[UNSAVED] = False
    st.query_params.pop(PROJECT_PARAMETER, None)
    st.query_params.pop("job", None)


def keep_for_job(workspace: Workspace, project: Project, job: Job) -> None:
    """Save a copy under the job's id, so that its inputs can be used again."""
    workspace.projects.create(project.with_(jobs=(), conflicts=()), job.id)


def _load(workspace: Workspace, project_id: str) -> Project:
    reason = "That project is no longer available."
    try:
        found = workspace.projects.open(project_id)
    except UnreadableProject as error:
        found, reason = None, str(error)
    if found is None:
        begin_new()
        hint(f"{reason} This is a new one.")
        return Project(catalogue=workspace.catalogue)
    _forget()
    st.session_state[OPEN_ID] = project_id
    st.session_state[STORED] = _Stored(project_id, found.project, found)
    return found.project


def _forget() -> None:
    """Delete the widgets' session values, so that they start from the project."""
    for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]
