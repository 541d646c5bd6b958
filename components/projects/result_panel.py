"""The results of a project: its takes, one of them selected."""

from collections.abc import Sequence

import streamlit as st

from components.jobs.job_dialogs import Answer, job_question
from components.jobs.retry import carry_out, retry
from components.projects.job_panel import job_panel
from components.shell.atomic_clicks import atomic_clicks
from components.shell.notices import plain
from components.shell.project import keep, keep_for_job
from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import NotFound, StudioError
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import made_on
from talkinghead.jobs.wording.status import status_of
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

JOB_PARAMETER = "job"
TAKES_SHOWN, TAKES_KEPT = 8, 50
TICK = 2.0  # seconds between two looks at the takes that are not watched


def watch(workspace: Workspace, project: Project, job: Job) -> Project:
    """Return the project with a job just ordered, which the page shows from now on.

    It is kept before anything else: a click elsewhere can end this run at any moment.
    """
    others = [job_id for job_id in project.jobs if job_id != job.id]
    watched = project.with_(jobs=(*others[1 - TAKES_KEPT :], job.id))
    keep(workspace, watched)
    st.query_params[JOB_PARAMETER] = job.id
    return watched


def show_result(workspace: Workspace, project: Project) -> Project:
    """Show the card; returns the project, with a new job after a retry."""
    with st.container(border=True, key="create_result", height="stretch"):
        st.subheader("Video", anchor=False)
        return _result(workspace, project)


def _result(workspace: Workspace, project: Project) -> Project:
    if answer := job_question(workspace):
        project = _act(workspace, project, answer)
    takes = _takes(workspace, project)
    if not takes:
        st.space("medium")
        st.title(":gray[:material/smart_display:]", anchor=False, text_alignment="center")
        st.caption("Your video appears here.", text_alignment="center")
        st.space("medium")
        return project
    job = _chosen_take(workspace.catalogue, takes, project.jobs)
    if others := [take.id for take in takes if take.id != job.id and not take.state.ended]:
        st.fragment(_watch_others, run_every=TICK)(workspace, others)
    again = job_panel(workspace, job)
    return project if again is None else _take(workspace, project, job.id, again)


def _act(workspace: Workspace, project: Project, answer: Answer) -> Project:
    """Apply a person's decision about a job."""
    try:
        if carry_out(workspace, answer):
            return project
        again = retry(workspace, answer.job_id, answer.agreement)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return project
    return _take(workspace, project, answer.job_id, again)


def _take(workspace: Workspace, project: Project, before: str, job: Job) -> Project:
    """Return the project with another job of the same inputs, which are saved under its id, too."""
    try:
        workspace.projects.copy(before, job.id)
    except NotFound:
        keep_for_job(workspace, project, job)
    return watch(workspace, project, job)


def _watch_others(workspace: Workspace, job_ids: list[str]) -> None:
    """Rerun the page when a take ends that is not the selected one."""
    try:
        ended = [workspace.jobs.find(job_id).state.ended for job_id in job_ids]
    except StudioError:
        return
    if any(ended):
        st.rerun()


def _takes(workspace: Workspace, project: Project) -> list[Job]:
    """Return the jobs of this project that still exist, oldest first, and the one of the URL."""
    asked = st.query_params.get(JOB_PARAMETER)
    ids = list(project.jobs)
    if asked and asked not in ids:
        ids.append(asked)
    takes = []
    for job_id in ids[-TAKES_SHOWN:]:
        try:
            takes.append(workspace.jobs.find(job_id))
        except StudioError:
            continue
    return takes


def _chosen_take(catalogue: Catalogue, takes: list[Job], ordered: Sequence[str]) -> Job:
    """Return the selected take: the one of the URL, else the newest.

    Args:
        takes: those that are shown, of which there is at least one.
        ordered: the ids of all of them, which they are numbered by.
    """
    by_id = {job.id: job for job in takes}
    asked, newest = st.query_params.get(JOB_PARAMETER), takes[-1].id
    with atomic_clicks():
        known = st.session_state.get("create_newest")
        st.session_state["create_newest"] = newest
        if len(takes) == 1:
            return takes[0]
        if known != newest or st.session_state.get("create_take") not in by_id:
            # Where one was just ordered, a click may have come before its place in the address.
            just_ordered = known not in (None, newest)
            chosen = newest if just_ordered or asked not in by_id else asked
            st.session_state["create_take"] = chosen
    take = st.segmented_control(
        "Takes",
        list(by_id),
        format_func=lambda job_id: (
            f":material/{status_of(by_id[job_id]).icon}: Take {take_number(job_id, ordered)}"
        ),
        key="create_take",
        required=True,
        label_visibility="collapsed",
    )
    job = by_id[take or newest]
    st.query_params[JOB_PARAMETER] = job.id
    st.caption(plain(made_on(catalogue, job.endpoint_id, job.arguments)))
    return job


def take_number(job_id: str, ordered: Sequence[str]) -> int:
    """Return its number in the project; one from elsewhere comes last."""
    return [*ordered, job_id].index(job_id) + 1
