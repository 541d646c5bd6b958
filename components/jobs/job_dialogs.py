"""Dialogs for job actions that may cost money: opened by buttons, answered in a dialog.

The open question is kept until it is answered, so that a page that runs again does not close it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import streamlit as st

from components.shell.notices import plain
from components.ui.offer_facts import offer_facts
from components.ui.video_card import show_title
from talkinghead.billing.values import Offer
from talkinghead.catalogue import SpeechLength
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import made_on, model_order
from talkinghead.workspace import Workspace

ASKED, ANSWERED = "job_question", "job_answer"

Kind = Literal["render_again", "send_again"]


@dataclass(frozen=True)
class Answer:
    """A person's decision.

    Attributes:
        kind: render the same again as a new job, or send an unconfirmed order once more.
        job_id: which job.
        agreed: the dollars that were agreed to.
    """

    kind: Kind
    job_id: str
    agreed: Decimal


def ask_about(kind: Kind, job_id: str) -> None:
    """Open the dialog; the whole page has to rerun for it to show."""
    st.session_state[ASKED] = (kind, job_id)


def job_question(workspace: Workspace) -> Answer | None:
    """Show the open dialog, if any; returns the answer once it is given."""
    answer: Answer | None = st.session_state.pop(ANSWERED, None)
    if answer is not None or ASKED not in st.session_state:
        return answer
    kind, job_id = st.session_state[ASKED]
    try:
        job = workspace.jobs.find(job_id)
        offer = _offer(workspace, job)
    except (StudioError, ValueError, KeyError):  # gone, or its model has changed meanwhile
        _close()
        return None
    if kind == "send_again":
        _send_again(job)
    else:
        _render_again(workspace, job, offer)
    return None


def _offer(workspace: Workspace, job: Job) -> Offer:
    """Return today's price; for a composite job, of its missing parts only."""
    endpoint_id, arguments = model_order(job.endpoint_id, job.arguments)
    wanted = workspace.catalogue.model_of(endpoint_id).model_validate(arguments)
    source: Literal["script", "recording"] = "recording" if wanted.recording else "script"
    return workspace.renders.offer(wanted, SpeechLength(job.speech_seconds, source))


def _close() -> None:
    st.session_state.pop(ASKED, None)


def _buttons(answer: Answer, label: str, *, allowed: bool = True) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button(
            label.replace("$", r"\$"), key="job_agree", type="primary", disabled=not allowed
        ):
            _close()
            st.session_state[ANSWERED] = answer
            st.rerun()
        if st.button("Not now", key="job_not_now"):
            _close()
            st.rerun()


def _render_again(workspace: Workspace, job: Job, offer: Offer) -> None:
    @st.dialog("Render it again?", icon=":material/replay:", on_dismiss=_close)
    def question() -> None:
        st.markdown(f"**{show_title(job.title)}**")
        ask_balance = offer_facts(
            workspace, made_on(workspace.catalogue, job.endpoint_id, job.arguments), offer
        )
        st.caption(
            "Only the parts that are missing are ordered; the others are kept."
            if job.kind.is_composite
            else "The same inputs are ordered once more, as a new render."
        )
        if not offer.allowed and offer.why_not:
            st.warning(plain(offer.why_not), icon=":material/block:")
        dollars = offer.estimate.dollars
        answer = Answer("render_again", job.id, dollars or Decimal(0))
        label = "Render again" if dollars is None else f"Render again for {show_dollars(dollars)}"
        _buttons(answer, label, allowed=offer.allowed and dollars is not None)
        ask_balance()

    question()


def _send_again(job: Job) -> None:
    dollars = show_dollars(job.estimate)

    @st.dialog("Send the order again?", icon=":material/send:", on_dismiss=_close)
    def question() -> None:
        st.markdown(f"**{show_title(job.title)}**")
        st.warning(
            plain(
                f"If fal.ai took the first order after all, both are charged: {dollars} each. "
                "Look at fal.ai/dashboard first if you want to be sure."
            ),
            title="This may charge twice",
            icon=":material/warning:",
        )
        _buttons(Answer("send_again", job.id, job.estimate), f"Send again, {dollars} more")

    question()
