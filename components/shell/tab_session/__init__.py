"""Invisible component: tells the id of the visitor's browser tab, which no other tab has.

A key that somebody types is held under this id. The id is in the tab's session storage alone, never
in the address or a cookie. A reload keeps it; a new tab, a duplicated one and another person do not
have it.
"""

import re
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
_TAB = st.components.v2.component(
    "tab_session", js=(_HERE / "tab_session.js").read_text(encoding="utf-8")
)
ID = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 bits in URL-safe base64; anything shorter could be guessed."""


def tab_session(proposed: str, *, fixed: bool, key: str) -> str | None:
    """Return the id that the tab had before, or None while it is not known, or new.

    Args:
        proposed: the id of this session, which a new tab takes for its own.
        fixed: the tab takes it in any case: a key is held under it already.
        key: the component's key.
    """
    answer = _TAB(key=key, data={"id": proposed, "fixed": fixed}, on_id_change=_nothing)
    return checked(answer.id)


def checked(answer: Any) -> str | None:
    """Return the id that the browser sent, which is untrusted input; None where it is none."""
    return answer if isinstance(answer, str) and ID.fullmatch(answer) else None


def _nothing() -> None:
    """Callback that does nothing: Streamlit keeps a component's state only if one is given."""
