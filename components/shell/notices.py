"""Plain-text notices: user input is shown verbatim, and problems say what to do."""

import re
from collections.abc import Callable

import streamlit as st

from talkinghead.core.errors import StudioError

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&=\"'^]|:(?=\S))")
# Places within what the browser makes something of after the backslashes are gone: icons and
# addresses (:material/x:, https://…), addresses without a scheme, of mail, and arrows.
_JOINTS = re.compile(
    r"(?<=:[^\s:])|(?<=@)|(?i:(?<=www))(?=\.)|(?<=-)(?=[->])|(?<=<)(?=[-=])|(?<=[>~])(?==)"
)
# An element without text: it parts the text around it, and nothing of it is copied.
_PART = ":small[]"
_CODE = re.compile(r"[\w.:/@+=-]+")


def plain(text: str) -> str:
    """Escape text for Markdown so that nothing is rendered as markup, icon, emoji or link."""
    parts = _JOINTS.split(" ".join(text.split()))
    return _PART.join(_MARKUP.sub(r"\\\1", part) for part in parts)


def code(text: str) -> str:
    """Return an id as Markdown code, or as plain text where it is unlike one."""
    return f"`{text}`" if _CODE.fullmatch(text) else plain(text)


def problem(text: str) -> None:
    """Show an error text under a field: what is wrong and what to do."""
    st.markdown(f":red[:material/error: :small[{plain(text)}]]")


def hint(text: str) -> None:
    """Show an informational text under a field."""
    st.markdown(f":orange[:material/info: :small[{plain(text)}]]")


def attempt(verb: Callable[[str], object]) -> Callable[[str], None]:
    """Wrap a callable so that a refusal is shown as a toast instead of ending the page."""

    def act(job_id: str) -> None:
        try:
            verb(job_id)
        except StudioError as error:
            st.toast(plain(str(error)), icon=":material/error:")

    return act
