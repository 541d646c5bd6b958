"""View of one comparison: its videos side by side with synchronised playback, prices, and the
choice."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from components.comparisons.compare_card import CardActions, compare_card
from components.comparisons.synced_players import SyncedPlayer, synced_players
from components.jobs.decision_card import decision_card
from components.jobs.job_parts import parts_of
from components.jobs.live_job import who_waits
from components.shell import session
from components.shell.notices import attempt, plain
from components.ui.datetimes import show_moment
from components.ui.video_card import show_title
from talkinghead.catalogue import Catalogue
from talkinghead.comparisons.blind import LETTERS
from talkinghead.comparisons.values import Comparison, model_id
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.wording.charges import cancel_words, may_cancel
from talkinghead.workspace import Workspace

TOGETHER = "They show together as A, B, C once all are ready. You can leave this page."
TICK = 1.0  # seconds between two looks at what is not finished
MOST_BESIDE = 4  # videos in one row
NARROWEST = 155  # px of a card: two fit beside each other on a phone


def compare_view(workspace: Workspace, comparison: Comparison) -> None:
    """Show a comparison and refresh it until every job has ended."""
    _heading(workspace, comparison)
    blind = comparison.hides_names
    if blind and not all(job.state.ended for job in comparison.jobs):
        _blind_wait(workspace, comparison)
        return
    jobs = comparison.mixed if comparison.blind else comparison.jobs
    names = names_of(workspace.catalogue, comparison)
    shown = [job for job in jobs if job.state is JobState.DONE and job.video_id]
    if blind:
        st.caption("Which one do you like best? The names show once you have chosen.")
    elif comparison.blind and comparison.chosen:
        _revealed(workspace.catalogue, comparison)
    if len(shown) > 1:
        synced_players([SyncedPlayer(place(job), names[job.id]) for job in shown], key="in_step")
    columns = min(len(jobs), MOST_BESIDE)
    actions = CardActions(
        choose=attempt(lambda job_id: workspace.comparisons.choose(comparison.id, job_id)),
        cancel=attempt(workspace.jobs.cancel),
        reconcile=attempt(workspace.jobs.reconcile),
    )
    with st.grid(columns, min_column_width=NARROWEST, gap="small", key="compare_grid"):
        for job in jobs:
            compare_card(
                workspace, comparison, job, names[job.id], actions, place=place(job), blind=blind
            )


def names_of(catalogue: Catalogue, comparison: Comparison) -> dict[str, str]:
    """Return the display name of each job: its model, or a letter while names are hidden."""
    if comparison.hides_names:
        return {job.id: LETTERS[at] for at, job in enumerate(comparison.mixed)}
    return {job.id: model_name(catalogue, job) for job in comparison.jobs}


def model_name(catalogue: Catalogue, job: Job) -> str:
    """Return the title of the job's model; the draft has its own."""
    return catalogue.title_of(model_id(job))


def place(job: Job) -> str:
    """Return the key of the container that holds the job's video."""
    return f"compare_video_{job.id}"


def _heading(workspace: Workspace, comparison: Comparison) -> None:
    with st.container(gap=None, key="compare_heading"):
        st.button(
            "All comparisons",
            key="compare_back",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=_back,
        )
        st.title(show_title(comparison.title), anchor=False)
        st.caption(plain(" · ".join(_facts(workspace, comparison))))


def _back() -> None:
    st.query_params.pop("comparison", None)


def _facts(workspace: Workspace, comparison: Comparison) -> list[str]:
    costs = [_cost(workspace, job) for job in comparison.jobs]
    dollars = sum((cost for cost, _ in costs), Decimal(0))
    about = "" if all(known for _, known in costs) else "estimated "
    money = f"{about}{show_dollars(dollars)} together" if dollars else "free"
    blind = ["blind"] if comparison.blind else []
    return [f"{len(comparison.jobs)} videos", money, *blind, show_moment(comparison.created_at)]


def _cost(workspace: Workspace, job: Job) -> tuple[Decimal, bool]:
    """Return a job's dollars and whether they are billed; a job that failed uncharged costs 0."""
    if job.state.ended and job.charged is False and job.state is not JobState.DONE:
        return Decimal(0), True
    if job.kind.paid:
        return (job.estimate, False) if job.billed is None else (job.billed, True)
    if job.video_id is None:
        return job.estimate, not job.estimate
    try:
        return workspace.gallery.find(
            job.video_id
        ).dollars, True  # in parts, of which each has its bill
    except StudioError:
        return job.estimate, False


def _revealed(catalogue: Catalogue, comparison: Comparison) -> None:
    best = next((job for job in comparison.jobs if job.id == comparison.chosen), None)
    if best is not None:
        st.success(
            f"You picked **{plain(model_name(catalogue, best))}**.",
            icon=":material/visibility:",
        )


# While names are hidden, nothing shows which of them is ready first.


def _blind_wait(workspace: Workspace, comparison: Comparison) -> None:
    with st.container(border=True, key="compare_blind_wait", gap="small"):
        manner = _manner(workspace, comparison.jobs)
        st.fragment(_blind_progress, run_every=TICK)(workspace, comparison.id, manner)
        for job in comparison.jobs:
            if waiting := who_waits(job, parts_of(workspace, job)):
                look = attempt(workspace.jobs.reconcile)
                decision_card(waiting, workspace.jobs.events(waiting.id), look)
        running = [job for job in comparison.jobs if may_cancel(job)]
        if running:
            st.button(
                "Cancel remaining",
                key="compare_cancel_all",
                icon=":material/stop_circle:",
                on_click=_cancel_all,
                args=(workspace, [job.id for job in running]),
            )


def _cancel_all(workspace: Workspace, job_ids: list[str]) -> None:
    for job_id in job_ids:
        attempt(workspace.jobs.cancel)(job_id)


def _manner(workspace: Workspace, jobs: Sequence[Job]) -> tuple[set[str], set[str]]:
    """Return the state that the surrounding page depends on: which job needs a decision, which can
    be cancelled."""
    waiting = (who_waits(job, parts_of(workspace, job)) for job in jobs)
    return {job.id for job in waiting if job}, {job.id for job in jobs if may_cancel(job)}


def _blind_progress(
    workspace: Workspace, comparison_id: str, manner: tuple[set[str], set[str]]
) -> None:
    try:
        jobs = workspace.comparisons.find(comparison_id).jobs
    except StudioError:
        session.open_page("compare")
    ended = [job for job in jobs if job.state.ended]
    if len(ended) == len(jobs) or _manner(workspace, jobs) != manner:
        st.rerun()
    st.progress(len(ended) / len(jobs), text=f"{len(ended)} of {len(jobs)} ready")
    words = {cancel_words(job) for job in jobs if may_cancel(job)} - {""}
    st.caption(plain(" ".join([TOGETHER, *sorted(words)])))
