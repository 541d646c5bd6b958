"""The spending limits of this studio and what is left of them."""

from collections.abc import Iterator
from decimal import Decimal

import streamlit as st

from components.ui.fact_table import facts
from components.ui.quote_facts import show_left
from talkinghead.billing.values import Quote
from talkinghead.core.money import show_dollars
from talkinghead.core.settings import Settings
from talkinghead.workspace import Workspace

COUNTED = (
    "Limits reset at midnight UTC. Your orders count from the click, at their estimate until the "
    "bill is known."
)
"""Why what was spent today can differ from a day's total."""


def spending_panel(workspace: Workspace, settings: Settings) -> None:
    """Show the limits per video, per person and day, and per month."""
    quote = workspace.billing.quote(())  # what is spent and left is the same for every video
    with st.container(border=True, key="spending"):
        st.markdown("**Spending limits**")
        facts(spending_rows(settings, quote))
        st.caption(COUNTED)


def spending_rows(settings: Settings, quote: Quote) -> Iterator[tuple[str, str]]:
    """Yield (name, value) rows; "No limit" where the operator set none."""
    yield "Per video", _at_most(settings.cap_render)
    yield "Per person, per day", _at_most(settings.cap_person_day)
    yield "Spent today", show_dollars(quote.spent_today)
    if quote.left_today is not None:
        yield "Remaining today", show_left(quote.left_today)
    yield "Whole team, per day", _at_most(settings.cap_app_day)
    yield "Whole team, per month", _at_most(settings.cap_app_month)


def _at_most(dollars: Decimal | None) -> str:
    return "No limit" if dollars is None else show_dollars(dollars)
