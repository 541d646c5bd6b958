"""What a render costs at this moment."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from talkinghead.core.money import Estimate

PriceSource = Literal["fal today", "list price"]


@dataclass(frozen=True)
class Offer:
    """What a render costs at this moment, and whether it may be ordered.

    Attributes:
        estimate: seconds and dollars.
        price_source: fal's own price of today, or the one in the model's document.
        allowed: it can be ordered now.
        why_not: the reason where it cannot.
        spent_today: this person's dollars since midnight (UTC), what is under way included.
        left_today: what the daily cap leaves, or None where there is none.
    """

    estimate: Estimate
    price_source: PriceSource
    allowed: bool
    why_not: str | None
    spent_today: Decimal
    left_today: Decimal | None
