"""The totals of the billing history: the sums of all, a chart, and a table by day, person, project
or model."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from components.shell.notices import plain
from components.ui.bound_choices import bound_choices
from components.ui.choices import Choice
from components.ui.datetimes import show_count, show_day, zone
from talkinghead.billing.history import Grouping, History, Total
from talkinghead.core.money import show_dollars

BY = "by"
"""The key of the grouping, and its name in the address."""
NAMES: dict[Grouping, str] = {
    "day": "Day",
    "person": "Person",
    "project": "Project",
    "model": "Model",
}
CHART_HEIGHT, TABLE_HEIGHT, FITTING = 220, 330, 8
BARS_SHOWN, LABEL_LENGTH = 12, 40
BAR_COLOR = "#2A9480"  # of the theme, legible on its light and its dark ground


def history_totals(history: History, title_of: Callable[[str], str]) -> None:
    """Show the sums, the chart and the table of a history that is not empty.

    Args:
        history: its requests.
        title_of: names a model by its endpoint id.
    """
    _sums(history.total)
    chosen = bound_choices(
        "Totals by",
        [Choice(by, name) for by, name in NAMES.items()],
        key=BY,
        look="segments",
        default="day",
    )
    by: Grouping = next(each for each in NAMES if each == chosen)
    totals = history.totals(by, zone(), title_of)
    with st.container(border=True, key="history_chart"):
        _chart(by, totals)
    with st.container(
        key="history_totals", height=TABLE_HEIGHT if len(totals) > FITTING else "content"
    ):
        st.table(_table(by, totals))


def _sums(total: Total) -> None:
    facts = [
        ("Total", show_dollars(total.counted)),
        ("Estimated", show_dollars(total.estimated)),
        ("Billed by fal.ai", show_dollars(total.billed)),
        ("Requests", show_count(total.requests)),
    ]
    with st.grid(4, min_column_width=150, gap="small", key="history_sums"):
        for name, value in facts:
            st.metric(name, plain(value), border=True)
    if total.unbilled:
        one = total.unbilled == 1
        what = "1 request has" if one else f"{show_count(total.unbilled)} requests have"
        st.caption(f"{what} no bill. The total counts the estimate unless it wasn't charged.")


def _chart(by: Grouping, totals: Sequence[Total]) -> None:
    """Show the days from the first to the last upright, or the largest of the others lying."""
    shown = list(reversed(totals)) if by == "day" else totals[:BARS_SHOWN]
    bars = {
        NAMES[by]: [_short(_label(by, total)) for total in shown],
        "Dollars": [float(total.counted) for total in shown],
    }
    st.bar_chart(
        bars,
        x=NAMES[by],
        y="Dollars",
        x_label="" if by == "day" else "Dollars",
        y_label="Dollars" if by == "day" else "",
        color=BAR_COLOR,
        horizontal=by != "day",
        sort=False,
        height=CHART_HEIGHT,
    )


def _table(by: Grouping, totals: Sequence[Total]) -> dict[str, list[str]]:
    return {
        NAMES[by]: [plain(_label(by, total)) for total in totals],
        "Requests": [show_count(total.requests) for total in totals],
        "Estimated": [plain(show_dollars(total.estimated)) for total in totals],
        "Billed": [plain(show_dollars(total.billed)) for total in totals],
        "Total": [plain(show_dollars(total.counted)) for total in totals],
    }


def _label(by: Grouping, total: Total) -> str:
    return show_day(date.fromisoformat(total.key)) if by == "day" else total.label


def _short(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else f"{label[: LABEL_LENGTH - 1]}…"
