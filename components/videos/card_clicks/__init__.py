"""Makes the cards of the gallery clickable as a whole, and says which one the mouse rests on."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_CLICKS = st.components.v2.component(
    "card_clicks",
    js=(Path(__file__).parent / "card_clicks.js").read_text(encoding="utf-8"),
)


def card_clicks(video_ids: Sequence[str], *, selecting: bool) -> str | None:
    """Let a click anywhere on a card open its video, or tick it while videos are selected.

    Args:
        video_ids: of the cards on the page.
        selecting: whether videos are being selected.

    Returns:
        The id of the video whose preview the mouse asks for at this moment, or None. The browser
        plays what then stands in a container with the key `preview_` and the id.
    """
    data = {"videos": tuple(video_ids), "selecting": selecting}
    result = _CLICKS(key="card_clicks", data=data, on_preview_change=_nothing)
    wanted: str | None = result.preview
    return wanted


def _nothing() -> None:
    """Callback that does nothing: a component has a trigger only if one is given."""
