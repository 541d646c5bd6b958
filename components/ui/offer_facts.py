"""The facts to confirm before money is spent: model, seconds, dollars, limits."""

from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, Decimal

import streamlit as st

from components.shell.notices import plain
from components.ui.fact_table import facts
from talkinghead.billing.values import Offer
from talkinghead.core.money import CENT, TENTH_OF_A_CENT, show_dollars, show_price, show_seconds
from talkinghead.workspace import Workspace

LIST_PRICE = "list price"


def offer_facts(workspace: Workspace, model_title: str, offer: Offer) -> Callable[[], None]:
    """Show one offer, marked if its price is today's.

    Returns:
        What adds the balance at fal.ai, to be called last, since asking may take a moment.
    """
    about = "about " if offer.estimate.approximate else ""
    dollars = plain(about + show_price(offer.estimate.dollars))
    with st.container(gap="small", key="offer"):
        st.metric("Price", dollars)
        _mark(offer)
        with st.container(gap="xsmall"):
            facts(offer_rows(model_title, offer))
            place = st.container(key="offer_balance")

    def balance() -> None:
        with place, st.spinner("Asking for the balance"):
            dollars = workspace.billing.balance()
            if dollars is not None:
                facts([("Balance at fal.ai", show_left(dollars))])

    return balance


def _mark(offer: Offer) -> None:
    if offer.price_source == LIST_PRICE:
        st.badge(
            "List price",
            icon=":material/sell:",
            color="orange",
            help="From the model's own document: fal's price of today cannot be seen.",
        )
    else:
        st.badge("fal's price of today", icon=":material/sell:", color="green")


def offer_rows(model_title: str, offer: Offer) -> Iterator[tuple[str, str]]:
    """Yield (name, value) rows; a limit only if there is one."""
    estimate = offer.estimate
    about = "about " if estimate.approximate else ""
    yield "Model", model_title
    yield "Length", f"{about}{show_seconds(estimate.seconds)} of video"
    if estimate.per_second is not None:
        yield "Rate", f"{show_dollars(estimate.per_second)} a second"
    if offer.left_today is not None:
        yield "Left today", f"{show_left(offer.left_today)} before this"


def show_left(dollars: Decimal) -> str:
    """Return the dollars left, rounded down."""
    step = CENT if abs(dollars) >= CENT * 10 else TENTH_OF_A_CENT
    return show_dollars(dollars.quantize(step, rounding=ROUND_DOWN))


def price_mark(offer: Offer) -> str:
    """Return a few words on the source of the price."""
    if offer.price_source == LIST_PRICE:
        return "List prices, from the models' documents."
    return "fal's prices of today."
