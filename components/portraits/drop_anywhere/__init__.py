"""Component: a file dropped anywhere on a card goes to its uploader."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator_singletons import get_dg_singleton_instance

_HERE = Path(__file__).parent
_DROP = st.components.v2.component(
    "drop_anywhere", js=(_HERE / "drop_anywhere.js").read_text(encoding="utf-8")
)


def drop_anywhere(card: str, uploader: str, openers: Sequence[str] = (), *, key: str) -> None:
    """Hand a file that is dropped on a card to an uploader, as if it was chosen there.

    Args:
        card: key of the container that takes files.
        uploader: key of the uploader's container.
        openers: keys of the buttons that lead to the uploader where it is not shown, in order.
        key: the component's.
    """
    with get_dg_singleton_instance().event_dg:  # where it takes no room on the page
        _DROP(key=key, data={"card": card, "uploader": uploader, "openers": tuple(openers)})
