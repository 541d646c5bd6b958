"""The app with one more model, whose price nobody knows: `streamlit run` starts it for a test."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import streamlit as st

from components.shell import navigation, session
from talkinghead import Studio, open_studio
from tests.catalogue.test_sixth_model import CATALOGUE


@st.cache_resource(show_spinner=False)
def unpriced_studio() -> Studio:
    return open_studio(catalogue=CATALOGUE)


session.process_studio = unpriced_studio
navigation.navigation().run()
