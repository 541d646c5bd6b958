"""Confirmation dialog for a comparison; it stays open until answered."""

from collections.abc import Sequence

import streamlit as st

from components.consent.question import consent_question, is_answered, take_answers
from components.shell.notices import plain
from components.shell.project import PREFIX
from components.ui.agreement import Agreement, agree_label, agreement_to
from components.ui.quote_facts import LIST_PRICE, show_left
from talkinghead.comparisons.candidates import Candidate
from talkinghead.comparisons.values import ComparisonQuote
from talkinghead.core.money import show_price, show_seconds
from talkinghead.jobs.kinds import kind_of
from talkinghead.workspace import Workspace

CEILING_KEY = "compare_ceiling"
ASKED, AGREED = f"{PREFIX}compare_asked", f"{PREFIX}compare_agreed"


def confirm_compare(
    workspace: Workspace,
    ticked: Sequence[Candidate],
    quoted: ComparisonQuote,
    portraits: Sequence[str],
) -> Agreement | None:
    """Show the dialog if it is open.

    Args:
        workspace: whose.
        ticked: what is compared.
        quoted: what it costs.
        portraits: those of which nobody has said yet who is in them.

    Returns:
        What a person has just agreed to for all of them, once; else None.
    """
    agreed: Agreement | None = st.session_state.pop(AGREED, None)
    if agreed is None and st.session_state.get(ASKED):
        _question(workspace, ticked, quoted, portraits)
    return agreed


def is_asked() -> bool:
    """Whether the dialog is open."""
    return bool(st.session_state.get(ASKED))


def ask_to_compare() -> None:
    st.session_state[ASKED] = True


def no_question() -> None:
    st.session_state.pop(ASKED, None)


def _question(
    workspace: Workspace,
    ticked: Sequence[Candidate],
    quoted: ComparisonQuote,
    portraits: Sequence[str],
) -> None:
    @st.dialog("Start these renders?", icon=":material/compare:", on_dismiss=no_question)
    def question() -> None:
        _facts(ticked, quoted)
        st.caption(
            "All start together. Rendering starts now and continues if you leave. Failed renders "
            "usually aren't charged."
        )
        consent_question(workspace, portraits)
        agreement = agreement_to(quoted.quote.dollars, CEILING_KEY)
        with st.container(horizontal=True, gap="small"):
            if st.button(
                agree_label(f"Render {len(ticked)}", agreement),
                key="compare_agree",
                type="primary",
                icon=":material/compare:",
                disabled=agreement is None,
                on_click=take_answers,
                args=(workspace, portraits),
            ) and is_answered(workspace, portraits):
                no_question()
                st.session_state[AGREED] = agreement
                st.rerun()
            if st.button("Cancel", key="compare_not_now"):
                no_question()
                st.rerun()

    question()


def _facts(ticked: Sequence[Candidate], quoted: ComparisonQuote) -> None:
    about = "about " if any(choice.is_guess for choice in ticked) else ""
    dollars = quoted.quote.dollars
    st.metric("Together", "Unknown" if dollars is None else plain(about + show_price(dollars)))
    if dollars is None:
        pass  # the ones with a price have it beside them
    elif quoted.quote.price_source == LIST_PRICE:
        st.badge("List prices", icon=":material/sell:", color="orange")
    else:
        st.badge("Live prices", icon=":material/sell:", color="green")
    with st.container(gap="xsmall", key="compare_facts"):
        for choice, one in zip(ticked, quoted.renders, strict=True):
            free = not kind_of(choice.endpoint_id).paid
            words = f"{show_seconds(one.estimate.seconds)} of video"
            with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
                st.markdown(f"{plain(choice.model.title)} :gray[:small[{plain(words)}]]")
                price = "free" if free else show_price(one.quote.dollars)
                st.markdown(plain(price), width="content")
    if quoted.quote.left_today is not None:
        st.caption(plain(f"Remaining today: {show_left(quoted.quote.left_today)}"))
