"""The styles of burned-in captions, each shown on a frame of the video itself."""

import streamlit as st

from components.notices import plain
from components.shape_picker import WantedShape
from talkinghead.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.media.caption_styles import STYLES
from talkinghead.workspace import Workspace

NONE = ""
LOOK_AGAIN = 0.4  # seconds
CARD_WIDTH = 132  # px at least
UPRIGHT_HEIGHT, WAITING_HEIGHT = 230, 96  # px


def caption_picker(
    workspace: Workspace, video: Video, wanted: WantedShape, *, captioned: bool
) -> str | None:
    """Choose how captions look; returns the style's id, or None for no captions.

    Args:
        workspace: whose video it is.
        video: which.
        wanted: the shape that they are shown in.
        captioned: whether the video has captions to burn in.
    """
    key = f"version_style {video.id}"
    st.session_state.setdefault(key, STYLES[0].id if captioned else NONE)
    ready = _pictures(workspace, video, wanted) is not None
    again = None if ready else LOOK_AGAIN
    st.fragment(_cards, run_every=again)(workspace, video, wanted, key, captioned, ready)
    chosen: str = st.session_state[key]
    return chosen if captioned and chosen else None


def _pictures(workspace: Workspace, video: Video, wanted: WantedShape) -> dict[str, bytes] | None:
    """JPEG by the style's id; None while they are drawn, nothing where they cannot be."""
    try:
        drawn = workspace.looks(video.id, shape=wanted.shape, fit=wanted.fit, colour=wanted.colour)
    except StudioError:
        return {}
    return None if drawn is None else dict(drawn)


def _cards(
    workspace: Workspace,
    video: Video,
    wanted: WantedShape,
    key: str,
    captioned: bool,
    was_ready: bool,
) -> None:
    pictures = _pictures(workspace, video, wanted)
    if pictures is not None and not was_ready:
        st.rerun()
    styles = [(NONE, "No captions", "The picture alone.")]
    if captioned:
        styles = [*((each.id, each.title, each.description) for each in STYLES), *styles]
    with st.grid("auto", min_column_width=CARD_WIDTH, gap="small", key="version_styles"):
        for style_id, title, description in styles:
            _card(pictures, style_id, title, description, key)


def _card(
    pictures: dict[str, bytes] | None, style_id: str, title: str, description: str, key: str
) -> None:
    chosen = st.session_state[key] == style_id
    with st.container(border=True, gap="xsmall", key=f"look_{style_id or 'none'}"):
        if pictures is None:
            st.skeleton(height=WAITING_HEIGHT)
        elif style_id in pictures:
            st.image(pictures[style_id], width="stretch", alt=plain(description))
        st.button(
            title,
            key=f"style_{style_id or 'none'}",
            type="primary" if chosen else "secondary",
            icon=":material/check:" if chosen else None,
            help=description,
            width="stretch",
            on_click=_choose,
            args=(key, style_id),
        )


def _choose(key: str, style_id: str) -> None:
    st.session_state[key] = style_id
