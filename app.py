"""The server, and the frame around every page. Start with `streamlit run app.py`."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx() is None:  # the server imports this once, and runs it for each visit
    from components.shell.ahead import opened_ahead

    app = st.App(__file__, lifespan=opened_ahead)
else:
    from components.shell import announcements, navigation

    page = navigation.navigation(unseen=announcements.look())
    page.run()
