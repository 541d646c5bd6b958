"""Scripts of every kind are read as an announcer reads them."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bench.readings import Row, is_right, levelled, rows
from talkinghead.speech.reading.spoken_text import speakable

TABLES = Path(__file__).parents[2] / "data" / "readings"
ROWS = [row for table in sorted(TABLES.glob("*.tsv")) for row in rows(table)]


@pytest.mark.parametrize("kind", sorted({row.kind for row in ROWS}))
def test_every_row_of_a_kind_is_read_right(kind: str) -> None:
    wrong = [
        f"{row.written!r} is read {speakable(row.written)!r}, not {row.read!r}"
        for row in ROWS
        if row.kind == kind and not is_right(row)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("$5", "five euros"),
        ("José", "José ends in e"),
        ("the end of a café society", "ends in ay"),
        ("e.g., this", "for example, this, no pause"),
        ("Go. Stop.", "go stop, no sentence end"),
        ("a, b, c", "a b c (one comma)"),
        ("in 105", "in one hundred"),
    ],
)
def test_a_wrong_reading_is_not_taken_for_right(written: str, read: str) -> None:
    assert not is_right(Row("any", written, read))


def test_spacing_hyphens_case_and_the_and_of_numbers_are_levelled() -> None:
    assert levelled("One hundred and twenty-one, P. H. D.") == levelled(
        "one hundred twenty one phd"
    )
    assert levelled("one hundred and more") != levelled("one hundred more")


def calls(work: Callable[[], Any]) -> int:
    """The number of calls that some work makes, of Python's and of the built-in functions."""
    count = 0

    def counted(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "unit",
    ["Call us at 415. Dr. Smith paid $3.50 at fal.ai/a. SALE ENDS SUNDAY! ", "1", "1-", "$1-", "a/",
     "A ", "H₂", "5'", "St. ", "Mon-", "call ", "1 - ", "mo/", "(4"],
)  # fmt: skip
def test_twice_the_script_is_at_most_twice_the_work(unit: str) -> None:
    short, long = (unit * 600)[:600], (unit * 1200)[:1200]
    speakable(short)  # whatever is done once
    assert calls(lambda: speakable(long)) <= 2.1 * calls(lambda: speakable(short)) + 500
