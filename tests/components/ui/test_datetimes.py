"""Dates, times and counts are short, right, and written as where the visitor lives."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st

from components.ui.datetimes import (
    date_input_format,
    show_age,
    show_count,
    show_day,
    show_moment,
    show_time,
)

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 11, 21, 12, 5, tzinfo=UTC)
FORMATTING = {"strftime", "isoformat", "ctime"}


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The browser of the visitor; an American one at first."""
    browser = SimpleNamespace(locale="en-US", timezone="UTC")
    monkeypatch.setattr(st, "context", browser)
    return browser


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=5, seconds=40), "5 min ago"),
        (timedelta(hours=3, minutes=59), "3 h ago"),
        (timedelta(days=2), "Nov 19, 2026"),
    ],
)
def test_an_age_is_in_its_largest_unit(age: timedelta, text: str) -> None:
    assert show_age(NOON - age, NOON) == text


@pytest.mark.parametrize(
    ("locale", "moment", "count", "typed"),
    [
        ("en-US", "Nov 21, 2026, 12:05 PM", "1,234", "MM/DD/YYYY"),
        ("en-GB", "21 Nov 2026, 12:05", "1,234", "DD/MM/YYYY"),
        ("de-DE", "21 Nov 2026, 12:05", "1.234", "DD/MM/YYYY"),
        ("fr", "21 Nov 2026, 12:05", "1\u202f234", "DD/MM/YYYY"),
        ("ja-JP", "2026-11-21, 12:05", "1,234", "YYYY-MM-DD"),
        ("ar-EG", "21 Nov 2026, 12:05 PM", "1٬234", "DD/MM/YYYY"),
        ("xx-unknown", "Nov 21, 2026, 12:05 PM", "1,234", "MM/DD/YYYY"),
        (None, "Nov 21, 2026, 12:05 PM", "1,234", "MM/DD/YYYY"),
    ],
)
def test_dates_times_and_counts_are_those_of_the_visitors_locale(
    visitor: SimpleNamespace, locale: str | None, moment: str, count: str, typed: str
) -> None:
    visitor.locale = locale
    assert (show_moment(NOON), date_input_format()) == (moment, typed)
    if locale != "ar-EG":  # its separator differs between releases of the data
        assert show_count(1234) == count


def test_the_day_and_the_hour_are_those_of_the_visitors_clock(visitor: SimpleNamespace) -> None:
    visitor.timezone = "Pacific/Auckland"  # 13 hours ahead
    assert show_day(NOON) == "Nov 22, 2026"
    assert show_time(NOON) == "1:05 AM"
    visitor.timezone = "Nowhere/At-all"
    assert show_time(NOON) == "12:05 PM"


def test_nothing_that_is_shown_has_an_invisible_character(visitor: SimpleNamespace) -> None:
    for locale in ("en-US", "ar", "he-IL", "fa-IR", "fr-FR"):
        visitor.locale = locale
        shown = show_moment(NOON) + show_count(1_234_567)
        assert not {char for char in shown if ord(char) in range(0x200B, 0x2010)}


def own_formats(source: str) -> Iterator[str]:
    """Where a source formats a date, a time or a count by itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in FORMATTING:
            yield f"line {node.lineno}: .{node.attr}"
        elif isinstance(node, ast.ImportFrom | ast.Import) and "babel" in ast.unparse(node):
            yield f"line {node.lineno}: babel"
        elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec)
            if any(f"%{letter}" in spec for letter in "aAbBdHIjmMpSyY") or ":," in f":{spec[2:]}":
                yield f"line {node.lineno}: {spec}"


@pytest.mark.parametrize(
    "source",
    [
        "moment.strftime('%d')",
        "moment.isoformat()",
        "f'{moment:%b %Y}'",
        "f'{count:,}'",
        "from babel.dates import format_date",
    ],
)
def test_a_format_of_ones_own_is_found(source: str) -> None:
    assert list(own_formats(source))


def test_no_page_or_panel_formats_dates_times_or_counts_by_itself() -> None:
    places = [*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    found = {
        path.relative_to(ROOT).as_posix(): formats
        for path in places
        if path.name != "datetimes.py"
        and (formats := list(own_formats(path.read_text(encoding="utf-8"))))
    }
    assert found == {}
