"""What a person agrees to with --agree."""

from decimal import Decimal

import pytest

from talkinghead.cli.price import Consent
from talkinghead.core.errors import RenderRefused


def test_a_ceiling_for_an_unknown_price_is_what_is_left_of_the_agreed_dollars_and_used_up() -> None:
    consent = Consent("2.50", may_ask=False)
    consent.to("Generate the voice-over", Decimal("0.50"))
    assert consent.ceiling() == Decimal(2)
    with pytest.raises(RenderRefused, match="--agree"):
        consent.ceiling()


def test_an_unknown_price_needs_a_ceiling_that_was_named_before() -> None:
    with pytest.raises(RenderRefused, match="We don't know the price"):
        Consent(None, may_ask=True).ceiling()
