"""Note that exactly this video is being made already, with a button to order another take."""

import streamlit as st

from components.projects.confirm_render import ask_to_render
from components.shell.project import PREFIX
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job
from talkinghead.workspace import Workspace

SAME = f"{PREFIX}same_under_way"
DRAFT_WANTED = f"{PREFIX}another_draft_wanted"
"""No button's key: its click would be taken for a draft."""


def remember_same(job: Job) -> None:
    """Remember that an order returned this job, which makes exactly that already."""
    st.session_state[SAME] = job.id
    st.toast("This exact video is already in progress.", icon=":material/hourglass_top:")


def forget_same() -> None:
    """Clear the note: something new was ordered, or nothing can be."""
    st.session_state.pop(SAME, None)
    st.session_state.pop(DRAFT_WANTED, None)


def another_draft_wanted() -> bool:
    """Whether a person has just asked for another take of a draft; once for each click."""
    return bool(st.session_state.pop(DRAFT_WANTED, False))


def show_same(workspace: Workspace) -> None:
    """Show the note while the job that makes the same is under way."""
    job_id = st.session_state.get(SAME)
    if job_id is None:
        return
    try:
        job = workspace.jobs.find(job_id)
    except StudioError:
        return forget_same()
    if job.state.ended:
        return forget_same()
    paid = job.kind.paid or job.kind.is_composite
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="create_same"):
        st.caption("This exact video is already in progress.", width="stretch")
        st.button(
            "Render another take",
            key="create_another_take",
            icon=":material/add_to_photos:",
            help="Orders the same inputs once more, beside the one that is being made.",
            on_click=_ask_for_another_take if paid else _want_another_draft,
        )


def _ask_for_another_take() -> None:
    ask_to_render(another_take=True)


def _want_another_draft() -> None:
    st.session_state[DRAFT_WANTED] = True
