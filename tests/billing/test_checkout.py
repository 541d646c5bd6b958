"""What lines cost, why they may not be ordered, and what a permit lets through."""

from dataclasses import replace
from decimal import Decimal

import pytest

from talkinghead.billing.values import Line
from talkinghead.core.errors import RenderRefused
from tests.billing.conftest import MakeCheckout

SECONDS = Line("fal-ai/flashhead", "f", "second", Decimal(10), Decimal("0.10"), Decimal("0.10"))
UNKNOWN = replace(SECONDS, listed=None, plain=None)
FREE = replace(SECONDS, endpoint_id="draft", listed=Decimal(0), plain=Decimal(0))


def test_only_what_is_not_ready_is_paid_for(checkout_of: MakeCheckout) -> None:
    quote = checkout_of().quote([SECONDS, replace(SECONDS, ready=True)])
    assert quote.dollars == Decimal(1)
    assert [line.dollars for line in quote.lines] == [Decimal(1), Decimal(1)]


def test_what_is_made_here_needs_neither_key_nor_price(checkout_of: MakeCheckout) -> None:
    quote = checkout_of(key=False).quote([FREE])
    assert (quote.dollars, quote.allowed) == (Decimal(0), True)


def test_a_paid_line_needs_a_key(checkout_of: MakeCheckout) -> None:
    assert "Add a fal.ai key" in (checkout_of(key=False).quote([SECONDS]).why_not or "")


def test_a_model_may_say_why_it_cannot_be_made(checkout_of: MakeCheckout) -> None:
    assert checkout_of().quote([replace(SECONDS, blocked="No.")]).why_not == "No."


@pytest.mark.parametrize("together", [True, False])
def test_the_cap_of_one_video_holds_its_lines_together(
    checkout_of: MakeCheckout, together: bool
) -> None:
    checkout = checkout_of(render=Decimal("1.5"))
    quote = checkout.quote([SECONDS, replace(SECONDS, order=0 if together else 1)])
    assert quote.allowed is not together


def test_the_cap_of_the_day_holds_all_videos_together(checkout_of: MakeCheckout) -> None:
    checkout = checkout_of(person_day=Decimal("1.5"))
    assert not checkout.quote([SECONDS, replace(SECONDS, order=1)]).allowed


def test_a_price_that_rose_is_not_authorised(checkout_of: MakeCheckout) -> None:
    checkout = checkout_of()
    with pytest.raises(RenderRefused, match="went up to"):
        checkout.authorise(checkout.quote([SECONDS]), Decimal("0.99"))


def test_nothing_is_authorised_before_it_was_agreed_to(checkout_of: MakeCheckout) -> None:
    checkout = checkout_of()
    with pytest.raises(RenderRefused, match="Confirm the price"):
        checkout.authorise(checkout.quote([SECONDS]))


def test_an_unknown_price_is_authorised_only_with_a_ceiling(checkout_of: MakeCheckout) -> None:
    checkout = checkout_of()
    quote = checkout.quote([UNKNOWN, UNKNOWN])
    assert (quote.dollars, quote.needs_ceiling) == (None, True)
    with pytest.raises(RenderRefused, match="don't know"):
        checkout.authorise(quote, Decimal(5))
    permit = checkout.authorise(quote, ceiling=Decimal(5))
    assert (permit.most, permit.dollars) == (Decimal(5), (Decimal("2.5"), Decimal("2.5")))
