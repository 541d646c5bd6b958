"""Dollars are exact, and never shown as less than they are."""

from decimal import Decimal

import pytest

from talkinghead.money import Price, show_dollars, show_seconds


@pytest.mark.parametrize(
    ("dollars", "shown"),
    [
        ("0", "$0.00"),
        ("0.0305", "$0.031"),
        ("0.15", "$0.15"),
        ("0.151", "$0.16"),
        ("5.768", "$5.77"),
        ("1234.5", "$1,234.50"),
    ],
)
def test_dollars_are_rounded_up(dollars: str, shown: str) -> None:
    assert show_dollars(Decimal(dollars)) == shown


def test_a_third_of_a_cent_stays_exact() -> None:
    assert Price(Decimal("0.005")).of(Decimal("0.7")) == Decimal("0.0035")


@pytest.mark.parametrize(
    ("seconds", "shown"), [("5.84", "5.8 s"), ("59.99", "1 min 00 s"), ("65", "1 min 05 s")]
)
def test_lengths_read_as_people_say_them(seconds: str, shown: str) -> None:
    assert show_seconds(Decimal(seconds)) == shown
