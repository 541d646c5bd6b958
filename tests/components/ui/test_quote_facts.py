"""What a person agrees to, in words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from components.billing.spending_panel import spending_rows
from components.ui.quote_facts import price_mark, quote_rows, show_left
from talkinghead.billing.values import Quote
from talkinghead.core.money import Estimate
from talkinghead.core.settings import Settings

ESTIMATE = Estimate("fal-ai/flashhead", Decimal(5), Decimal("0.025"), True, Decimal("0.005"))
QUOTE = Quote((), (), "live price", "session", None, None, Decimal("0.06"), Decimal("9.946"))


@pytest.mark.parametrize(
    ("dollars", "text"),
    [("9.946", "$9.94"), ("0.0259", "$0.025"), ("0", "$0.00"), ("-48.29", "-$48.29")],
)
def test_what_is_left_is_never_rounded_up(dollars: str, text: str) -> None:
    assert show_left(Decimal(dollars)) == text


def test_the_quote_names_the_model_the_length_and_what_is_left_today() -> None:
    rows = dict(quote_rows("FlashHead", QUOTE, ESTIMATE))
    assert rows["Model"] == "FlashHead"
    assert rows["Length"] == "about 5.0 s of video"
    assert rows["Remaining today"] == "$9.94"


def test_where_the_price_comes_from_is_said() -> None:
    listed = replace(QUOTE, price_source="list price")
    assert "List price" in price_mark(listed)
    assert "Live" in price_mark(QUOTE)


def test_a_cap_that_is_not_set_is_no_limit() -> None:
    rows = dict(spending_rows(Settings(cap_render=Decimal(5)), QUOTE))
    assert rows["Per video"] == "$5.00"
    assert rows["Whole team, per month"] == "No limit"
