"""Plain text on the page: what people typed shows as typed, and what is wrong says what to do."""

import re
from collections.abc import Callable

import streamlit as st

from talkinghead.core.errors import StudioError

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&=\"'^])")


def plain(text: str) -> str:
    """Text for a place that reads Markdown, in which nothing is markup, an icon or an emoji."""
    escaped = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    # The zero width keeps :material/x: and :smile: from being read as icons.
    return escaped.replace(":", ":\u200b")


def problem(text: str) -> None:
    """A few words under a field: what is wrong with it and what to do."""
    st.markdown(f":red[:material/error: :small[{plain(text)}]]")


def hint(text: str) -> None:
    """A few words under a field that need no action at once."""
    st.markdown(f":orange[:material/info: :small[{plain(text)}]]")


def step(number: int, title: str, *, done: bool) -> None:
    """The heading of one step of the page: its number, or a tick once it is done."""
    mark = ":green[:material/check_circle:]" if done else f":gray[{number}]"
    st.subheader(f"{mark}\u2002{title}", anchor=False)


def attempt(verb: Callable[[str], object]) -> Callable[[str], None]:
    """The same verb, whose refusal is shown for a moment instead of ending the page."""

    def act(job_id: str) -> None:
        try:
            verb(job_id)
        except StudioError as error:
            st.toast(plain(str(error)), icon=":material/error:")

    return act
