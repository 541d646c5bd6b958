"""Panel of an opened video: render it again on another model, with each model's price."""

from decimal import Decimal

import streamlit as st

from components.shell import session
from components.shell.notices import plain, problem
from components.ui.offer_facts import offer_facts
from talkinghead.billing.values import Offer
from talkinghead.comparisons.rerender import RerenderOffer
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_price
from talkinghead.jobs.job import Video
from talkinghead.workspace import Workspace

ASKED = "again_asked"
"""The video and the endpoint that a person is asked about."""


def rerender_panel(workspace: Workspace, video: Video) -> None:
    """Show the other models with their prices; ordering one opens both videos side by side."""
    st.caption(
        "The same portrait, and the very sound of this video where a model takes one. Both stand "
        "side by side then."
    )
    try:
        offers = workspace.rerenders.offers(video.id)
    except StudioError as error:
        problem(str(error))
        return
    with st.container(gap="small", key="again_models"):
        for offer in offers:
            _row(workspace, video, offer)


def _row(workspace: Workspace, video: Video, again: RerenderOffer) -> None:
    asked = st.session_state.get(ASKED) == (video.id, again.endpoint_id)
    with st.container(border=True, key=f"again_{again.endpoint_id}", gap="small"):
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            horizontal_alignment="distribute",
            wrap=False,
        ):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{plain(workspace.catalogue.title_of(again.endpoint_id))}**")
                if again.why_not:
                    st.caption(plain(again.why_not))
            if again.offer and not again.why_not and not asked:
                _button(workspace, video, again.endpoint_id, again.offer)
        if asked and again.offer and not again.why_not:
            _question(workspace, video, again.endpoint_id, again.offer)


def _button(workspace: Workspace, video: Video, endpoint_id: str, offer: Offer) -> None:
    dollars = offer.estimate.dollars
    free = dollars == 0
    label = "Make it, free" if free else show_price(dollars)
    pressed = st.button(
        plain(label),
        key=f"again_ask {endpoint_id}",
        icon=":material/replay:",
        on_click=None if free else _ask,
        args=None if free else (video.id, endpoint_id),
    )
    if pressed and free:
        _order(workspace, video, endpoint_id, offer)


def _question(workspace: Workspace, video: Video, endpoint_id: str, offer: Offer) -> None:
    ask_balance = offer_facts(workspace, workspace.catalogue.title_of(endpoint_id), offer)
    with st.container(horizontal=True, gap="small"):
        agreed = st.button(
            plain(f"Render for {show_price(offer.estimate.dollars)}"),
            key="again_agree",
            type="primary",
            icon=":material/auto_awesome:",
        )
        st.button("Not now", key="again_not_now", on_click=_close)
    if agreed:
        _order(workspace, video, endpoint_id, offer)
    ask_balance()


def _order(workspace: Workspace, video: Video, endpoint_id: str, offer: Offer) -> None:
    _close()
    agreed = offer.estimate.dollars or Decimal(0)  # what has no price has no button
    try:
        with st.spinner("Ordering"):
            comparison = workspace.rerenders.order(video.id, endpoint_id, agreed=agreed)
    except StudioError as error:
        problem(str(error))
        return
    session.open_page("compare", comparison=comparison.id)


def _ask(video_id: str, endpoint_id: str) -> None:
    st.session_state[ASKED] = (video_id, endpoint_id)


def _close() -> None:
    st.session_state.pop(ASKED, None)
