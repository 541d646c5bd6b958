"""The renders that a search finds: open ones, refreshed as they go on, then ended ones in pages."""

from collections.abc import Sequence

import streamlit as st

from components.jobs.blind_job_card import blind_job_card
from components.jobs.job_card import JobActions, job_card
from components.jobs.job_toolbar import PAGE, finished, show_all
from components.shell.session import open_page
from components.ui.datetimes import show_count
from components.ui.empty_state import empty_state
from talkinghead.jobs.job import Job
from talkinghead.jobs.records.job_search import JobGroup, JobSearch
from talkinghead.videos.values import BlindEntries
from talkinghead.workspace import Workspace

PER_PAGE = 12
OPEN_SHOWN = 50
TICK = 1.0  # seconds
CLEARED = "renders_cleared"
"""The key of the ids of the renders that were cleared together last."""

Standing = frozenset[tuple[str, JobGroup]]
"""The open jobs, each with its group."""


def job_list(workspace: Workspace, search: JobSearch, actions: JobActions) -> None:
    """Show what a search finds; opens the gallery if a video is clicked."""
    hidden = workspace.comparisons.hidden()
    standing = _standing(workspace)
    _cleared_notice(workspace)
    ended = JobPageView(workspace, finished(search))
    if ended.total == 0 and not _open_jobs(workspace, search):
        _nothing_found()
    st.fragment(_in_progress, run_every=TICK if standing else None)(
        workspace, search, actions, standing
    )
    ended.show(actions, hidden)


def _standing(workspace: Workspace) -> Standing:
    return frozenset(
        (job.id, group)
        for group in (JobGroup.ATTENTION, JobGroup.IN_PROGRESS)
        for job in _open_jobs(workspace, JobSearch(groups=frozenset({group})))
    )


def _open_jobs(workspace: Workspace, search: JobSearch) -> Sequence[Job]:
    groups = frozenset(group for group in search.groups if not group.ended)
    if not groups:
        return ()
    return workspace.jobs.search(JobSearch(search.words, groups), limit=OPEN_SHOWN).jobs


def _in_progress(
    workspace: Workspace, search: JobSearch, actions: JobActions, standing: Standing
) -> None:
    """Show the open jobs that match; the page reruns when one starts, ends or needs a person."""
    if _standing(workspace) != standing:
        st.rerun()
    hidden = workspace.comparisons.hidden()
    for group, title in (
        (JobGroup.ATTENTION, "Needs attention"),
        (JobGroup.IN_PROGRESS, "In progress"),
    ):
        wanted = JobSearch(search.words, search.groups & {group})
        jobs = _open_jobs(workspace, wanted)
        # An empty section keeps a placeholder: otherwise a card that moved to another section
        # would be seen in both until the page is fully drawn.
        place = st.empty()
        if jobs:
            with place.container():
                _heading(title, len(jobs))
                _cards(workspace, jobs, actions, hidden)


class JobPageView:
    """Ended jobs, a page at a time.

    Args:
        workspace: whose.
        search: which.
    """

    def __init__(self, workspace: Workspace, search: JobSearch) -> None:
        self._workspace, self._search = workspace, search
        self._page = workspace.jobs.search(search, limit=PER_PAGE) if search.groups else None

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return self._page.total if self._page else 0

    def show(self, actions: JobActions, hidden: BlindEntries) -> None:
        """Show the cards of the chosen page, and the way to the others."""
        place = st.empty()
        if self._page is None or not self.total:
            return
        cards, jobs = place.container(), self._page.jobs
        if self.total > PER_PAGE:
            # Stretched: fitted to its content it hides the pages that are not shown.
            pages = -(-self.total // PER_PAGE)
            number = st.pagination(pages, key=PAGE, bind="query-params", width="stretch")
            if number > 1:
                jobs = self._workspace.jobs.search(
                    self._search, limit=PER_PAGE, offset=(number - 1) * PER_PAGE
                ).jobs
        with cards:
            with st.container(
                horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
            ):
                _heading("Finished", self.total)
                st.button(
                    "Clear finished",
                    key="clear_finished",
                    icon=":material/clear_all:",
                    type="tertiary",
                    help="Hide them from this list. Videos stay in your gallery.",
                    on_click=_clear,
                    args=(self._workspace, self._search),
                )
            _cards(self._workspace, jobs, actions, hidden)


def _heading(title: str, count: int) -> None:
    st.header(f"{title} :gray[{show_count(count)}]", anchor=False, width="content")


def _cards(
    workspace: Workspace, jobs: Sequence[Job], actions: JobActions, hidden: BlindEntries
) -> None:
    with st.grid(2, min_column_width=340, gap="small"):
        for job in hidden.mixed(list(jobs), hidden.job):
            if blind := hidden.job(job):
                blind_job_card(workspace, job, blind, actions.dismiss)
                continue
            video_id = job_card(workspace, job, actions)
            if video_id:
                open_page("gallery", video=video_id)


def _clear(workspace: Workspace, search: JobSearch) -> None:
    st.session_state[CLEARED] = list(workspace.jobs.clear_finished(search))


def _put_back(workspace: Workspace, job_ids: Sequence[str]) -> None:
    st.session_state.pop(CLEARED, None)
    workspace.jobs.restore(*job_ids)


def _cleared_notice(workspace: Workspace) -> None:
    """Show how many were cleared last, with an undo button."""
    job_ids: Sequence[str] = st.session_state.get(CLEARED) or ()
    if not job_ids:
        return
    what = "1 render" if len(job_ids) == 1 else f"{show_count(len(job_ids))} renders"
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="cleared_notice",
    ):
        st.markdown(f":material/clear_all: {what} cleared from this list.", width="content")
        st.button(
            "Undo",
            key="undo_clear",
            icon=":material/undo:",
            on_click=_put_back,
            args=(workspace, job_ids),
        )


def _nothing_found() -> None:
    empty_state(
        "No renders match",
        "Try other words or another filter.",
        button="Show all renders",
        key="empty_search",
        on_click=show_all,
    )
