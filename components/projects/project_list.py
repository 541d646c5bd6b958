"""The title of Create, and beside it the way to other projects and to a new one; and the undo of
"Start over" and of a deletion."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components.shell.notices import plain
from components.shell.project import OPEN_ID, PROJECT_PARAMETER, begin_new
from components.ui.datetimes import show_age
from components.ui.video_card import show_title
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job
from talkinghead.jobs.wording.status import status_of
from talkinghead.projects.listing.summaries import ProjectSummary
from talkinghead.projects.service import LONGEST_NAME
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

SHOWN = 8
CLOSED = "closed"
"""The name in the address of the project that "Start over" closed, so that a reload offers to undo
it."""
DELETED, RENAMING = "project_deleted", "project_renaming"
"""The keys of the project that was deleted last, and of the one whose name is asked for."""
RENAME, DELETE = "Rename", "Delete"
TITLE_WIDTH = 230  # px; a longer title ends in "…"


def title_row(workspace: Workspace, project: Project) -> None:
    """Show the title, and beside it the way to other projects and to a new one."""
    is_empty = not (project.portrait or project.speech)
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="create_title",
    ):
        st.title(plain(project.title) or "New video", anchor=False, width="content")
        projects_menu(workspace, is_empty=is_empty)
    undo_line(workspace, is_empty=is_empty)


def projects_menu(workspace: Workspace, *, is_empty: bool) -> None:
    """Show the popover with the recent projects and the way to a new one; nothing before there is
    a project.

    Args:
        workspace: whose.
        is_empty: whether the open project holds nothing yet.
    """
    open_id = st.session_state.get(OPEN_ID)
    recent = workspace.projects.recent(SHOWN)
    others = [summary for summary in recent if summary.id != open_id or not is_empty]
    if others or not is_empty:
        label = "Continue where you left off" if is_empty else "Projects"
        with st.popover(label, icon=":material/folder_open:", type="tertiary", key="projects"):
            if not is_empty:
                st.button(
                    "Start over",
                    key="start_over",
                    icon=":material/restart_alt:",
                    on_click=start_over,
                )
            states = _states(workspace, others)
            for summary in others:
                _row(workspace, summary, states[summary.id], is_open=summary.id == open_id)
    _rename_dialog(workspace, recent)


def start_over() -> None:
    """Button callback: close the open project, which stays saved, and offer to undo that."""
    closed = st.session_state.get(OPEN_ID)
    begin_new()
    st.session_state.pop(DELETED, None)
    if closed:
        st.query_params[CLOSED] = closed


def undo_line(workspace: Workspace, *, is_empty: bool) -> None:
    """Show one line that undoes a deletion, or "Start over" while the new project is empty."""
    if deleted := st.session_state.get(DELETED):
        _line(f"“{deleted[1]}” was deleted.", "undo_project", _restore, workspace, deleted[0])
        return
    closed = st.query_params.get(CLOSED)
    if not closed:
        return
    if is_empty:
        _line("You started a new video.", "undo_start_over", open_saved, closed)
    else:
        st.query_params.pop(CLOSED, None)


def open_saved(project_id: str) -> None:
    """Button callback: open another project on this page."""
    begin_new()
    st.session_state.pop(DELETED, None)
    st.query_params.pop(CLOSED, None)
    st.query_params[PROJECT_PARAMETER] = project_id


def _line(text: str, key: str, undo: Callable[..., None], *args: object) -> None:
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"{key}_line",
    ):
        st.markdown(plain(text), width="content")
        st.button("Undo", key=key, icon=":material/undo:", on_click=undo, args=args)


def _row(workspace: Workspace, summary: ProjectSummary, state: str, *, is_open: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        with st.container(gap=None, width=TITLE_WIDTH):
            st.button(
                show_title(summary.title),
                key=f"open_project_{summary.id}",
                type="tertiary",
                disabled=is_open,
                on_click=open_saved,
                args=(summary.id,),
                wrap=False,
            )
            place = "Open now" if is_open else show_age(summary.updated_at)
            st.caption(plain(f"{state} · {place}"))
        act = st.menu_button(
            "",
            [RENAME, DELETE],
            key=f"project_menu_{summary.id}",
            icon=":material/more_horiz:",
            type="tertiary",
        )
    if act == RENAME:
        st.session_state[RENAMING] = summary.id
    elif act == DELETE:
        _delete(workspace, summary)
        st.rerun()


def _states(workspace: Workspace, summaries: Sequence[ProjectSummary]) -> Mapping[str, str]:
    """Return the state of each project in a few words, by its id."""
    newest = {summary.id: summary.jobs[-1] for summary in summaries if summary.jobs}
    jobs = {job.id: job for job in workspace.jobs.several(list(newest.values()))}
    return {
        summary.id: project_state(summary, jobs.get(newest.get(summary.id, "")))
        for summary in summaries
    }


def project_state(summary: ProjectSummary, job: Job | None) -> str:
    """Return how far a project is, in a few words.

    Args:
        summary: the project.
        job: what was ordered for it last, or None.
    """
    if job is not None:
        made = "Draft" if not job.kind.paid and not job.kind.is_composite else "Render"
        return f"{made}: {status_of(job).text.lower()}"
    if summary.portrait is None:
        return "Needs a portrait"
    return "Ready to render" if summary.has_words else "Needs a script"


def _delete(workspace: Workspace, summary: ProjectSummary) -> None:
    try:
        workspace.projects.delete(summary.id)
    except StudioError as error:
        st.toast(plain(str(error)), icon=":material/error:")
        return
    if st.session_state.get(OPEN_ID) == summary.id:
        begin_new()
    st.query_params.pop(CLOSED, None)
    st.session_state[DELETED] = (summary.id, summary.title)


def _restore(workspace: Workspace, project_id: str) -> None:
    st.session_state.pop(DELETED, None)
    try:
        workspace.projects.restore(project_id)
    except StudioError as error:
        st.toast(plain(str(error)), icon=":material/error:")
        return
    open_saved(project_id)


def _stop_renaming() -> None:
    st.session_state.pop(RENAMING, None)


def _rename_dialog(workspace: Workspace, summaries: Sequence[ProjectSummary]) -> None:
    """Show the dialog that asks for a name, if it is open."""
    asked = st.session_state.get(RENAMING)
    summary = next((each for each in summaries if each.id == asked), None)
    if summary is None:
        return

    @st.dialog("Rename project", width="small", on_dismiss=_stop_renaming)
    def ask() -> None:
        with st.form("rename_project", border=False):
            name = st.text_input(
                "Name", summary.title, max_chars=LONGEST_NAME, key=f"project_name_{summary.id}"
            )
            if st.form_submit_button("Save", key="save_project_name", type="primary"):
                _stop_renaming()
                try:
                    workspace.projects.rename(summary.id, name or "")
                except StudioError as error:
                    st.toast(plain(str(error)), icon=":material/error:")
                st.rerun()

    ask()
