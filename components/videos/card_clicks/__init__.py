"""Makes the cards of the gallery clickable as a whole."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_CLICKS = st.components.v2.component(
    "card_clicks",
    js=(Path(__file__).parent / "card_clicks.js").read_text(encoding="utf-8"),
)


def card_clicks(video_ids: Sequence[str], *, selecting: bool) -> None:
    """Let a click anywhere on a card open its video, or tick it while videos are selected.

    Args:
        video_ids: of the cards on the page.
        selecting: whether videos are being selected.
    """
    _CLICKS(key="card_clicks", data={"videos": list(video_ids), "selecting": selecting})
