"""Keeps the player of an opened video within the window."""

from pathlib import Path

import streamlit as st

_FIT = st.components.v2.component(
    "player_fit",
    js=(Path(__file__).parent / "player_fit.js").read_text(encoding="utf-8"),
)


def player_fit(width: int, height: int, *, player: str, back: str) -> None:
    """Give the player the largest size at which all of it, controls included, is in the window.

    Args:
        width, height: of the video, pixels.
        player: the key of the container that holds it.
        back: the key of the button that leads back, which has an icon only and gets a name here.
    """
    data = {"width": width, "height": height, "player": player, "back": back}
    _FIT(key="player_fit", data=data)
