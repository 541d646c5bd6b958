"""How a video is shown in lists: its thumbnail, its title, its model."""

from collections.abc import Mapping

import streamlit as st

from components.shell.notices import plain
from components.ui.media import jpeg_address, mark, picture
from talkinghead.catalogue import Catalogue
from talkinghead.jobs.kinds import DRAFT, kind_of, made_on

CARD_SHAPE = "4 / 3"
"""Every picture of the grid has this shape, whatever the shape of its video."""


def model_badge(
    catalogue: Catalogue, endpoint_id: str, arguments: Mapping[str, object] | None = None
) -> None:
    """Show the model as a badge; a draft in grey, with the model that it previews."""
    draft = kind_of(endpoint_id) is DRAFT
    st.badge(
        plain(made_on(catalogue, endpoint_id, arguments or {})), color="gray" if draft else "green"
    )


def show_title(title: str) -> str:
    """Return the title escaped for Markdown; never empty."""
    return plain(title) or "Untitled"


def card_picture(jpeg: bytes, *, versions: int = 1, length: str = "") -> None:
    """Show a thumbnail in the shape of all cards.

    Args:
        jpeg: the thumbnail.
        versions: how many there are of the video, written on the picture where it is not one.
        length: of the video, written on the picture as well.
    """
    marks = mark(f"{versions} versions", "left") if versions > 1 else ""
    marks += mark(length, "right") if length else ""
    picture(jpeg_address(jpeg), shape=CARD_SHAPE, marks=marks)
