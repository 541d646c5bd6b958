"""A radio group in six looks. Streamlit's own segments and pills have too little contrast in the
dark theme and a tab stop for each choice; its radio buttons have no room for prices or pictures."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

Look = Literal["segments", "pills", "rows", "pictures", "strip", "frames"]

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
        detail: one line about it, in rows.
        price: at the right edge of a row, or why a disabled one cannot be chosen.
        picture: address of its picture, in pictures and strips: of the media files or `data:`.
        mark: a few characters on the picture, such as its number.
        disabled: whether it cannot be chosen.
        action: name of a button beside the row, such as "Hear"; none if empty.
    """

    id: str
    name: str
    detail: str = ""
    price: str = ""
    picture: str = ""
    mark: str = ""
    disabled: bool = False
    action: str = ""


def choices(
    label: str,
    options: Sequence[Choice],
    *,
    key: str,
    look: Look,
    default: str = "",
    on_change: Callable[[], None] | None = None,
    on_action: Callable[[str], None] | None = None,
) -> str:
    """Show the group and return the id of the chosen option, or "" while there is none.

    Args:
        label: its name for screen readers.
        options: in order.
        key: the session state holds `{"chosen": id}` under it; whoever changes or deletes that
            changes the choice.
        look: "segments" in one row, "pills" that wrap, "rows" with a detail and a price, or
            pictures: three wide ones in a row, a "strip" of small ones, or whole "frames".
        default: chosen at first, and where the chosen option is gone or disabled.
        on_change: called before the page runs with another choice.
        on_action: called with the id of the option whose button was pressed, likewise.
    """
    chosen = chosen_in(key, options, default)
    _CHOICES(
        key=f"{key}_group",
        data={
            "label": label,
            "look": look,
            "options": tuple(asdict(option) for option in options),
            "chosen": chosen,
        },
        width="content" if look == "segments" else "stretch",
        # Events, not state: a browser sends state again with every run, also after it was changed
        # or deleted here.
        on_picked_change=lambda: _pick(key, on_change),
        on_action_change=lambda: _act(key, on_action),
    )
    return chosen


def chosen_in(key: str, options: Sequence[Choice], default: str = "") -> str:
    """Return the id that the session state holds, or the default where that cannot be chosen."""
    held = st.session_state.get(key) or {}
    chosen = str(held.get("chosen") or default)
    return chosen if chosen in {option.id for option in options if not option.disabled} else default


def settle(key: str) -> None:
    """Take over a choice that came in the same run as a click, before what the click does reads it:
    Streamlit calls back buttons before groups."""
    picked = (st.session_state.get(f"{key}_group") or {}).get("picked")
    if picked:
        st.session_state[key] = {"chosen": str(picked)}


def _pick(key: str, on_change: Callable[[], None] | None) -> None:
    st.session_state[key] = {"chosen": _event(key, "picked")}
    if on_change:
        on_change()


def _act(key: str, on_action: Callable[[str], None] | None) -> None:
    if on_action:
        on_action(_event(key, "action"))


def _event(key: str, name: str) -> str:
    return str(st.session_state[f"{key}_group"][name])
