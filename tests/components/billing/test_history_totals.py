"""The chart of the billing history, and why its day differs from what the limit counts."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from components.billing.billing_history import limit_note
from components.billing.history_totals import day_bars, largest_bars
from talkinghead.billing.history import History, Total
from tests.billing.test_history import row

DOLLAR, NONE = Decimal(1), Decimal(0)


def total(key: str) -> Total:
    """A dollar for one request."""
    return Total(key, key, 1, DOLLAR, DOLLAR, 0, DOLLAR)


def test_days_without_requests_have_their_place() -> None:
    bars = day_bars([total("2026-12-01"), total("2026-11-28")], None)
    assert bars[-4:] == [("Nov 28", DOLLAR), ("Nov 29", NONE), ("Nov 30", NONE), ("Dec 1", DOLLAR)]


def test_a_single_day_is_one_of_two_weeks() -> None:
    bars = day_bars([total("2026-12-01")], date(2026, 11, 2))
    assert len(bars) == 14
    assert [label for label, dollars in bars if dollars] == ["Dec 1"]


def test_no_day_is_shown_empty_that_was_not_looked_at() -> None:
    assert day_bars([total("2026-12-01")], date(2026, 12, 1)) == [("Dec 1", DOLLAR)]
    # A request may be on a day before the first one where the visitor's zone has changed.
    assert day_bars([total("2026-11-30")], date(2026, 12, 1)) == [("Nov 30", DOLLAR)]


def test_days_far_apart_stand_side_by_side_with_their_years() -> None:
    bars = day_bars([total("2026-12-01"), total("2025-12-01")], None)
    assert bars == [("Dec 1, 2025", DOLLAR), ("Dec 1, 2026", DOLLAR)]


def test_people_of_one_name_keep_a_bar_each() -> None:
    assert largest_bars([total("Ada"), total("Ada")]) == [("Ada", DOLLAR)] * 2


@pytest.mark.parametrize(("spent", "said"), [("0.12", False), ("0.60", True)])
def test_a_limit_that_counts_more_than_the_day_says_why(spent: str, said: bool) -> None:
    now = datetime.now(UTC)
    history = History((row(created_at=now),))
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    note = limit_note(history, day, day + timedelta(days=1), Decimal(spent))
    assert (note is not None) is said
    assert note is None or note.startswith("Spent today: $0.60. Limits reset")
    assert limit_note(history, None, day, Decimal(spent)) is None  # today is not among the days
