"""The spending limits of this studio and what is left of them."""

from collections.abc import Iterator
from decimal import Decimal

import streamlit as st

from components.ui.fact_table import facts
from components.ui.offer_facts import show_left
from talkinghead.billing.values import Offer
from talkinghead.catalogue import SpeechLength
from talkinghead.core.money import show_dollars
from talkinghead.core.settings import Settings
from talkinghead.workspace import Workspace

A_SECOND = SpeechLength(Decimal(1), "script")
"""A sample length: spending and what is left do not depend on the video; it is never rendered."""


def spending_panel(workspace: Workspace, settings: Settings) -> None:
    """Show the limits per video, per person and day, and per month."""
    offer = workspace.renders.offer(workspace.catalogue.cheapest.provisional(), A_SECOND)
    with st.container(border=True, key="spending"):
        st.markdown("**Spending limits**")
        facts(spending_rows(settings, offer))
        st.caption("Limits reset at midnight UTC. Renders in progress count.")


def spending_rows(settings: Settings, offer: Offer) -> Iterator[tuple[str, str]]:
    """Yield (name, value) rows; "no limit" where the operator set none."""
    yield "Per video", _at_most(settings.cap_render)
    yield "Per person, per day", _at_most(settings.cap_person_day)
    yield "Spent today", show_dollars(offer.spent_today)
    if offer.left_today is not None:
        yield "Remaining today", show_left(offer.left_today)
    yield "Whole studio, per day", _at_most(settings.cap_app_day)
    yield "Whole studio, per month", _at_most(settings.cap_app_month)


def _at_most(dollars: Decimal | None) -> str:
    return "no limit" if dollars is None else f"at most {show_dollars(dollars)}"
