"""Compare page: the same portrait and speech on several models, side by side, and which was
preferred."""

import streamlit as st

from components.comparisons.compare_list import compare_list, preference_table
from components.comparisons.compare_view import compare_view
from components.jobs.job_dialogs import Answer, job_question
from components.jobs.retry import carry_out, consent_to
from components.shell.focus import focus_opened
from components.shell.notices import plain
from components.shell.session import enter, open_page
from components.ui.agreement import terms_of
from components.ui.empty_state import empty_state
from components.ui.heading import page_title
from talkinghead.comparisons.values import Comparison
from talkinghead.core.errors import StudioError

HOW = "On Create, open Settings, then “Compare models”, and select two or more."
OPEN = "comparison"  # its name in the address

workspace = enter().workspace


def opened() -> Comparison | None:
    """Return the comparison named by the URL, or None."""
    comparison_id = st.query_params.get(OPEN)
    if comparison_id is None:
        return None
    try:
        return workspace.comparisons.find(comparison_id)
    except StudioError:
        st.query_params.pop(OPEN, None)
        st.toast("Comparison not found.", icon=":material/info:")
        return None


def act(comparison: Comparison, answer: Answer) -> None:
    """Apply a decision about one of the comparison's jobs."""
    try:
        if not carry_out(workspace, answer):
            consent_to(workspace, answer.job_id)
            plan = workspace.jobs.plan_retry(answer.job_id)
            quote = workspace.billing.quote(plan.lines)
            permit = workspace.billing.authorise(quote, **terms_of(answer.agreement))
            workspace.comparisons.retry(comparison.id, plan, permit)
    except StudioError as error:
        st.toast(plain(str(error)), icon=":material/error:")
        return
    st.rerun()


def everything() -> None:
    """Show all comparisons and their results."""
    row = page_title("Compare")
    comparisons = workspace.comparisons.list()
    if comparisons:
        if row.button("New comparison", key="new_comparison", icon=":material/add:", help=HOW):
            open_page("create")
        compare_list(workspace, comparisons)
        preference_table(workspace.catalogue, workspace.comparisons.preferences())
    elif empty_state(
        "Nothing compared yet",
        f"{HOW} They play side by side here.",
        button="Compare models",
        key="empty_compare",
    ):
        open_page("create")


comparison = opened()
focus_opened(comparison.id if comparison else "", key="compare_focus")
if comparison is None:
    everything()
else:
    if answer := job_question(workspace):
        act(comparison, answer)
    compare_view(workspace, comparison)
    if comparison.chosen:
        preference_table(workspace.catalogue, workspace.comparisons.preferences())
