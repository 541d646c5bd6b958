"""The billing history: a range of the visitor's days, totals, requests, and both as a file."""

from datetime import datetime, timedelta
from decimal import Decimal

import streamlit as st

from components.billing.history_rows import LedgerActions, history_rows
from components.billing.history_totals import history_totals
from components.billing.spending_panel import COUNTED
from components.shell.notices import plain
from components.ui.datetimes import between, date_input_format, show_count, today, zone
from talkinghead.billing.history import History
from talkinghead.billing.history_csv import history_csv
from talkinghead.catalogue import Catalogue
from talkinghead.core.money import show_dollars
from talkinghead.videos.values import NOTHING_HIDDEN, BlindEntries
from talkinghead.workspace import Workspace

DAYS = "billed_days"
"""The key of the range of days, and its name in the address."""
SHOWN_AT_FIRST = timedelta(days=29)  # before today


def billing_history(
    workspace: Workspace, actions: LedgerActions, hidden: BlindEntries = NOTHING_HIDDEN
) -> str | None:
    """Show the billing history.

    Args:
        workspace: whose.
        actions: what the buttons of a request do.
        hidden: of these the way leads to their blind comparison, not to the video.

    Returns:
        The id of the video that a person wants to see now, or None.
    """
    since, before = between(_days(), zone())
    history = workspace.billing.history(since, before)
    with st.container(key="ledger", gap="small"):
        if not history.rows:
            st.info("No paid renders on these days. Choose other dates.")
            return None
        history_totals(history, workspace.catalogue.title_of, since.date() if since else None)
        if note := limit_note(history, since, before, workspace.billing.spent().today):
            st.caption(plain(note))
        _heading(workspace.catalogue, history)
        return history_rows(workspace.catalogue, history.rows, actions, hidden)


def limit_note(
    history: History, since: datetime | None, before: datetime | None, spent_today: Decimal
) -> str | None:
    """Return why today's total is not what a person has spent today of their limit, or None where
    it is, or today is not among the days.

    Args:
        history: of the days.
        since, before: their start and end, aware; None is open.
        spent_today: dollars that count toward the limit.
    """
    now = datetime.now(zone())
    if (since and now < since) or (before and now >= before):
        return None
    listed = (row.entry.counted for row in history.rows if row.day(zone()) == now.date())
    if spent_today == sum(listed, Decimal(0)):
        return None
    return f"Spent today: {show_dollars(spent_today)}. {COUNTED}"


def _days() -> object:
    day = today()
    return st.date_input(
        "Dates",
        value=(day - SHOWN_AT_FIRST, day),
        key=DAYS,
        bind="query-params",
        format=date_input_format(),
        help="Days in your time zone. Clear the dates to see everything.",
        width=300,
    )


def _heading(catalogue: Catalogue, history: History) -> None:
    visitors_zone = zone()
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        count = show_count(len(history.rows))
        st.header(f"Requests :gray[{count}]", anchor=False, width="content")
        st.download_button(
            "Download CSV",
            data=lambda: history_csv(history, visitors_zone, catalogue.title_of),
            file_name="billing-history.csv",
            mime="text/csv",
            key="ledger_csv",
            icon=":material/download:",
            on_click="ignore",
            help="These requests, and their totals by day, person, project and model.",
        )
