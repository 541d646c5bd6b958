"""Dollars are exact, and never shown as less than they are."""

from decimal import Decimal

import pytest

from talkinghead.core.money import (
    Budget,
    Spent,
    amount_in,
    show_dollars,
    show_price,
    show_seconds,
    total,
)


@pytest.mark.parametrize(
    ("dollars", "shown"),
    [
        ("-48.29", "-$48.29"),
        ("-0.004", "-$0.004"),
        ("-1234.5", "-$1,234.50"),
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


def test_a_price_that_nobody_knows_is_said() -> None:
    assert show_price(None) == "price unknown"
    assert show_price(Decimal("0.15")) == "$0.15"


def test_a_sum_is_known_only_where_all_of_it_is() -> None:
    assert total([Decimal("0.15"), Decimal("0.005")]) == Decimal("0.155")
    assert total([Decimal("0.15"), None]) is None
    assert total([]) == 0


@pytest.mark.parametrize(
    ("seconds", "shown"), [("5.84", "5.8 s"), ("59.99", "1 min 00 s"), ("65", "1 min 05 s")]
)
def test_lengths_read_as_people_say_them(seconds: str, shown: str) -> None:
    assert show_seconds(Decimal(seconds)) == shown


# Caps


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        (Budget(render=Decimal("0.99")), "may cost up to $0.99"),
        (Budget(person_day=Decimal("1.99")), "$0.99 of your $1.99 left today"),
        (Budget(app_day=Decimal("3.99")), "limit for today"),
        (Budget(app_month=Decimal("5.99")), "this month"),
    ],
)
def test_over_a_cap_the_reason_names_it(budget: Budget, words: str) -> None:
    spent = Spent(Decimal(1), Decimal(5), Decimal(3))
    refusal = budget.refusal(Decimal(1), spent, on_own_key=False)
    assert refusal is not None
    assert words in refusal


def test_up_to_a_cap_everything_may_be_spent() -> None:
    budget = Budget(Decimal(1), Decimal(2), Decimal(6), Decimal(4))
    spent = Spent(Decimal(1), Decimal(5), Decimal(3))
    assert budget.refusal(Decimal(1), spent, on_own_key=False) is None


def test_the_limits_of_the_app_are_not_those_of_a_persons_own_key() -> None:
    budget = Budget(app_day=Decimal(1), app_month=Decimal(1))
    assert budget.refusal(Decimal(2), Spent(), on_own_key=True) is None


@pytest.mark.parametrize(
    "said",
    ["nan", "-inf", "1e400", "1000000001", "-1e-40", "1e-400", "1e-999999999", "", "x", None],
)
def test_what_no_amount_can_be_is_none(said: object) -> None:
    assert amount_in(said) is None


@pytest.mark.parametrize("said", [0, "0.000", "-48.29", 0.005, "1000000000", "0.000001"])
def test_an_amount_is_exact(said: object) -> None:
    assert amount_in(said) == Decimal(str(said))


def test_an_amount_has_no_more_digits_than_a_database_keeps() -> None:
    assert amount_in("0." + "3" * 80) == Decimal("0." + "3" * 28)
    assert len(format(amount_in("0.00000000" + "7" * 80) or Decimal(0), "f")) <= 64
