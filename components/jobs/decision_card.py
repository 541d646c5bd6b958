"""Card for decisions only a person can take: an unconfirmed order, or a missing API key."""

from collections.abc import Callable

import streamlit as st

from components.jobs.job_dialogs import ask_about
from components.shell import session
from components.shell.notices import plain
from talkinghead.jobs.job import Job, JobEvent, JobState
from talkinghead.jobs.wording.charges import cancel_words
from talkinghead.jobs.wording.log import last_note
from talkinghead.jobs.wording.status import needs_key


def decision_card(job: Job, events: list[JobEvent], reconcile: Callable[[str], None]) -> None:
    """Show the decision that the job needs, if any.

    Args:
        job: which.
        events: what happened to it; our latest remark is shown.
        reconcile: called with the job's id when a person asks to look for it at fal once more.
    """
    if needs_key(job):
        _key_needed(job, events)
    elif job.state is JobState.UNCONFIRMED:
        _unconfirmed(job, events, reconcile)


def _key_needed(job: Job, events: list[JobEvent]) -> None:
    with st.container(key=f"needs_key_{job.id}", gap="small"):
        st.warning(
            plain(
                last_note(events) or "Resumes when you add your key. You won't be charged twice."
            ),
            title="Key needed",
            icon=":material/key_off:",
        )
        if st.button("Add key", key=f"enter_key_{job.id}", icon=":material/key:"):
            session.open_page("settings")


def _unconfirmed(job: Job, events: list[JobEvent], reconcile: Callable[[str], None]) -> None:
    with st.container(key=f"unconfirmed_{job.id}", gap="small"):
        st.warning(
            "The connection broke before fal.ai answered, and we haven't found the order yet. "
            "Check again in a minute (free).",
            title="We couldn't confirm your order",
            icon=":material/help:",
        )
        if note := last_note(events):
            st.caption(plain(note))
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Check again",
                key=f"look_again_{job.id}",
                type="primary",
                icon=":material/search:",
                on_click=reconcile,
                args=(job.id,),
            )
            if st.button(
                "Resend (may charge twice)",
                key=f"send_again_{job.id}",
                icon=":material/send:",
                help="Orders it once more at the live price. You'll confirm it first.",
            ):
                ask_about("send_again", job.id)
                st.rerun()  # the whole page: only it can show the question
        st.caption(plain(cancel_words(job)))
