"""What a person agrees to pay: the price, or where nobody knows it a ceiling in dollars."""

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from components.shell.notices import plain
from talkinghead.core.money import show_dollars


@dataclass(frozen=True)
class Agreement:
    """The price that a person has agreed to.

    Attributes:
        dollars: the price that was shown, or the most that they allow if it is unknown.
        is_ceiling: whether the price is unknown.
        another_take: order it also where the very same is being made.
    """

    dollars: Decimal
    is_ceiling: bool = False
    another_take: bool = False


def agreement_to(
    price: Decimal | None, key: str, *, another_take: bool = False
) -> Agreement | None:
    """Return the agreement that a click on the dialog's button would give; where nobody knows the
    price, show the field for a ceiling, and return None until a person has filled it in.

    Args:
        price: what it costs; None where nobody knows.
        key: of the field.
        another_take: it is another take of what may be under way.
    """
    if price is not None:
        return Agreement(price, another_take=another_take)
    typed = st.number_input(
        "Price unknown. The most you'll pay, in dollars",
        min_value=0.0,
        value=None,
        step=0.5,
        format="%.2f",
        key=key,
        help="Counts against your spending limits until fal.ai reports the bill, which may differ.",
    )
    if not typed:
        return None
    return Agreement(Decimal(str(round(typed, 2))), is_ceiling=True, another_take=another_take)


def agree_label(verb: str, agreement: Agreement | None) -> str:
    """Return the label of the dialog's button: "Render for at most $2.00"."""
    if agreement is None:
        return verb
    if not agreement.is_ceiling and not agreement.dollars:
        return f"{verb}, free"
    most = "at most " if agreement.is_ceiling else ""
    return plain(f"{verb} for {most}{show_dollars(agreement.dollars)}")


def terms_of(agreement: Agreement | None) -> dict[str, Decimal]:
    """Return the dollars of an agreement as arguments of `billing.authorise`; none for what costs
    nothing."""
    if agreement is None:
        return {}
    return {"ceiling" if agreement.is_ceiling else "agreed": agreement.dollars}
