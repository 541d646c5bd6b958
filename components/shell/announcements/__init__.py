"""Announces renders that have ended, on whatever page one is: a toast, a count at Renders in the
navigation and in the tab's title, and where a person turned them on a notification and a sound.

While a render is open, a fragment looks every few seconds whether that has changed and then runs
the page again; nothing looks while none is. What a tab saw open and finds ended is announced once
in it; a reload begins with what is open then.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.shell.notices import plain
from talkinghead.core.database import DatabaseError
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.records.job_search import JobNews

if TYPE_CHECKING:
    from talkinghead import Workspace

TICK = 3.0  # seconds between two looks while a render is open
NEWS, FRESH, ENDED = "announced_news", "announced_fresh", "announced_ended"
"""The keys of what this session knows of the list of renders, of the ended renders that are still
to be announced, and of what the browser was told last."""
LOOKED = "announced_looked"
"""The key that says that this run has looked already."""
JOB_PARAMETER = "job"
MOST_TOASTS = 3

_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "announcements", js=(_HERE / "announcements.js").read_text(encoding="utf-8")
)


def look() -> int:
    """Look what has ended since the last run, before the frame of the page is drawn.

    Returns:
        How many ended renders nobody has seen, for the navigation; as it was before during an
        outage, which the page says.
    """
    viewer = st.session_state.get("viewer")
    if viewer is not None:
        st.session_state[LOOKED] = True
        try:
            _look(viewer.workspace)
        except (StudioError, DatabaseError):
            st.session_state.setdefault(NEWS, JobNews(frozenset(), 0))
    news: JobNews | None = st.session_state.get(NEWS)
    return news.unseen if news else 0


def announce(workspace: "Workspace") -> None:
    """Announce what `look` found, and look on while a render is open."""
    is_first = NEWS not in st.session_state
    if not st.session_state.pop(LOOKED, False):  # a session begins, or its page runs by itself
        _look(workspace)
    if is_first and st.session_state[NEWS].unseen:
        st.rerun()  # the navigation shows it
    _toast(st.session_state.pop(FRESH, []))
    _COMPONENT(key="announcements", data={"ended": tuple(st.session_state.get(ENDED, ()))})
    is_open = st.session_state[NEWS].open
    if is_open - {st.query_params.get(JOB_PARAMETER)}:  # that one is followed by the page itself
        st.fragment(_look_on, run_every=TICK)(workspace, is_open)


def mark_all_seen(workspace: "Workspace") -> None:
    """Note that the person sees how all renders ended, after `announce`; the navigation is drawn
    again then."""
    if not st.session_state[NEWS].unseen:
        return
    workspace.jobs.mark_seen()
    st.rerun()


def headline(job: Job) -> str:
    """Return how a render ended, in two words."""
    made = "Voice-over" if job.kind.makes == "sound" else "Video"
    return f"{made} ready" if job.state is JobState.DONE else "Render failed"


def _look(workspace: "Workspace") -> None:
    news = workspace.jobs.news()
    known: JobNews | None = st.session_state.get(NEWS)
    if known and (gone := known.open - news.open):
        hidden = workspace.comparisons.hidden()
        ended = [
            job
            for job in workspace.jobs.several(gone)
            if job.state in (JobState.DONE, JobState.FAILED) and not hidden.job(job)
        ]
        news = _without_watched(workspace, ended, news)
    st.session_state[NEWS] = news


def _without_watched(workspace: "Workspace", ended: Sequence[Job], news: JobNews) -> JobNews:
    """Put what ended aside for its announcement; what the page shows itself needs no toast, and is
    seen."""
    watched = st.query_params.get(JOB_PARAMETER)
    others = [job for job in ended if job.id != watched]
    st.session_state[FRESH] = [*st.session_state.get(FRESH, []), *others]
    st.session_state[ENDED] = [
        {"id": job.id, "title": headline(job), "text": job.title} for job in ended
    ]
    if watched is None or len(others) == len(ended):
        return news
    workspace.jobs.mark_seen(watched)
    return workspace.jobs.news()


def _toast(ended: Sequence[Job]) -> None:
    for job in ended[:MOST_TOASTS]:
        icon = ":material/check_circle:" if job.state is JobState.DONE else ":material/error:"
        st.toast(plain(f"{headline(job)}: {job.title}"), icon=icon)
    if len(ended) > MOST_TOASTS:
        more = len(ended) - MOST_TOASTS
        st.toast(f"{more} more ended. See Renders.", icon=":material/pending_actions:")


def _look_on(workspace: "Workspace", known: frozenset[str]) -> None:
    """Run the page again once a render has ended; an outage is the page's to say."""
    try:
        ended = known - workspace.jobs.news().open
    except (StudioError, DatabaseError):
        return
    if ended:
        st.rerun()
