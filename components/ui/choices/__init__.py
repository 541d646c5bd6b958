"""A radio group in two looks. Streamlit's own segments and pills have too little contrast in the
dark theme, and a tab stop for each choice."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

_HERE = Path(__file__).parent
_CHOICES = st.components.v2.component(
    "choices",
    html=(_HERE / "choices.html").read_text(encoding="utf-8"),
    css=(_HERE / "choices.css").read_text(encoding="utf-8"),
    js=(_HERE / "choices.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Choice:
    """One option.

    Attributes:
        id: returned when it is chosen.
        name: as a person reads it.
    """

    id: str
    name: str


def choices(
    label: str,
    options: Sequence[Choice],
    *,
    key: str,
    look: Literal["segments", "pills"],
    default: str,
    on_change: Callable[[], None] | None = None,
) -> str:
    """Show the group and return the id of the chosen option.

    Args:
        label: its name for screen readers.
        options: in order.
        key: the widget's key; the session state holds `{"chosen": id}` under it.
        look: "segments" in one row, or "pills" that wrap.
        default: chosen at first, and where the chosen option is gone.
        on_change: called before the page runs with another choice.
    """
    chosen = chosen_in(key, options, default)
    _CHOICES(
        key=key,
        data={
            "label": label,
            "look": look,
            "options": [asdict(option) for option in options],
            "chosen": chosen,
        },
        width="content" if look == "segments" else "stretch",
        on_chosen_change=on_change or _nothing,
    )
    return chosen


def chosen_in(key: str, options: Sequence[Choice], default: str) -> str:
    """Return the id that the session state holds, or the default where that is not an option."""
    held = st.session_state.get(key) or {}
    chosen = str(held.get("chosen") or default)
    return chosen if chosen in {option.id for option in options} else default


def _nothing() -> None:
    """Callback that does nothing: Streamlit keeps a component's state only if one is given."""
