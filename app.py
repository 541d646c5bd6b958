"""The frame around every page. Start with `streamlit run app.py`."""

from components.shell import navigation, session

page = navigation.navigation()
session.enter()
page.run()
