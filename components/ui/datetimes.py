"""Dates, times and counts as the visitor's browser writes them: its time zone, the order of day and
month, the 12 or 24-hour clock, the separator of thousands. Words stay English.

Every page and panel formats with these functions (tests/components/ui/test_datetimes.py).
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

AMERICAN = "en_US"
_LONGEST_LOCALE = 40  # characters of a language tag
DateInputFormat = Literal["MM/DD/YYYY", "DD/MM/YYYY", "YYYY-MM-DD"]
_DAY_PATTERNS = {"M": "MMM d, y", "d": "d MMM y", "y": "y-MM-dd"}
"""By the first part of the locale's own short date."""
_SHORT_DAY_PATTERNS = {"M": "MMM d", "d": "d MMM", "y": "MM-dd"}
"""Likewise."""
_INPUT_FORMATS: dict[str, DateInputFormat] = {
    "M": "MM/DD/YYYY",
    "d": "DD/MM/YYYY",
    "y": "YYYY-MM-DD",
}


def zone() -> tzinfo:
    """Return the time zone of the visitor's browser; UTC if unknown."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def show_day(moment: datetime | date) -> str:
    """Return a date: "Nov 21, 2026" in the US, "21 Nov 2026" in Germany, "2026-11-21" in Japan."""
    day = moment.astimezone(zone()) if isinstance(moment, datetime) else moment
    return format_date(day, _DAY_PATTERNS[_first_part(_locale())], locale=AMERICAN)


def show_short_day(day: date) -> str:
    """Return a date without its year: "Nov 21" in the US, "21 Nov" in Germany, "11-21" in Japan."""
    return format_date(day, _SHORT_DAY_PATTERNS[_first_part(_locale())], locale=AMERICAN)


def show_time(moment: datetime) -> str:
    """Return hour and minute: "1:05 PM" in the US, "13:05" in Germany."""
    local = moment.astimezone(zone())
    return format_time(local, "h:mm a" if _has_12_hours(_locale()) else "HH:mm", locale=AMERICAN)


def show_moment(moment: datetime) -> str:
    """Return date and time: "Nov 21, 2026, 1:05 PM"."""
    return f"{show_day(moment)}, {show_time(moment)}"


def show_age(moment: datetime, now: datetime | None = None) -> str:
    """Return the age in words: "just now", "5 min ago", "3 h ago", later the date."""
    minutes = ((now or datetime.now(UTC)) - moment).total_seconds() / 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{int(minutes)} min ago"
    if minutes < 24 * 60:
        return f"{int(minutes // 60)} h ago"
    return show_day(moment)


def show_count(number: int) -> str:
    """Return a whole number with the visitor's separators: "1,234" in the US, "1.234" in
    Germany."""
    return str(format_decimal(number, locale=_locale(), numbering_system="latn"))


def clock(seconds: float) -> str:
    """Return an offset in a speech: "0:07", "12:40"."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def date_input_format() -> DateInputFormat:
    """Return the format in which the visitor types a date, for `st.date_input`."""
    return _INPUT_FORMATS[_first_part(_locale())]


def today() -> date:
    """Return the visitor's day."""
    return datetime.now(zone()).date()


def between(days: object, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """Return the start of the first day and the end of the last, in a time zone; one day alone is
    both. None where no day is chosen.

    Args:
        days: what `st.date_input` returns for a range.
        zone: whose days they are.
    """
    chosen = [day for day in days if isinstance(day, date)] if isinstance(days, tuple) else []
    if not chosen:
        return None, None
    return (
        datetime.combine(chosen[0], time.min, tzinfo=zone),
        datetime.combine(chosen[-1] + timedelta(days=1), time.min, tzinfo=zone),
    )


def _locale() -> Locale:
    return _known_locale((st.context.locale or "")[:_LONGEST_LOCALE])


@lru_cache(maxsize=128)  # a browser can send any name
def _known_locale(name: str) -> Locale:
    """Return the locale of a language tag such as "de-DE"; American English if it is unknown."""
    try:
        return Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale.parse(AMERICAN)


@cache
def _first_part(locale: Locale) -> str:
    """Return with what a short date begins: "M", "d" or "y"."""
    pattern: str = locale.date_formats["short"].pattern
    return next(letter for letter in pattern if letter in _DAY_PATTERNS)


@cache
def _has_12_hours(locale: Locale) -> bool:
    pattern = locale.time_formats["short"].pattern
    return any(letter in pattern for letter in "aBh")
