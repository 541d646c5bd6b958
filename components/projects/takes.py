"""The takes of a project: what was ordered of it, and which of them the stage shows."""

from collections.abc import Sequence

import streamlit as st

from components.shell.atomic_clicks import atomic_clicks
from components.shell.project import PREFIX, keep
from components.ui.choices import Choice, choices
from components.ui.memo import memo
from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import NotFound, StudioError, UnreadableProject
from talkinghead.core.money import show_cents
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.kinds import model_order
from talkinghead.projects.steps.next_step import Takes, is_paid, is_same_video, takes_of
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

JOB_PARAMETER = "job"
TAKES_SHOWN, TAKES_KEPT = 8, 50
TAKE, NEWEST = f"{PREFIX}take", f"{PREFIX}newest"
PORTRAIT = "portrait"
"""The choice that shows the portrait instead of a take."""
_ENDED_WITHOUT_VIDEO = {JobState.FAILED: "failed", JobState.CANCELLED: "canceled"}


def watch(workspace: Workspace, project: Project, job: Job) -> Project:
    """Return the project with a job just ordered, which the page shows from now on.

    It is kept before anything else: a click elsewhere can end this run at any moment.
    """
    others = [job_id for job_id in project.jobs if job_id != job.id]
    watched = project.with_(jobs=(*others[1 - TAKES_KEPT :], job.id))
    keep(workspace, watched)
    st.query_params[JOB_PARAMETER] = job.id
    return watched


def find_takes(workspace: Workspace, project: Project) -> list[Job]:
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


def of_this(workspace: Workspace, project: Project, takes: Sequence[Job]) -> Takes:
    """Return which of the takes are of exactly this project."""
    ordered = [(job, ordered_as(workspace, job)) for job in takes]
    return takes_of(project, [(job, then) for job, then in ordered if then is not None])


def ordered_as(workspace: Workspace, job: Job) -> Project | None:
    """Return the project as it was when the job was ordered; None where that was not kept."""

    def find() -> Project | None:
        try:
            return workspace.projects.find(job.id)
        except (NotFound, UnreadableProject):
            return None

    return memo(f"ordered_as {job.id}", job.id, find)


def shown_take(workspace: Workspace, project: Project, takes: Sequence[Job]) -> Job | None:
    """Return the take that the stage shows, or None while it shows the portrait.

    It is the one that a person chose, else the one of the URL, else the newest. One that ended
    without a video gives way to the portrait as soon as something is changed.
    """
    if not takes:
        return None
    by_id, newest = {job.id: job for job in takes}, takes[-1].id
    with atomic_clicks():
        known = st.session_state.get(NEWEST)
        st.session_state[NEWEST] = newest
        held = (st.session_state.get(TAKE) or {}).get("chosen")
        if known != newest or (held != PORTRAIT and held not in by_id):
            # Where one was just ordered, a click may have come before its place in the address.
            asked = st.query_params.get(JOB_PARAMETER)
            just_ordered = known not in (None, newest)
            held = newest if just_ordered or asked not in by_id else asked
        shown = by_id.get(str(held))
        if shown is not None and _is_settled(workspace, project, shown):
            shown = None
        st.session_state[TAKE] = {"chosen": shown.id if shown else PORTRAIT}
    _name_in_address(shown)
    return shown


def show_portrait() -> None:
    """Show the portrait from the next run on."""
    st.session_state[TAKE] = {"chosen": PORTRAIT}


def pick_take(workspace: Workspace, takes: Sequence[Job]) -> None:
    """Show the takes as a choice, the portrait first; `shown_take` applies it in the next run."""
    if not takes:
        return
    names = _names(workspace, takes)
    options = [Choice(job.id, name) for job, name in zip(takes, names, strict=True)]
    with st.container(key="create_takes", horizontal=True, horizontal_alignment="center"):
        choices(
            "Portrait or take",
            [Choice(PORTRAIT, "Portrait"), *options],
            key=TAKE,
            look="pills",
            default=PORTRAIT,
        )


def _is_settled(workspace: Workspace, project: Project, job: Job) -> bool:
    """Whether a take has ended without a video and something was changed since."""
    then = ordered_as(workspace, job) if job.state in _ENDED_WITHOUT_VIDEO else None
    return then is not None and not is_same_video(project, then, job)


def _name_in_address(shown: Job | None) -> None:
    if shown is not None:
        st.query_params[JOB_PARAMETER] = shown.id
    else:
        st.query_params.pop(JOB_PARAMETER, None)


def _names(workspace: Workspace, takes: Sequence[Job]) -> list[str]:
    """Return a name for each take: what made it and its price, numbered where two are alike."""
    names = [_name(workspace, job) for job in takes]
    return [
        f"{name} ({names[: place + 1].count(name)})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


def _name(workspace: Workspace, job: Job) -> str:
    if job.comparison and workspace.comparisons.hidden().job(job):
        return "Blind test"
    title = short_title(workspace.catalogue, job)
    if job.state in _ENDED_WITHOUT_VIDEO:
        return f"{title} · {_ENDED_WITHOUT_VIDEO[job.state]}"
    if not job.state.ended:
        return f"{title} · in progress"
    if not is_paid(job):
        return f"{title} · free"
    return f"{title} · {show_cents(job.estimate if job.billed is None else job.billed)}"


def short_title(catalogue: Catalogue, job: Job) -> str:
    """Return "Draft", or the title of the model that renders."""
    if not is_paid(job):
        return "Draft"
    return catalogue.title_of(model_order(job.endpoint_id, job.arguments)[0])
