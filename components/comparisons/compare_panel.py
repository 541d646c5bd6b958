"""Panel to order several models at once: select models, see the total price, confirm once."""

from collections.abc import Sequence

import streamlit as st

from components.catalogue.model_picker import choose_model
from components.comparisons.confirm_compare import (
    ask_to_compare,
    confirm_compare,
    is_asked,
    no_question,
)
from components.consent.question import give_consent
from components.shell import session
from components.shell.notices import plain, problem
from components.shell.project import PREFIX, keep, keep_for_job
from components.speech.recording_edit import recording_is_ready
from components.ui.agreement import Agreement, terms_of
from talkinghead.billing.values import Quote
from talkinghead.comparisons.candidates import Candidate
from talkinghead.comparisons.values import Comparison, ComparisonPlan, ComparisonQuote
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars, show_price
from talkinghead.jobs.kinds import kind_of
from talkinghead.projects.values import Project
from talkinghead.renders.values import RenderQuote
from talkinghead.workspace import Workspace

OPEN, BLIND = f"{PREFIX}compare_open", f"{PREFIX}compare_blind"
TICKED = f"{PREFIX}compare "
"""The prefix of the keys of the models' checkboxes."""
FEWEST = 2


def compare_panel(workspace: Workspace, project: Project, missing: Sequence[str]) -> None:
    """Show the panel; opens the comparison's page once it is ordered.

    Args:
        workspace: whose.
        project: the project on the page.
        missing: what is still to be done before anything can be made.
    """
    panel = st.expander("Compare models", key=OPEN, icon=":material/compare:", on_change="rerun")
    if not panel.open:
        no_question()
        return
    with panel:
        _panel(workspace, project, missing)


def _panel(workspace: Workspace, project: Project, missing: Sequence[str]) -> None:
    st.caption("Render with several models and play them side by side.")
    choices = workspace.comparisons.candidates(project)
    prices = _prices(workspace, choices)
    with st.container(gap="xsmall", key="compare_models"):
        ticked = [
            choice for choice in choices if _row(project, choice, prices.get(choice.endpoint_id))
        ]
    if any(choice.unsaid for choice in choices):
        _to_the_speech(choices)
    st.toggle(
        "Blind test: hide model names until I choose",
        key=BLIND,
        help="Videos show as A, B, C in random order, without model, price or time.",
    )
    _order_button(workspace, project, ticked, missing)


def _prices(workspace: Workspace, choices: Sequence[Candidate]) -> dict[str, RenderQuote]:
    """Return the quote of each candidate that can be made, by its endpoint id."""
    quoted = _together(workspace, choices)
    return {one.plan.input.endpoint_id: one for one in quoted.renders}


def _together(workspace: Workspace, choices: Sequence[Candidate]) -> ComparisonQuote:
    """Return the price of candidates together."""
    plan = ComparisonPlan(tuple(choice.plan for choice in choices if choice.plan))
    return ComparisonQuote(plan, workspace.billing.quote(plan.lines))


def _row(project: Project, choice: Candidate, quoted: RenderQuote | None) -> bool:
    """Show one model with its price; returns whether it is ticked and can be rendered."""
    key = f"{TICKED}{choice.endpoint_id}"
    free = not kind_of(choice.endpoint_id).paid
    st.session_state.setdefault(key, free or choice.endpoint_id == project.endpoint_id)
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        gap="small",
        key=f"compare_row_{choice.endpoint_id}",
    ):
        ticked = st.checkbox(
            f"**{choice.model.title}**", key=key, disabled=choice.why_not is not None
        )
        if choice.why_not is None:
            st.markdown(plain(_price(choice, quoted)), width="content")
        else:
            st.caption(plain(choice.why_not), width="content")
    return ticked and choice.why_not is None


def _to_the_speech(choices: Sequence[Candidate]) -> None:
    """Offer the button that generates the speech, if models wait for it."""
    first = next(choice for choice in choices if choice.unsaid)
    st.button(
        "Generate the voice-over first, for all of them",
        key="compare_to_speech",
        icon=":material/graphic_eq:",
        on_click=choose_model,
        args=(first.endpoint_id,),
        help="Chooses a model that takes audio. Then generate the voice-over once for all.",
    )


def _price(choice: Candidate, quoted: RenderQuote | None) -> str:
    if not kind_of(choice.endpoint_id).paid:
        return "free"
    dollars = quoted.quote.dollars if quoted else None
    about = "~" if choice.is_guess and dollars is not None else ""
    return f"{about}{show_price(dollars)}"


def _order_button(
    workspace: Workspace,
    project: Project,
    ticked: Sequence[Candidate],
    missing: Sequence[str],
) -> None:
    quoted = _together(workspace, ticked)
    reason = _why_not(project, ticked, quoted.quote, missing)
    st.button(
        plain(_label(ticked, quoted.quote)),
        key="compare_order",
        type="primary",
        icon=":material/compare:",
        width="stretch",
        disabled=reason is not None,
        on_click=ask_to_compare,
    )
    if reason is not None:
        st.caption(plain(reason))
    if reason is not None or (is_asked() and not recording_is_ready(workspace, project)):
        no_question()
        return
    # Read before: from the agreement to the order nothing may give way to another click.
    blind = bool(st.session_state.get(BLIND))
    portraits = _unconsented(workspace, project, ticked) if is_asked() else []
    agreement = confirm_compare(workspace, ticked, quoted, portraits)
    if agreement is not None:
        _order(workspace, project, ticked, agreement, blind=blind)


def _unconsented(workspace: Workspace, project: Project, ticked: Sequence[Candidate]) -> list[str]:
    """Return the project's portrait, where one of the models needs an answer to who is in it."""
    given = project.portrait.reference if project.portrait else ""
    needed = [workspace.consent.missing(choice.endpoint_id, given) for choice in ticked]
    return next(filter(None, needed), [])


def _why_not(
    project: Project,
    ticked: Sequence[Candidate],
    quote: Quote,
    missing: Sequence[str],
) -> str | None:
    if missing:
        return " ".join(missing)
    if len(ticked) < FEWEST:
        return "Select two or more."
    return quote.why_not if project.speech else None


def _label(ticked: Sequence[Candidate], quote: Quote) -> str:
    if len(ticked) < FEWEST:
        return "Compare"
    if quote.dollars is None:
        return f"Compare {len(ticked)} models"
    about = "about " if any(choice.is_guess for choice in ticked) else ""
    return f"Compare {len(ticked)} models ({about}{show_dollars(quote.dollars)})"


def _order(
    workspace: Workspace,
    project: Project,
    ticked: Sequence[Candidate],
    agreement: Agreement,
    *,
    blind: bool,
) -> None:
    speech = project.speech
    if speech is None or project.portrait is None:
        return
    try:
        give_consent(workspace, _unconsented(workspace, project, ticked))
        inputs = [choice.order(workspace.projects).input for choice in ticked]
        plan = workspace.comparisons.plan(inputs, speech)
        quote = workspace.billing.quote(plan.lines)
        permit = workspace.billing.authorise(quote, **terms_of(agreement))
        comparison = workspace.comparisons.order(plan, permit, project.title, blind=blind)
    except StudioError as error:
        problem(str(error))
        return
    _keep(workspace, project, ticked, comparison)
    session.open_page("compare", comparison=comparison.id)


def _keep(
    workspace: Workspace,
    project: Project,
    ticked: Sequence[Candidate],
    comparison: Comparison,
) -> None:
    """Save the inputs of each job, to be used again; and the jobs in this project, unless the names
    are to stay hidden."""
    for choice, job in zip(ticked, comparison.jobs, strict=True):
        keep_for_job(workspace, choice.project, job)
    if not comparison.blind:
        ids = (job.id for job in comparison.jobs)
        keep(workspace, project.with_(jobs=(*project.jobs, *ids)))
