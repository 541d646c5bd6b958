"""Makes the cards of the gallery clickable as a whole."""

from pathlib import Path

import streamlit as st

_CLICKS = st.components.v2.component(
    "card_clicks",
    js=(Path(__file__).parent / "card_clicks.js").read_text(encoding="utf-8"),
)


def card_clicks(*, selecting: bool) -> None:
    """Let a click anywhere on a card open its video, or tick it while videos are selected."""
    _CLICKS(key="card_clicks", data={"selecting": selecting})
