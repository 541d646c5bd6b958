"""What a version was signed with, and the way to what it carries."""

import streamlit as st

from components.shell.session import open_page
from components.ui.fact_table import facts
from talkinghead.content_credentials.wording import signed_text
from talkinghead.workspace import Workspace


def signed_row(workspace: Workspace, video_id: str) -> None:
    """Show a row and a button; nothing for a video that was not signed here."""
    signed = workspace.content_credentials.facts(video_id)
    if signed is None:
        return
    facts([("Content credentials", signed_text(signed))])
    if st.button("Verify", key="verify_video", icon=":material/verified:", type="tertiary"):
        open_page("verify", video=video_id)
