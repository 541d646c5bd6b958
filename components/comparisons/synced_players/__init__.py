"""One control bar for several videos on the page: they play, pause and seek together; one is
audible."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_BAR = st.components.v2.component(
    "in_step",
    html=(_HERE / "synced_players.html").read_text(encoding="utf-8"),
    css=(_HERE / "synced_players.css").read_text(encoding="utf-8"),
    js=(_HERE / "synced_players.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class SyncedPlayer:
    """A video that the bar controls.

    Attributes:
        place: the key of the container of `st.video`; letters, digits and underscores.
        label: what its sound is called.
    """

    place: str
    label: str


def synced_players(videos: Sequence[SyncedPlayer], *, key: str) -> None:
    """Show the bar. The videos may be drawn before or after it.

    Args:
        videos: in the order they are shown; the first one is heard at first.
        key: the bar's key.
    """
    _BAR(key=key, data={"videos": tuple(asdict(video) for video in videos)})
