"""Confirmation dialog for a paid render; it stays open until answered."""

from collections.abc import Sequence

import streamlit as st

from components.consent.question import consent_question, is_answered, take_answers
from components.shell.notices import plain
from components.shell.project import PREFIX
from components.ui.agreement import Agreement, agree_label, agreement_to
from components.ui.quote_facts import quote_facts
from talkinghead.renders.values import RenderQuote
from talkinghead.workspace import Workspace

ASKED, AGREED = f"{PREFIX}paid_asked", f"{PREFIX}paid_agreed"
CEILING_KEY = "create_ceiling"


def ask_to_render(*, another_take: bool = False) -> None:
    """Button callback: open the dialog."""
    st.session_state[ASKED] = "another take" if another_take else "render"


def is_asked() -> bool:
    """Whether the dialog is open."""
    return bool(st.session_state.get(ASKED))


def is_for_another_take() -> bool:
    """Whether the open dialog, or the answer that was just given, is about another take."""
    agreed: Agreement | None = st.session_state.get(AGREED)
    if agreed is not None:
        return agreed.another_take
    return st.session_state.get(ASKED) == "another take"


def confirm_render(
    workspace: Workspace,
    model_title: str,
    quoted: RenderQuote,
    note: str | None = None,
    portraits: Sequence[str] = (),
) -> Agreement | None:
    """Show the dialog if it is open.

    Args:
        workspace: whose.
        model_title: of the model.
        quoted: what it costs.
        note: what else is worth a look before, such as its parts.
        portraits: those of which nobody has said yet who is in them.

    Returns:
        What a person has just agreed to, once; else None.
    """
    agreed: Agreement | None = st.session_state.pop(AGREED, None)
    if agreed is None and st.session_state.get(ASKED):
        _question(workspace, model_title, quoted, note, portraits)
    return agreed


def no_question() -> None:
    """Close the dialog: what it asked about has changed."""
    st.session_state.pop(ASKED, None)


def _question(
    workspace: Workspace,
    model_title: str,
    quoted: RenderQuote,
    note: str | None,
    portraits: Sequence[str],
) -> None:
    another_take = is_for_another_take()
    title = "Render another take?" if another_take else "Render this video?"

    @st.dialog(title, icon=":material/auto_awesome:", on_dismiss=no_question)
    def question() -> None:
        ask_balance = quote_facts(workspace, model_title, quoted.quote, quoted.estimate)
        if note:
            st.markdown(f":material/view_week: {plain(note)}")
        st.caption(
            "Rendering starts now and continues if you leave. Failed renders usually aren't "
            "charged."
        )
        consent_question(workspace, portraits)
        agreement = agreement_to(quoted.quote.dollars, CEILING_KEY, another_take=another_take)
        with st.container(horizontal=True, gap="small"):
            if st.button(
                agree_label("Render", agreement),
                key="create_agree",
                type="primary",
                icon=":material/auto_awesome:",
                disabled=agreement is None,
                on_click=take_answers,
                args=(workspace, portraits),
            ) and is_answered(workspace, portraits):
                no_question()
                st.session_state[AGREED] = agreement
                st.rerun()
            if st.button("Cancel", key="create_not_now"):
                no_question()
                st.rerun()
        ask_balance()

    question()
