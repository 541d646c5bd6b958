"""The billing history as a CSV file: each request, then its totals, in one table.

The first column says what a row is: "request", "total by day", …, "total". So a spreadsheet sums
the requests by a filter, and finds the totals that the page shows.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import tzinfo

from talkinghead.billing.history import GROUPINGS, Grouping, History, HistoryRow, Total
from talkinghead.jobs.job import LedgerEntry

COLUMNS = (
    "row", "date", "request_id", "job_id", "person", "project", "model", "title", "state",
    "requests", "estimate_usd", "billed_usd", "counted_usd", "charged", "unusable_units",
    "at_fal_until",
)  # fmt: skip
_NAMED_IN = {"day": "date", "person": "person", "project": "project", "model": "model"}
"""The column that holds the name of a total, by what it is grouped by."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def history_csv(history: History, zone: tzinfo, title_of: Callable[[str], str]) -> bytes:
    """Return the history as CSV, UTF-8 with a byte order mark so that spreadsheets detect it.

    Args:
        history: its rows in this order, and their totals.
        zone: whose days and times they are.
        title_of: names a model by its endpoint id.
    """
    out = io.StringIO()
    rows = csv.DictWriter(out, COLUMNS, restval="")
    rows.writeheader()
    for row in history.rows:
        rows.writerow(_request(row, zone))
    for by in GROUPINGS:
        rows.writerows(_totals(by, history, zone, title_of))
    rows.writerow({"row": "total", **_sums(history.total)})
    return out.getvalue().encode("utf-8-sig")


def charged_word(entry: LedgerEntry) -> str:
    """Return "yes", "no" or "unknown": whether the request was charged."""
    if entry.charged is None:
        return "unknown"
    return "yes" if entry.charged else "no"


def _request(row: HistoryRow, zone: tzinfo) -> dict[str, object]:
    entry = row.entry
    return {
        "row": "request",
        "date": entry.created_at.astimezone(zone).isoformat(timespec="seconds"),
        "request_id": _harmless(entry.request_id or ""),
        "job_id": entry.job_id,
        "person": _harmless(row.person),
        "project": _harmless(row.project),
        "model": entry.endpoint_id,
        "title": _harmless(entry.title),
        "state": entry.state.value,
        "requests": 1,
        "estimate_usd": entry.estimate,
        "billed_usd": "" if entry.billed is None else entry.billed,
        "counted_usd": entry.counted,
        "charged": charged_word(entry),
        "unusable_units": _harmless(entry.unusable_units or ""),
        "at_fal_until": _kept_until(row, zone),
    }


def _kept_until(row: HistoryRow, zone: tzinfo) -> str:
    """Return until when fal keeps the output, "deleted", or "" where that is not known."""
    if row.kept is None or row.entry.request_id is None:
        return ""
    if row.kept.deleted_at:
        return "deleted"
    return row.kept.expires_at.astimezone(zone).isoformat(timespec="seconds")


def _totals(
    by: Grouping, history: History, zone: tzinfo, title_of: Callable[[str], str]
) -> Iterator[dict[str, object]]:
    for total in history.totals(by, zone, title_of):
        name = total.key if by == "model" else total.label  # as in the rows above
        yield {"row": f"total by {by}", _NAMED_IN[by]: _harmless(name), **_sums(total)}


def _sums(total: Total) -> dict[str, object]:
    return {
        "requests": total.requests,
        "estimate_usd": total.estimated,
        "billed_usd": total.billed,
        "counted_usd": total.counted,
    }


def _harmless(text: str) -> str:
    """Escape text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
