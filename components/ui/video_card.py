"""Card of one video in the grid: thumbnail, title and key facts."""

from collections.abc import Mapping
from io import BytesIO

import streamlit as st
from PIL import Image, ImageOps, UnidentifiedImageError

from components.shell.notices import plain
from talkinghead.catalogue import Catalogue
from talkinghead.jobs.kinds import DRAFT, kind_of, made_on

CARD_PICTURE = (320, 240)
"""Pixels. Every picture of the grid has this shape, whatever the shape of its video."""
FACE_HEIGHT = 0.2
"""The vertical centre of a tall picture's crop: faces are above the middle."""


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


def card_picture(jpeg: bytes) -> bytes:
    """Return the picture cropped to the card's shape, as JPEG; unchanged if it cannot be read."""
    try:
        picture = Image.open(BytesIO(jpeg))
        if picture.size == CARD_PICTURE:
            return jpeg
        cropped = ImageOps.fit(picture.convert("RGB"), CARD_PICTURE, centering=(0.5, FACE_HEIGHT))
    except (UnidentifiedImageError, OSError):
        return jpeg
    out = BytesIO()
    cropped.save(out, "JPEG", quality=88)
    return out.getvalue()
