"""The one confirmation before a video is bought; it stays open until it is answered."""

from decimal import Decimal

import streamlit as st

from components.shell.notices import plain
from components.shell.project import PREFIX
from components.ui.offer_facts import offer_facts
from talkinghead.billing.values import Offer
from talkinghead.core.money import show_dollars
from talkinghead.workspace import Workspace

ASKED, AGREED = f"{PREFIX}paid_asked", f"{PREFIX}paid_agreed"


def ask_to_render() -> None:
    """A button's callback: open the question."""
    st.session_state[ASKED] = True


def confirm_render(
    workspace: Workspace, model_title: str, offer: Offer, note: str | None = None
) -> Decimal | None:
    """Show the question while it is open.

    Args:
        workspace: whose.
        model_title: of the model.
        offer: what it costs.
        note: what else is worth a look before, such as its parts.

    Returns:
        The dollars that a person has just agreed to, once; else None.
    """
    agreed: Decimal | None = st.session_state.pop(AGREED, None)
    if agreed is None and st.session_state.get(ASKED):
        _question(workspace, model_title, offer, note)
    return agreed


def no_question() -> None:
    """Close the question: what it asked about has changed."""
    st.session_state.pop(ASKED, None)


def _question(workspace: Workspace, model_title: str, offer: Offer, note: str | None) -> None:
    dollars = offer.estimate.dollars or Decimal(0)  # what has no price is not asked about

    @st.dialog("Render this video?", icon=":material/auto_awesome:", on_dismiss=no_question)
    def question() -> None:
        ask_balance = offer_facts(workspace, model_title, offer)
        if note:
            st.markdown(f":material/view_week: {plain(note)}")
        st.caption(
            "It is bought from fal.ai at once and goes on without this page. A render that fails "
            "at fal.ai is usually not charged."
        )
        with st.container(horizontal=True, gap="small"):
            if st.button(
                f"Render for {show_dollars(dollars)}".replace("$", r"\$"),
                key="create_agree",
                type="primary",
                icon=":material/auto_awesome:",
            ):
                no_question()
                st.session_state[AGREED] = dollars
                st.rerun()
            if st.button("Not now", key="create_not_now"):
                no_question()
                st.rerun()
        ask_balance()

    question()
