"""Dialogs for job actions that may cost money: opened by buttons, answered in a dialog.

The open question is kept until it is answered, so that a page that runs again does not close it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import streamlit as st

from components.consent.question import consent_question, is_answered, take_answers
from components.shell.notices import plain
from components.ui.agreement import Agreement, agree_label, agreement_to
from components.ui.quote_facts import quote_facts
from components.ui.video_card import show_title
from talkinghead.billing.values import Quote
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import made_on
from talkinghead.jobs.service import ResendPlan, RetryPlan
from talkinghead.jobs.wording.charges import give_up_words
from talkinghead.renders.values import RenderPlan, RenderQuote
from talkinghead.workspace import Workspace

ASKED, ANSWERED = "job_question", "job_answer"
CEILING_KEY = "job_ceiling"

Kind = Literal["render_again", "send_again", "give_up", "cancel"]
ENDINGS: Mapping[str, tuple[str, str]] = {
    "cancel": ("Cancel this render?", "Cancel render"),
    "give_up": ("Give up on this render?", "Give up"),
}
"""The title and the button of the questions that end a job."""


@dataclass(frozen=True)
class Answer:
    """A person's decision.

    Attributes:
        kind: render the same again as a new job, send an unconfirmed order once more, or end a job
            that is open: give it up where it was cancelled in vain, else cancel it.
        job_id: which job.
        agreement: what was agreed to.
    """

    kind: Kind
    job_id: str
    agreement: Agreement


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
        if kind == "send_again":
            _send_again(workspace, workspace.jobs.plan_resend(job_id))
        elif kind == "render_again":
            _render_again(workspace, job, workspace.jobs.plan_retry(job_id))
        else:
            _end(workspace, kind, job)
    except StudioError as error:  # gone, or its model has changed meanwhile
        _close()
        st.toast(plain(str(error)), icon=":material/error:")
    return None


def _close() -> None:
    st.session_state.pop(ASKED, None)


def _buttons(
    workspace: Workspace,
    kind: Kind,
    job: Job,
    agreement: Agreement | None,
    label: str,
    portraits: Sequence[str] = (),
) -> None:
    with st.container(horizontal=True, gap="small"):
        emphasis: Literal["primary", "secondary"] = "secondary" if kind in ENDINGS else "primary"
        agreed = st.button(
            label,
            key="job_agree",
            type=emphasis,
            disabled=agreement is None,
            on_click=take_answers,
            args=(workspace, portraits),
        )
        if agreed and is_answered(workspace, portraits):
            _close()
            if agreement is not None:
                st.session_state[ANSWERED] = Answer(kind, job.id, agreement)
            st.rerun()
        if st.button("Keep waiting" if kind in ENDINGS else "Cancel", key="job_not_now"):
            _close()
            st.rerun()


def _agree(workspace: Workspace, kind: Kind, job: Job, quote: Quote, verb: str) -> None:
    """Show what is agreed to with the buttons, or why it cannot be ordered now."""
    portraits = workspace.consent.missing(job.endpoint_id, job.arguments)
    consent_question(workspace, portraits)
    agreement = None
    if quote.allowed or quote.dollars is not None:
        agreement = agreement_to(quote.dollars, CEILING_KEY)
    label = agree_label(verb, agreement)
    if quote.why_not:
        st.warning(plain(quote.why_not), icon=":material/block:")
        agreement = None
    _buttons(workspace, kind, job, agreement, label, portraits)


def _render_again(workspace: Workspace, job: Job, retry: RetryPlan) -> None:
    quote = workspace.billing.quote(retry.lines)
    video = retry.plan if isinstance(retry.plan, RenderPlan) else None
    estimate = RenderQuote(video, quote).estimate if video else None

    @st.dialog("Render again?", icon=":material/replay:", on_dismiss=_close)
    def question() -> None:
        st.markdown(f"**{show_title(job.title)}**")
        made = made_on(workspace.catalogue, job.endpoint_id, job.arguments)
        ask_balance = quote_facts(workspace, made, quote, estimate)
        st.caption(
            "Only missing parts are rendered. Finished parts are kept."
            if job.kind.is_composite
            else "Starts a new render with the same settings."
        )
        _agree(workspace, "render_again", job, quote, "Render again")
        ask_balance()

    question()


def _end(workspace: Workspace, kind: Literal["give_up", "cancel"], job: Job) -> None:
    title, label = ENDINGS[kind]

    @st.dialog(title, icon=":material/cancel:", on_dismiss=_close)
    def question() -> None:
        st.markdown(f"**{show_title(job.title)}**")
        st.markdown(plain(give_up_words(job)))
        _buttons(workspace, kind, job, Agreement(Decimal(0)), label)

    question()


def _send_again(workspace: Workspace, resend: ResendPlan) -> None:
    job, quote = resend.job, workspace.billing.quote(resend.lines)

    @st.dialog("Resend this order?", icon=":material/send:", on_dismiss=_close)
    def question() -> None:
        st.markdown(f"**{show_title(job.title)}**")
        made = made_on(workspace.catalogue, job.endpoint_id, job.arguments)
        ask_balance = quote_facts(workspace, made, quote)
        st.warning(
            plain(
                "If fal.ai accepted the first order after all, you are charged for both: "
                f"{show_dollars(job.estimate)} for the first one, and the live price for this one. "
                "Check your fal.ai dashboard first to be sure."
            ),
            title="This may charge twice",
            icon=":material/warning:",
        )
        _agree(workspace, "send_again", job, quote, "Resend")
        ask_balance()

    question()
