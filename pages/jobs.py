"""Renders page: follow, cancel, decide and retry renders; and the billing history."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.billing.billing_history import billing_history
from components.billing.history_rows import LedgerActions
from components.jobs.job_card import JobActions
from components.jobs.job_dialogs import Answer, job_question
from components.jobs.job_list import CLEARED, job_list
from components.jobs.job_toolbar import job_toolbar
from components.jobs.retry import carry_out, retry
from components.shell.announcements import mark_all_seen
from components.shell.notices import plain
from components.shell.session import enter, open_page
from components.ui.agreement import Agreement
from components.ui.bound_choices import bound_choices
from components.ui.choices import Choice
from components.ui.empty_state import empty_state
from talkinghead.core.errors import StudioError

PROBLEM = "jobs_problem"
VIEW, RENDERS, BILLING = "view", "renders", "billing"

workspace = enter().workspace


def attempt(verb: Callable[[str], object]) -> Callable[[str], None]:
    """Wrap a callable so that a refusal is shown on the page instead of ending it."""

    def act(job_id: str) -> None:
        try:
            verb(job_id)
        except StudioError as error:
            st.session_state[PROBLEM] = str(error)

    return act


def try_again(job_id: str, agreement: Agreement | None = None) -> None:
    """Retry a failed job as a new job; a paid one costs what was confirmed."""
    retry(workspace, job_id, agreement)
    workspace.jobs.dismiss(job_id)


def decide(job_id: str, answer: Answer) -> None:
    """Apply a person's decision about a job."""
    if not carry_out(workspace, answer):
        try_again(job_id, answer.agreement)


def heading(*, has_history: bool) -> str:
    """Show the title, and the choice between the renders and the billing history; returns it."""
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.title("Renders", anchor=False, width="content")
        if not has_history:
            return RENDERS
        views = [Choice(RENDERS, "Renders"), Choice(BILLING, "Billing history")]
        return bound_choices("View", views, key=VIEW, look="segments", default=RENDERS)


def renders() -> None:
    """Show the list, or the way to a first render."""
    if workspace.jobs.counts() or st.session_state.get(CLEARED):
        job_list(workspace, job_toolbar(workspace), actions)
    elif empty_state(
        "No renders yet",
        "Drafts and renders show here while they are made, with their progress and log.",
        button="Create a video",
        key="empty_jobs",
    ):
        open_page("create")


actions = JobActions(
    cancel=attempt(workspace.jobs.cancel),
    retry=attempt(try_again),
    dismiss=attempt(workspace.jobs.dismiss),
    reconcile=attempt(workspace.jobs.reconcile),
    fetch_again=attempt(workspace.jobs.fetch_again),
)
answer = job_question(workspace)
if answer:
    attempt(partial(decide, answer=answer))(answer.job_id)
mark_all_seen(workspace)
view = heading(has_history=bool(workspace.billing.ledger(limit=1)))
problem = st.session_state.pop(PROBLEM, None)
if problem:
    st.error(plain(problem), icon=":material/error:")
if view == BILLING:
    ways = LedgerActions(actions.fetch_again, actions.reconcile)
    video_id = billing_history(workspace, ways, workspace.comparisons.hidden())
    if video_id:
        open_page("gallery", video=video_id)
else:
    renders()
