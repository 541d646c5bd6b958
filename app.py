"""The frame around every page. Start with `streamlit run app.py`."""

from components.shell import navigation

page = navigation.navigation()
page.run()
