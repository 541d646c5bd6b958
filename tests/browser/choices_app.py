"""The radio groups in all looks on a page of their own: `streamlit run` starts it for a test."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import streamlit as st

from components.ui.choices import Choice, choices, settle

PIXEL = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'%3E"
    "%3Crect width='1' height='1' fill='teal'/%3E%3C/svg%3E"
)
st.logo(PIXEL)  # the browser tests wait for it
st.title("Choices")
runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
row = choices(
    "Model",
    [
        Choice("one", "First", "Fast", f"${runs}.00", action="Hear"),  # every run draws it again
        Choice("two", "Second", "Can't take a recording", "Script only", disabled=True),
        Choice("three", "Third", "Natural motion · follows a prompt", "$0.30", action="Hear"),
    ],
    key="rows",
    look="rows",
    default="one",
    on_action=lambda option: st.session_state.update(heard=option),
)
picture = choices(
    "Portrait",
    [Choice("a", "Anna", picture=PIXEL, mark="1"), Choice("b", "Ben", picture=PIXEL, mark="2")],
    key="pictures",
    look="pictures",
)
st.button("Forget", on_click=lambda: st.session_state.pop("rows", None))
st.button("Run again", on_click=lambda: st.session_state.update(again=True))


def order() -> None:
    """Take what is chosen at the click."""
    settle("rows")
    st.session_state["ordered"] = st.session_state.get("rows", {}).get("chosen", "default")


st.button("Order", on_click=order)
st.text(f"Chosen: {row}, {picture or 'none'}")
st.text(f"Heard: {st.session_state.get('heard', 'none')}")
st.text(f"Ordered: {st.session_state.get('ordered', 'nothing')}")
st.text(f"Run again: {st.session_state.get('again', False)}")
if st.button("Take long"):
    time.sleep(3)  # what is picked and clicked meanwhile comes in one run after it
