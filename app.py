"""The frame around every page. Start with `streamlit run app.py`."""

from components import frame, session

page = frame.navigation()
session.enter()
page.run()
