"""Card of a job in a blind comparison; it reveals neither the model nor the video."""

from collections.abc import Callable

import streamlit as st

from components.jobs.job_parts import parts_of
from components.jobs.live_job import who_waits
from components.shell.notices import plain
from components.ui.blind_label import CHOOSE_FIRST, NOT_READY, blind_badge, comparison_button
from components.ui.datetimes import show_age
from components.ui.video_card import show_title
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.wording.status import status_of
from talkinghead.videos.values import BlindEntry
from talkinghead.workspace import Workspace


def blind_job_card(
    workspace: Workspace, job: Job, blind: BlindEntry, dismiss: Callable[[str], None]
) -> None:
    """Show one card; actions are taken on the comparison's page.

    It shows no price, log or render time: each reveals the model. What was paid
    is in the ledger.

    Args:
        workspace: whose.
        job: which.
        blind: what hides it.
        dismiss: takes it off the list, by its id.
    """
    with st.container(border=True, key=f"job_{job.id}", gap="small", height="stretch"):
        waiting = None if job.state.ended else who_waits(job, parts_of(workspace, job))
        shown = status_of(waiting or job)
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.markdown(f"**{show_title(job.title)}**", width="content")
            st.badge(shown.text, icon=f":material/{shown.icon}:", color=shown.color)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            blind_badge(blind)
            st.caption(plain(show_age(job.created_at)), width="content")
        st.caption(plain(_what_next(job, blind, waits=waiting is not None)))
        with st.container(horizontal=True, gap="small", key=f"job_buttons_{job.id}"):
            comparison_button(blind, f"blind_open_{job.id}")
            if job.state.ended:
                _clear(job, dismiss)


def _what_next(job: Job, blind: BlindEntry, *, waits: bool) -> str:
    if waits:
        return "Needs your decision. Open the comparison."
    if job.state in (JobState.FAILED, JobState.CANCELLED):
        return "Render failed. You'll see its name and the reason after you choose."
    return NOT_READY if blind.letter is None else CHOOSE_FIRST


def _clear(job: Job, dismiss: Callable[[str], None]) -> None:
    st.button(
        "Clear",
        key=f"dismiss_{job.id}",
        icon=":material/close:",
        type="tertiary",
        help="Hide from this list. It stays in its comparison.",
        on_click=dismiss,
        args=(job.id,),
    )
