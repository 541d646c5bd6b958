"""Lines of an order and their quote: the price at this moment."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from talkinghead.core.money import total
from talkinghead.jobs.paying_keys import Payer, PayerSource

PriceSource = Literal["live price", "list price"]
Unit = Literal["second", "thousand characters"]


@dataclass(frozen=True)
class Line:
    """One request of an order, as it would be sent.

    Attributes:
        endpoint_id: the model or voice; one that is made here costs nothing.
        fingerprint: of all its inputs: what would come out the same again.
        unit: what it is billed by.
        quantity: so many units are sent, or are guessed to be.
        listed: dollars for one unit by the model's document, its options included; None where it
            states none.
        plain: the same without any option that costs more.
        ready: it was made before, or is being made: it costs nothing now.
        blocked: why it cannot be made at all, or None.
        order: the number of the video it is for, where several are ordered together.
        paid_by: whose key alone may be charged for it; None where any may.
    """

    endpoint_id: str
    fingerprint: str
    unit: Unit
    quantity: Decimal
    listed: Decimal | None
    plain: Decimal | None
    ready: bool = False
    blocked: str | None = None
    order: int = 0
    paid_by: Payer | None = None


@dataclass(frozen=True)
class PricedLine:
    """A line with its price.

    Attributes:
        line: what is sent.
        rate: dollars for one unit, options included; None if unknown.
        unit_price: dollars for one unit on the provider's bill; None if unknown.
    """

    line: Line
    rate: Decimal | None
    unit_price: Decimal | None

    @property
    def dollars(self) -> Decimal | None:
        """The price, also of a line that is ready already; None if unknown."""
        return None if self.rate is None else self.rate * self.line.quantity


@dataclass(frozen=True)
class Quote:
    """The price of lines at this moment, and whether they may be ordered.

    Attributes:
        lines: with their prices, as they were asked for.
        paid: the lines that are to be paid for now.
        price_source: fal's own prices of today, or those in the documents.
        payer: whose key would pay, or None where there is none.
        refusal: why nobody may order them now whatever was spent, or None.
        over_cap: which cap is in the way of them now, or None.
        spent_today: this person's dollars since midnight (UTC), what is under way included.
        left_today: what the daily cap leaves, or None where there is none.
    """

    lines: tuple[PricedLine, ...]
    paid: tuple[PricedLine, ...]
    price_source: PriceSource
    payer: PayerSource | None
    refusal: str | None
    over_cap: str | None
    spent_today: Decimal
    left_today: Decimal | None

    @property
    def dollars(self) -> Decimal | None:
        """The dollars to pay now; None if unknown."""
        return total(priced.dollars for priced in self.paid)

    @property
    def why_not(self) -> str | None:
        """Why they cannot be ordered now, or None."""
        return self.refusal or self.over_cap

    @property
    def allowed(self) -> bool:
        """Whether the lines can be ordered now."""
        return self.why_not is None

    @property
    def needs_ceiling(self) -> bool:
        """Whether the price is unknown, so that only a ceiling in dollars can be agreed to."""
        return self.dollars is None

    def between(self, first: int, end: int) -> "Quote":
        """Return the quote of some of the lines, ordered together with the others."""
        lines = self.lines[first:end]
        ids = {id(line) for line in lines}
        paid = tuple(line for line in self.paid if id(line) in ids)
        return replace(self, lines=lines, paid=paid)
