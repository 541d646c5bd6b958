"""Confirmation dialog for a comparison; it stays open until answered."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from components.shell.notices import plain
from components.shell.project import PREFIX
from components.ui.offer_facts import LIST_PRICE, show_left
from talkinghead.comparisons.candidates import Candidate
from talkinghead.comparisons.values import CompareOffer
from talkinghead.core.money import show_dollars, show_price, show_seconds
from talkinghead.jobs.kinds import kind_of

ASKED, AGREED = f"{PREFIX}compare_asked", f"{PREFIX}compare_agreed"


def confirm_compare(ticked: Sequence[Candidate], offer: CompareOffer) -> Decimal | None:
    """Show the dialog if it is open.

    Returns:
        The dollars that a person has just agreed to for all of them, once; else None.
    """
    agreed: Decimal | None = st.session_state.pop(AGREED, None)
    if agreed is None and st.session_state.get(ASKED):
        _question(ticked, offer)
    return agreed


def ask_to_compare() -> None:
    st.session_state[ASKED] = True


def no_question() -> None:
    st.session_state.pop(ASKED, None)


def _question(ticked: Sequence[Candidate], offer: CompareOffer) -> None:
    @st.dialog("Render all of these?", icon=":material/compare:", on_dismiss=no_question)
    def question() -> None:
        _facts(ticked, offer)
        st.caption(
            "All are ordered together or none is. They are bought from fal.ai at once and go on "
            "without this page; a render that fails at fal.ai is usually not charged."
        )
        with st.container(horizontal=True, gap="small"):
            agreed = offer.dollars or Decimal(0)  # what has no price is not asked about
            label = f"Render {len(ticked)} for {show_dollars(agreed)}"
            if st.button(
                plain(label), key="compare_agree", type="primary", icon=":material/compare:"
            ):
                no_question()
                st.session_state[AGREED] = agreed
                st.rerun()
            if st.button("Not now", key="compare_not_now"):
                no_question()
                st.rerun()

    question()


def _facts(ticked: Sequence[Candidate], offer: CompareOffer) -> None:
    about = "about " if any(choice.is_guess for choice in ticked) else ""
    st.metric("Together", plain(about + show_price(offer.dollars)))
    if offer.price_source == LIST_PRICE:
        st.badge("List prices", icon=":material/sell:", color="orange")
    else:
        st.badge("fal's prices of today", icon=":material/sell:", color="green")
    with st.container(gap="xsmall", key="compare_facts"):
        for choice, one in zip(ticked, offer.offers, strict=True):
            free = not kind_of(choice.endpoint_id).paid
            words = f"{show_seconds(one.estimate.seconds)} of video"
            with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
                st.markdown(f"{plain(choice.model.title)} :gray[:small[{plain(words)}]]")
                dollars = "free" if free else show_price(one.estimate.dollars)
                st.markdown(plain(dollars), width="content")
    if offer.left_today is not None:
        st.caption(plain(f"Left today before this: {show_left(offer.left_today)}"))
