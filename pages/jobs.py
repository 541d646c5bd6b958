"""Jobs page: follow, cancel, decide and retry jobs; and the ledger of paid requests."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.billing.ledger import LedgerActions, ledger
from components.jobs.blind_job_card import blind_job_card
from components.jobs.job_card import JobActions, job_card
from components.jobs.job_dialogs import Answer, job_question
from components.jobs.retry import carry_out, retry
from components.shell.notices import plain
from components.shell.session import enter, open_page
from components.ui.agreement import Agreement
from components.ui.empty_state import empty_state
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job, JobState
from talkinghead.videos.values import BlindEntries

SHOWN = 50
TICK = 1.0  # seconds
PROBLEM = "jobs_problem"

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


actions = JobActions(
    cancel=attempt(workspace.jobs.cancel),
    retry=attempt(try_again),
    dismiss=attempt(workspace.jobs.dismiss),
    reconcile=attempt(workspace.jobs.reconcile),
    fetch_again=attempt(workspace.jobs.fetch_again),
)


def show(jobs: list[Job], hidden: BlindEntries) -> None:
    """Show the cards, newest first; opens the gallery if a video is clicked."""
    with st.grid(2, min_column_width=380, gap="small"):
        for job in hidden.mixed(jobs, hidden.job):
            if blind := hidden.job(job):
                blind_job_card(workspace, job, blind, actions.dismiss)
                continue
            video_id = job_card(workspace, job, actions)
            if video_id:
                open_page("gallery", video=video_id)


def section(title: str, jobs: list[Job], hidden: BlindEntries) -> None:
    """Show a heading and its cards. An empty section keeps an empty placeholder: otherwise a card
    that moved to another section would be seen in both until the page is fully drawn."""
    if not jobs:
        st.empty()
        return
    with st.container():
        st.subheader(f"{title} :gray[{len(jobs)}]", anchor=False)
        show(jobs, hidden)


def is_open(job: Job) -> bool:
    """Return whether the job has not ended."""
    return not job.state.ended


answer = job_question(workspace)
if answer:
    attempt(partial(decide, answer=answer))(answer.job_id)

jobs = workspace.jobs.list(limit=SHOWN)
entries = workspace.billing.ledger()
hidden = workspace.comparisons.hidden()
open_ids = {job.id for job in jobs if is_open(job)}


@st.fragment(run_every=TICK if open_ids else None)
def under_way() -> None:
    """Show the open jobs, refreshed every second; the page reruns when one starts or ends."""
    current = [job for job in workspace.jobs.list(open_only=True, limit=SHOWN) if is_open(job)]
    if {job.id for job in current} != open_ids:
        st.rerun()
    section("Under way", current, workspace.comparisons.hidden())


st.title("Jobs", anchor=False)
problem = st.session_state.pop(PROBLEM, None)
if problem:
    st.error(plain(problem), icon=":material/error:")

if not jobs and not entries:
    if empty_state(
        "Nothing under way",
        "A video that is being made shows here, with its progress and its log.",
        button="Make a video",
        key="empty_jobs",
    ):
        open_page("create")
    st.stop()

under_way()
failed = [job for job in jobs if job.state is JobState.FAILED]
section("Failed", failed, hidden)
finished = [job for job in jobs if job.state in (JobState.DONE, JobState.CANCELLED)]
section("Finished", finished, hidden)
if entries:
    ways = LedgerActions(actions.fetch_again, actions.reconcile)
    video_id = ledger(workspace.catalogue, entries, ways, hidden)
    if video_id:
        open_page("gallery", video=video_id)
