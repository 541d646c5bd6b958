"""Amounts in dollars: `Decimal`, never float.

A price is what a document says; an estimate is that price applied to one speech on one model.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")
TENTH_OF_A_CENT = Decimal("0.001")
_MOST, _LEAST = Decimal(10**9), Decimal("1e-9")


@dataclass(frozen=True)
class Price:
    """A model's list price for one second of video.

    Attributes:
        per_second: dollars for a second of finished video, before any option that costs more;
            None where no document states it.
        minimum_seconds: shorter videos are billed as this long.
    """

    per_second: Decimal | None = None
    minimum_seconds: Decimal = Decimal(0)


@dataclass(frozen=True)
class Estimate:
    """The estimated price of one video on one model, and the effects of the model's limits.

    Attributes:
        endpoint_id: the model.
        seconds: seconds of video that will be billed.
        dollars: exact dollars for them, or None where the price is not known.
        approximate: the length is guessed from a script, so the bill may differ a little.
        per_second: the rate that applied, options included, or None where it is not known.
        limits: plain sentences on what the model's limits will do; empty where none applies.
        blocked: why it cannot be rendered like this at all, or None.
        unit_price: dollars for one unit on the bill. An option that costs more makes more units,
            it does not raise this; None where it is not known.
    """

    endpoint_id: str
    seconds: Decimal
    dollars: Decimal | None
    approximate: bool
    per_second: Decimal | None
    limits: tuple[str, ...] = ()
    blocked: str | None = None
    unit_price: Decimal | None = None


@dataclass(frozen=True)
class Budget:
    """The operator's limits in dollars; None means no limit.

    Attributes:
        render: for one render.
        person_day: for one person's renders in a day.
        app_day: for everybody's renders in a day, on the operator's key.
        app_month: for everybody's renders in a month, on the operator's key.
    """

    render: Decimal | None = None
    person_day: Decimal | None = None
    app_month: Decimal | None = None
    app_day: Decimal | None = None

    def refusal(
        self,
        dollars: Decimal,
        spent: "Spent",
        *,
        on_own_key: bool,
        dearest: Decimal | None = None,
    ) -> str | None:
        """Return why a render of so many dollars exceeds a limit, or None.

        Args:
            dollars: what it is said to cost.
            dearest: of several renders that cost so much together, the one that costs most.
            spent: what was spent before.
            on_own_key: the person pays by their own key, which the app's limits do not count.
        """
        one = dollars if dearest is None else dearest
        if self.render is not None and one > self.render:
            return (
                f"A video may cost up to {show_dollars(self.render)} here, and this one costs "
                f"{show_dollars(one)}. Shorten the script or choose a cheaper model."
            )
        if self.person_day is not None and spent.today + dollars > self.person_day:
            left = max(self.person_day - spent.today, Decimal(0))
            return (
                f"This costs {show_dollars(dollars)}, and you have {show_dollars(left)} of your "
                f"{show_dollars(self.person_day)} left today. Choose a cheaper model, or render "
                "tomorrow."
            )
        if on_own_key:
            return None
        if self.app_day is not None and spent.app_day + dollars > self.app_day:
            return (
                "This studio has reached its spending limit for today. Add your own fal.ai key in "
                "Settings, or come back tomorrow (limits reset at midnight UTC)."
            )
        if self.app_month is not None and spent.app_month + dollars > self.app_month:
            return (
                "This studio has reached its spending limit for this month. Add your own fal.ai "
                "key in Settings, or come back next month."
            )
        return None


@dataclass(frozen=True)
class Spent:
    """Dollars spent or reserved: billed where known, else estimated.

    Attributes:
        today: by one person since midnight (UTC).
        app_month: by everybody on the operator's key since the first of the month (UTC).
        app_day: by everybody on the operator's key since midnight (UTC).
    """

    today: Decimal = Decimal(0)
    app_month: Decimal = Decimal(0)
    app_day: Decimal = Decimal(0)


def amount_in(said: object) -> Decimal | None:
    """Return an amount that somebody else states, with no more digits than a database keeps; None
    for what is no amount, or too large or too small to be meant."""
    try:
        amount = Decimal(str(said))
    except InvalidOperation:
        return None
    if not amount.is_finite() or (amount and not _LEAST <= abs(amount) <= _MOST):
        return None
    return +amount  # rounded to 28 digits


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum in dollars; None if any amount is unknown."""
    together = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        together += amount
    return together


def show_price(dollars: Decimal | None) -> str:
    """Return a price as text, also an unknown one."""
    return "price unknown" if dollars is None else show_dollars(dollars)


def show_cents(dollars: Decimal | None, *, approximate: bool = False) -> str:
    """Return a price in whole cents, rounded up: "$0.04", "~$0.04", "< $0.01"; "price unknown" for
    None.

    For lists and buttons; what a person agrees to is shown by `show_dollars`.
    """
    if dollars is None:
        return "price unknown"
    if 0 < dollars < CENT:
        return "< $0.01"
    about = "~" if approximate and dollars else ""
    return f"{about}${dollars.quantize(CENT, rounding=ROUND_UP):,}"


def show_dollars(dollars: Decimal) -> str:
    """Return dollars as text: cents, or tenths of a cent below ten cents.

    Rounded up, so that what is shown is never less than what is asked: "$0.15", "$0.031", "$12.00";
    of what is owed, never less than that: "-$48.29".
    """
    if dollars == 0:
        return "$0.00"
    sign, amount = "-" if dollars < 0 else "", abs(dollars)
    step = TENTH_OF_A_CENT if amount < Decimal("0.10") else CENT
    return f"{sign}${amount.quantize(step, rounding=ROUND_UP):,}"


def show_seconds(seconds: Decimal | float) -> str:
    """Return a duration as text: "5.8 s", "1 min 05 s"."""
    tenths = Decimal(str(seconds)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if tenths < 60:
        return f"{tenths} s"
    whole = int(tenths.to_integral_value(rounding=ROUND_HALF_UP))
    return f"{whole // 60} min {whole % 60:02d} s"
