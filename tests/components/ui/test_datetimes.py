"""Times are short and right."""

from datetime import UTC, datetime, timedelta

import pytest

from components.ui.datetimes import show_age, show_day, show_moment

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=5, seconds=40), "5 min ago"),
        (timedelta(hours=3, minutes=59), "3 h ago"),
        (timedelta(days=2), "19 Nov 2026"),
    ],
)
def test_an_age_is_in_its_largest_unit(age: timedelta, text: str) -> None:
    assert show_age(NOON - age, NOON) == text


def test_a_moment_has_its_day_and_minute() -> None:
    assert show_moment(NOON) == "21 Nov 2026, 12:00"


def test_a_day_has_no_leading_zero() -> None:
    assert show_day(NOON.replace(day=1)) == "1 Nov 2026"
