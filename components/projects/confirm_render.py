"""Confirmation dialog for a paid render; it stays open until answered."""

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from components.shell.notices import plain
from components.shell.project import PREFIX
from components.ui.offer_facts import offer_facts
from talkinghead.billing.values import Offer
from talkinghead.core.money import show_dollars
from talkinghead.workspace import Workspace

ASKED, AGREED = f"{PREFIX}paid_asked", f"{PREFIX}paid_agreed"
CEILING_KEY = "create_ceiling"


@dataclass(frozen=True)
class Agreement:
    """The price that a person has agreed to.

    Attributes:
        dollars: the price that was shown, or the most that they allow if it is unknown.
        is_ceiling: whether the price is unknown.
        another_take: order it also where the very same is being made.
    """

    dollars: Decimal
    is_ceiling: bool = False
    another_take: bool = False


def ask_to_render(*, another_take: bool = False) -> None:
    """Button callback: open the dialog."""
    st.session_state[ASKED] = "another take" if another_take else "render"


def confirm_render(
    workspace: Workspace, model_title: str, offer: Offer, note: str | None = None
) -> Agreement | None:
    """Show the dialog if it is open.

    Args:
        workspace: whose.
        model_title: of the model.
        offer: what it costs.
        note: what else is worth a look before, such as its parts.

    Returns:
        What a person has just agreed to, once; else None.
    """
    agreed: Agreement | None = st.session_state.pop(AGREED, None)
    if agreed is None and st.session_state.get(ASKED):
        _question(workspace, model_title, offer, note)
    return agreed


def no_question() -> None:
    """Close the dialog: what it asked about has changed."""
    st.session_state.pop(ASKED, None)


def _question(workspace: Workspace, model_title: str, offer: Offer, note: str | None) -> None:
    another_take = st.session_state[ASKED] == "another take"

    @st.dialog("Render this video?", icon=":material/auto_awesome:", on_dismiss=no_question)
    def question() -> None:
        ask_balance = offer_facts(workspace, model_title, offer)
        if note:
            st.markdown(f":material/view_week: {plain(note)}")
        st.caption(
            "It is bought from fal.ai at once and goes on without this page. A render that fails "
            "at fal.ai is usually not charged."
        )
        price = offer.estimate.dollars
        dollars = _ceiling() if price is None else price
        most = "at most " if price is None else ""
        with st.container(horizontal=True, gap="small"):
            if st.button(
                plain(f"Render for {most}{show_dollars(dollars or Decimal(0))}"),
                key="create_agree",
                type="primary",
                icon=":material/auto_awesome:",
                disabled=dollars is None,
            ):
                no_question()
                st.session_state[AGREED] = Agreement(
                    dollars or Decimal(0), is_ceiling=price is None, another_take=another_take
                )
                st.rerun()
            if st.button("Not now", key="create_not_now"):
                no_question()
                st.rerun()
        ask_balance()

    question()


def _ceiling() -> Decimal | None:
    """Ask for the most that the video may cost; None until a person has entered it."""
    typed = st.number_input(
        "Nobody knows this price. The most it may cost, in dollars",
        min_value=0.0,
        value=None,
        step=0.5,
        format="%.2f",
        key=CEILING_KEY,
        help="Counts against your caps until fal.ai reports the actual charge, which may differ.",
    )
    return Decimal(str(round(typed, 2))) if typed else None
