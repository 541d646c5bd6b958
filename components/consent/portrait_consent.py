"""Who is in a portrait, shown below it: what was said, its file, and the way to withdraw it."""

import streamlit as st

from components.shell.notices import plain
from components.ui.datetimes import show_day, show_moment
from components.ui.last_refusal import refuse, show_refusal
from talkinghead.consent.values import Consent, ConsentStatus
from talkinghead.consent.wording import who_is_in_it
from talkinghead.core.errors import StudioError
from talkinghead.workspace import Workspace

KEY = "portrait_consent"


def portrait_consent(workspace: Workspace, portrait: str) -> None:
    """Show what was said of a portrait; nothing for a sample, or where nobody was asked yet.

    Args:
        workspace: whose.
        portrait: its reference.
    """
    try:
        status = workspace.consent.status(portrait)
    except StudioError:  # deleted meanwhile, which the page says where it needs the portrait
        return
    consent = status.consent
    if consent is None:
        return
    withdrawn = status.state == "withdrawn"
    label = "Consent withdrawn" if withdrawn else _in_short(status, consent)
    with (
        st.container(key=KEY, width="content"),
        st.popover(
            plain(label),
            icon=":material/block:" if withdrawn else ":material/how_to_reg:",
            type="tertiary",
        ),
    ):
        _details(workspace, portrait, status, consent)
        show_refusal()
        if withdrawn:
            st.caption(
                "Nothing new is rendered or exported with this portrait. “Delete this face” "
                "removes what was made with it."
            )
        else:
            st.button(
                "Withdraw consent",
                key="consent_withdraw",
                icon=":material/block:",
                on_click=_withdraw,
                args=(workspace, portrait),
                help="Stops new renders and exports. Renders in progress continue.",
            )


def _in_short(status: ConsentStatus, consent: Consent) -> str:
    return f"Consent: {who_is_in_it(consent.statement, mine=status.mine)}"


def _details(workspace: Workspace, portrait: str, status: ConsentStatus, consent: Consent) -> None:
    statement = consent.statement
    lines = [f"**{plain(who_is_in_it(statement, mine=status.mine))}**"]
    if statement.agreed_on:
        lines.append(plain(f"Agreed on {show_day(statement.agreed_on)}"))
    lines.append(plain(f"Recorded {show_moment(consent.given_at)}"))
    if consent.withdrawn_at:
        lines.append(plain(f"Withdrawn {show_moment(consent.withdrawn_at)}"))
    st.markdown("  \n".join(lines))
    proof = statement.proof
    if proof and status.mine:
        st.download_button(
            plain(proof.name),
            data=lambda: workspace.consent.proof(portrait)[1],
            file_name=proof.name,
            mime="application/octet-stream",
            key="consent_proof",
            icon=":material/attach_file:",
            on_click="ignore",
        )


def _withdraw(workspace: Workspace, portrait: str) -> None:
    """Button callback."""
    try:
        workspace.consent.withdraw(portrait)
    except StudioError as error:
        refuse(error)
