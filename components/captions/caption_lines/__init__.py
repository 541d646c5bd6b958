"""The captions of a video as lines that play it from there."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from talkinghead.captions.cues import Cue

_HERE = Path(__file__).parent
_LINES = st.components.v2.component(
    "caption_lines",
    html=(_HERE / "caption_lines.html").read_text(encoding="utf-8"),
    css=(_HERE / "caption_lines.css").read_text(encoding="utf-8"),
    js=(_HERE / "caption_lines.js").read_text(encoding="utf-8"),
)


def caption_lines(cues: Sequence[Cue], *, key: str, player: str) -> None:
    """Show the lines in a box that scrolls by itself.

    A click or Enter plays the video from that line, the arrow keys move from line to line, and the
    line that is being spoken is marked.

    Args:
        cues: in order.
        key: of the component.
        player: the key of the container that holds the video.
    """
    lines = [{"start": cue.start, "end": cue.end, "text": " ".join(cue.texts)} for cue in cues]
    _LINES(key=key, data={"lines": tuple(lines), "player": player})
