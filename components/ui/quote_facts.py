"""The facts to confirm before money is spent: model, seconds, dollars, limits."""

from collections.abc import Callable, Iterator
from decimal import ROUND_FLOOR, Decimal

import streamlit as st

from components.shell.notices import plain
from components.ui.fact_table import facts
from talkinghead.billing.values import Quote
from talkinghead.core.money import (
    CENT,
    TENTH_OF_A_CENT,
    Estimate,
    show_dollars,
    show_price,
    show_seconds,
)
from talkinghead.workspace import Workspace

LIST_PRICE = "list price"


def quote_facts(
    workspace: Workspace, model_title: str, quote: Quote, estimate: Estimate | None = None
) -> Callable[[], None]:
    """Show one quote, marked if its price is today's.

    Args:
        workspace: whose.
        model_title: of the model or the voice.
        quote: what is to be paid.
        estimate: of a video; None for what is billed by characters.

    Returns:
        What adds the balance at fal.ai, to be called last, since asking may take a moment.
    """
    about = "about " if estimate and estimate.approximate else ""
    with st.container(gap="small", key="quote"):
        if quote.dollars is None:
            st.metric("Price", "Unknown")
        else:
            st.metric("Price", plain(about + show_price(quote.dollars)))
            _mark(quote)
        with st.container(gap="xsmall"):
            facts(quote_rows(model_title, quote, estimate))
            place = st.container(key="quote_balance")

    def balance() -> None:
        with place, st.spinner("Checking the balance"):
            dollars = workspace.billing.balance()
            if dollars is not None:
                facts([("fal.ai balance", show_left(dollars))])

    return balance


def _mark(quote: Quote) -> None:
    if quote.price_source == LIST_PRICE:
        st.badge(
            "List price",
            icon=":material/sell:",
            color="orange",
            help="From fal.ai's documentation. The live price isn't available.",
        )
    else:
        st.badge("Live price", icon=":material/sell:", color="green")


def quote_rows(
    model_title: str, quote: Quote, estimate: Estimate | None = None
) -> Iterator[tuple[str, str]]:
    """Yield (name, value) rows; a limit only if there is one."""
    yield "Model", model_title
    if estimate is not None:
        about = "about " if estimate.approximate else ""
        yield "Length", f"{about}{show_seconds(estimate.seconds)} of video"
        if estimate.per_second is not None:
            yield "Rate", f"{show_dollars(estimate.per_second)}/s"
    if quote.left_today is not None:
        yield "Remaining today", show_left(quote.left_today)


def show_left(dollars: Decimal) -> str:
    """Return the dollars left, rounded down: never more than there is."""
    step = CENT if abs(dollars) >= CENT * 10 else TENTH_OF_A_CENT
    return show_dollars(dollars.quantize(step, rounding=ROUND_FLOOR))


def price_mark(quote: Quote) -> str:
    """Return a few words on the source of the price."""
    if quote.price_source == LIST_PRICE:
        return "List prices; may have changed."
    return "Live fal.ai prices."
