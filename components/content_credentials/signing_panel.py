"""The certificate that versions are signed with, and how to get one that others trust."""

from collections.abc import Iterator

import streamlit as st

from components.shell.notices import hint, plain
from components.shell.session import open_page
from components.ui.datetimes import show_day
from components.ui.fact_table import facts
from talkinghead.content_credentials.values import SigningStatus
from talkinghead.workspace import Workspace

WHAT_FOR = (
    "Versions are signed when they're exported: they carry a record, readable by platforms and by "
    "anyone, that says they were made with AI and how they were edited. Originals aren't signed."
)
UNTRUSTED = (
    "This studio made its certificate for itself, so other apps will show the signer as unknown or "
    "untrusted. To be trusted, whoever runs the studio gets a certificate from an authority on the "
    "C2PA trust list, such as SSL.com, and sets C2PA_CERTIFICATE and C2PA_PRIVATE_KEY."
)
NO_TIMESTAMP = (
    "Without C2PA_TIMESTAMP_URL, signatures can only be confirmed until the certificate expires."
)


def signing_panel(workspace: Workspace) -> None:
    """Show what signs versions, and the way to the page that verifies a video."""
    status = workspace.content_credentials.status()
    with st.container(border=True, key="signing"):
        if status.own:
            st.badge("This studio's own certificate", icon=":material/shield:", color="gray")
        else:
            st.badge(plain(status.subject), icon=":material/verified_user:", color="green")
        st.markdown(WHAT_FOR)
        if status.note:
            hint(status.note)
        if status.own:
            st.markdown(UNTRUSTED)
        facts(signing_rows(status))
        if not status.own and not status.timestamps:
            st.caption(NO_TIMESTAMP)
        if st.button("Verify a video", key="open_verify", icon=":material/verified:"):
            open_page("verify")


def signing_rows(status: SigningStatus) -> Iterator[tuple[str, str]]:
    """Yield (name, value) rows on the certificate; of the studio's own nothing but timestamps,
    because it lasts only as long as the studio runs."""
    if not status.own:
        yield "Issued by", status.issuer
        yield "Valid until", show_day(status.ends_at)
        yield "Private key", "Saved here, encrypted" if status.key_saved else "Held in memory only"
    yield "Timestamps", "Added to each signature" if status.timestamps else "None"
