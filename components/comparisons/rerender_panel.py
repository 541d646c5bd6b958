"""Panel of an opened video: render it again on another model, with each model's price."""

from decimal import Decimal

import streamlit as st

from components.consent.question import (
    consent_question,
    give_consent,
    is_answered,
    take_answers,
)
from components.shell import session
from components.shell.notices import plain, problem
from components.ui.agreement import Agreement, agree_label, agreement_to, terms_of
from components.ui.quote_facts import quote_facts
from talkinghead.comparisons.rerender import RerenderPlan
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_price
from talkinghead.jobs.job import Video
from talkinghead.renders.values import RenderQuote
from talkinghead.workspace import Workspace

CEILING_KEY = "again_ceiling"
ASKED = "again_asked"
"""The video and the endpoint that a person is asked about."""


def rerender_panel(workspace: Workspace, video: Video) -> None:
    """Show the other models with their prices; ordering one opens both videos side by side."""
    st.caption("Same portrait and audio. You can then compare them.")
    try:
        plans = workspace.rerenders.plans(video.id)
    except StudioError as error:
        problem(str(error))
        return
    with st.container(gap="small", key="again_models"):
        for plan in plans:
            _row(workspace, video, plan)


def _row(workspace: Workspace, video: Video, again: RerenderPlan) -> None:
    asked = st.session_state.get(ASKED) == (video.id, again.endpoint_id)
    plan = again.render
    quoted = RenderQuote(plan, workspace.billing.quote(plan.lines)) if plan else None
    why_not = quoted.quote.why_not if quoted else again.why_not
    with st.container(border=True, key=f"again_{again.endpoint_id}", gap="small"):
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            horizontal_alignment="distribute",
            wrap=False,
        ):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{plain(workspace.catalogue.title_of(again.endpoint_id))}**")
                if why_not:
                    st.caption(plain(why_not))
            if quoted and not why_not and not asked:
                _button(workspace, video, again.endpoint_id, quoted)
        if asked and quoted and not why_not:
            _question(workspace, video, again.endpoint_id, quoted)


def _button(workspace: Workspace, video: Video, endpoint_id: str, quoted: RenderQuote) -> None:
    dollars = quoted.quote.dollars
    free = dollars == 0
    label = "Create draft (free)" if free else show_price(dollars)
    pressed = st.button(
        plain(label),
        key=f"again_ask {endpoint_id}",
        icon=":material/replay:",
        on_click=None if free else _ask,
        args=None if free else (video.id, endpoint_id),
    )
    if pressed and free:
        _order(workspace, video, endpoint_id, Agreement(Decimal(0)))


def _question(workspace: Workspace, video: Video, endpoint_id: str, quoted: RenderQuote) -> None:
    title = workspace.catalogue.title_of(endpoint_id)
    ask_balance = quote_facts(workspace, title, quoted.quote, quoted.estimate)
    portraits = workspace.consent.missing(endpoint_id, video.arguments)
    consent_question(workspace, portraits)
    agreement = agreement_to(quoted.quote.dollars, CEILING_KEY)
    with st.container(horizontal=True, gap="small"):
        agreed = st.button(
            agree_label("Render", agreement),
            key="again_agree",
            type="primary",
            icon=":material/auto_awesome:",
            disabled=agreement is None,
            on_click=take_answers,
            args=(workspace, portraits),
        )
        st.button("Cancel", key="again_not_now", on_click=_close)
    if agreed and agreement and is_answered(workspace, portraits):
        _order(workspace, video, endpoint_id, agreement)
    ask_balance()


def _order(workspace: Workspace, video: Video, endpoint_id: str, agreement: Agreement) -> None:
    _close()
    try:
        with st.spinner("Ordering"):
            give_consent(workspace, workspace.consent.missing(endpoint_id, video.arguments))
            plan = workspace.rerenders.plan(video.id, endpoint_id)
            quote = workspace.billing.quote(plan.lines)
            permit = workspace.billing.authorise(quote, **terms_of(agreement))
            comparison = workspace.rerenders.order(video.id, plan, permit)
    except StudioError as error:
        problem(str(error))
        return
    session.open_page("compare", comparison=comparison.id)


def _ask(video_id: str, endpoint_id: str) -> None:
    st.session_state[ASKED] = (video_id, endpoint_id)


def _close() -> None:
    st.session_state.pop(ASKED, None)
