"""Card of one video in the grid: thumbnail, title and key facts."""

from collections.abc import Callable, Mapping
from io import BytesIO

import streamlit as st
from PIL import Image, ImageOps, UnidentifiedImageError

from components.shell.notices import plain
from components.ui.blind_label import blind_badge
from components.ui.datetimes import show_day
from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars, show_seconds
from talkinghead.jobs.job import Video
from talkinghead.jobs.kinds import DRAFT, kind_of, made_on
from talkinghead.videos.values import BlindEntry

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


def video_card(
    catalogue: Catalogue,
    video: Video,
    thumbnail: Callable[[str], bytes],
    on_open: Callable[[str], None],
    blind: BlindEntry | None = None,
) -> None:
    """Show one video.

    Args:
        catalogue: names its model.
        video: which.
        thumbnail: reads its JPEG by the video's id.
        on_open: called with the id when a person opens it.
        blind: what hides its model; then neither its price nor its length is shown.
    """
    with st.container(border=True, key=f"video_{video.id}", gap="xsmall", height="stretch"):
        if blind is None or blind.letter:
            _picture(video, thumbnail)
        else:  # who is ready first reveals the model, too
            _no_picture()
        st.button(
            f"**{show_title(video.title)}**",
            key=f"open_{video.id}",
            type="tertiary",
            on_click=on_open,
            args=(video.id,),
            width="content",
            wrap=False,
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if blind:
                blind_badge(blind)
                st.caption(plain(show_day(video.created_at)), width="content")
            else:
                model_badge(catalogue, video.endpoint_id, video.arguments)
                st.caption(plain(" · ".join(_facts(video))), width="content")


def _facts(video: Video) -> tuple[str, str, str]:
    price = "free" if video.dollars == 0 else show_dollars(video.dollars)
    return show_seconds(video.seconds), price, show_day(video.created_at)


def _no_picture() -> None:
    with st.container(
        height=180, border=False, horizontal_alignment="center", vertical_alignment="center"
    ):
        st.caption(":material/visibility_off: Shows once all are ready", width="content")


def _picture(video: Video, thumbnail: Callable[[str], bytes]) -> None:
    try:
        picture = card_picture(thumbnail(video.id))
    except StudioError:
        st.skeleton(height=180)
        return
    st.image(picture, width="stretch", alt="")


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
