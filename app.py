"""The frame around every page. Start with `streamlit run app.py`."""

from components.shell import announcements, navigation

page = navigation.navigation(unseen=announcements.look())
page.run()
