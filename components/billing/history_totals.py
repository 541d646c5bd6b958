"""The totals of the billing history: the sums of all, a chart, and a table by day, person, project
or model."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import streamlit as st

from components.shell.notices import plain
from components.ui.bound_choices import bound_choices
from components.ui.choices import Choice
from components.ui.datetimes import show_count, show_day, show_short_day, zone
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
FEWEST_DAYS, MOST_DAYS = timedelta(days=13), timedelta(days=91)
"""From the first to the last day of the chart: so many at least, and so many with empty ones."""
Bar = tuple[str, Decimal]
"""A label and its dollars."""
BAR_COLOR = "#2A9480"  # of the theme, legible on its light and its dark ground


def history_totals(
    history: History, title_of: Callable[[str], str], since: date | None = None
) -> None:
    """Show the sums, the chart and the table of a history that is not empty.

    Args:
        history: its requests.
        title_of: names a model by its endpoint id.
        since: the first day that it holds all requests of; None holds all there are.
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
    bars = day_bars(totals, since) if by == "day" else largest_bars(totals)
    if len(bars) > 1:  # one alone compares with nothing
        with st.container(border=True, key="history_chart"):
            _chart(by, bars)
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


def day_bars(totals: Sequence[Total], since: date | None) -> list[Bar]:
    """Return the days of the chart, the first day first, those without requests too: time runs
    evenly, and a few days are no wide blocks.

    Args:
        totals: by day, the latest first.
        since: the first day of which all requests are known, before which no empty day is shown.
    """
    dollars = {date.fromisoformat(total.key): total.counted for total in totals}
    first, last = min(dollars), max(dollars)
    if last - first > MOST_DAYS:
        return [(show_day(day), dollars[day]) for day in sorted(dollars)]
    begin = min(first, last - FEWEST_DAYS)
    if since is not None:
        begin = max(begin, min(since, first))
    days = [begin + timedelta(days=number) for number in range((last - begin).days + 1)]
    return [(show_short_day(day), dollars.get(day, Decimal(0))) for day in days]


def largest_bars(totals: Sequence[Total]) -> list[Bar]:
    """Return the largest totals, the largest first."""
    return [(_short(total.label), total.counted) for total in totals[:BARS_SHOWN]]


def _chart(by: Grouping, bars: Sequence[Bar]) -> None:
    """Show the days upright, or the others lying."""
    st.bar_chart(
        {
            NAMES[by]: [label for label, _ in bars],
            "Dollars": [float(dollars) for _, dollars in bars],
        },
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
