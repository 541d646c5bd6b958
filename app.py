"""The server, and the frame around every page. Start with `streamlit run app.py`."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    # The server imports this once; each visit runs it. A server of another kind only runs it.
    from components.shell.ahead import opened_ahead

    app = st.App(__file__, lifespan=opened_ahead)
else:
    from components.shell import announcements, navigation

    page = navigation.navigation(unseen=announcements.look())
    page.run()
