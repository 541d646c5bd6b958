"""Verify page: what content credentials a video carries, and whether it was changed."""

import streamlit as st

from components.content_credentials.verify_panel import verify_panel
from components.shell.session import enter
from components.ui.heading import page_title

viewer = enter()

page_title("Verify a video")
st.markdown(
    "See who signed an MP4, whether it was made with AI, what was done to it, and whether it was "
    "changed since. This works for videos from any app that adds content credentials (C2PA). "
    "The video isn't kept."
)
verify_panel(viewer.workspace, st.query_params.get("video"))
