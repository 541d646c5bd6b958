"""Live count beside the script while typing: words and seconds; it also reports what is pasted."""

from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_COUNTER = st.components.v2.component(
    "script_counter",
    html=(_HERE / "counter.html").read_text(encoding="utf-8"),
    css=(_HERE / "counter.css").read_text(encoding="utf-8"),
    js=(_HERE / "counter.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Count:
    """The counts for the words that Python has, and the rates to extrapolate while typing.

    Attributes:
        sentence: the exact count.
        written: characters that it counts; a text area that holds more or fewer has news to send.
        over: the words are too many.
        empty: what is said while there are none.
        most: characters of the longest script.
        seconds_per_word: of this script so far.
        language: of the script so far, or empty where it goes without saying.
    """

    sentence: str
    written: int
    over: bool
    empty: str
    most: int
    seconds_per_word: float
    language: str


def script_counter(text_area: str, count: Count, *, key: str) -> None:
    """Show the count, and make the text area send its words after a pause in typing.

    After a paste the session state holds `{"pasted": {"text": …, "at": …}}` under the key: all
    that the text area holds then, and when that was.

    Args:
        text_area: the key of the text area that it watches.
        count: what it says.
        key: its own key.
    """
    _COUNTER(
        key=key,
        data={"text_area": f".st-key-{text_area} textarea", **asdict(count)},
        width="content",
        on_pasted_change=_nothing,
    )


def _nothing() -> None:
    """Callback that does nothing: Streamlit keeps a component's state only if one is given."""
