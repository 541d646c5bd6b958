"""The row above the renders: search and filter, both in the URL."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components.ui.bound_choices import bound_choices, choose
from components.ui.choices import Choice
from components.ui.datetimes import show_count
from talkinghead.jobs.records.job_search import FINISHED, JobGroup, JobSearch
from talkinghead.workspace import Workspace

WORDS, GROUP, PAGE = "find", "show", "renders_page"
"""The widgets' keys, which are also their names in the address."""
ALL = "all"
NAMES: Mapping[JobGroup, str] = {
    JobGroup.ATTENTION: "Needs attention",
    JobGroup.IN_PROGRESS: "In progress",
    JobGroup.DONE: "Done",
    JobGroup.FAILED: "Failed",
    JobGroup.CANCELLED: "Canceled",
}


def job_toolbar(workspace: Workspace) -> JobSearch:
    """Show the search and the filter; returns what is wanted."""
    words = _search()
    counts = workspace.jobs.counts(words)
    chosen = bound_choices(
        "Show",
        [Choice(ALL, "All"), *(_choice(group, counts) for group in _offered(counts))],
        key=GROUP,
        look="pills",
        default=ALL,
        on_change=first_page,
    )
    search = JobSearch(words)
    return search if chosen == ALL else replace(search, groups=frozenset({JobGroup(chosen)}))


def finished(search: JobSearch) -> JobSearch:
    """Return the same search for ended jobs alone."""
    return replace(search, groups=search.groups & FINISHED)


def first_page() -> None:
    """Callback: a changed search starts at its first page."""
    st.session_state[PAGE] = 1


def show_all() -> None:
    """Button callback: neither words nor a filter."""
    st.session_state[WORDS] = ""
    choose(GROUP, ALL, ALL)
    first_page()


def _search() -> str:
    words = st.text_input(
        "Search renders by title or ID",
        key=WORDS,
        type="search",
        live=True,
        placeholder="Search titles",
        label_visibility="collapsed",
        on_change=first_page,
        bind="query-params",
        max_chars=200,
        width=300,
    )
    return (words or "").strip()


def _offered(counts: Mapping[JobGroup, int]) -> list[JobGroup]:
    """Return the groups that have jobs, and the chosen one: it must not vanish while it is seen."""
    chosen = (st.session_state.get(GROUP) or {}).get("chosen") or st.query_params.get(GROUP)
    return [group for group in NAMES if counts.get(group) or group.value == chosen]


def _choice(group: JobGroup, counts: Mapping[JobGroup, int]) -> Choice:
    return Choice(group.value, f"{NAMES[group]} {show_count(counts.get(group, 0))}")
