"""Picker for the style of burned-in captions, each previewed on a frame of the video."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.exports.shape_picker import WantedShape
from components.shell.notices import hint
from talkinghead.captions.styles import STYLES
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.workspace import Workspace

NONE = ""
POLL_EVERY = 0.4  # seconds
UPRIGHT_WIDTH, WIDE_WIDTH = 132, 232  # px of a card at least
WAITING_HEIGHT = 120  # px


@dataclass(frozen=True)
class PickedCaptions:
    """The selected style, and the cards whose preview images are pending.

    Attributes:
        style: the style's id, or None for no captions.
        frames: by the style's id, "" without captions.
    """

    style: str | None
    frames: dict[str, DeltaGenerator]


def caption_picker(video: Video, wanted: WantedShape, *, captioned: bool) -> PickedCaptions:
    """Show the style picker and return the selection; `fill_frames` then inserts the preview
    images.

    Args:
        video: which.
        wanted: the shape that they are shown in.
        captioned: whether the video has captions to burn in.
    """
    key = _style_key(video.id)
    st.session_state.setdefault(key, STYLES[0].id)
    burn_in = st.toggle(
        "Burn in captions",
        value=captioned,
        disabled=not captioned,
        key=_captioned_key(video.id),
    )
    frames = _cards(video, wanted, key) if burn_in else _plain(video, wanted)
    chosen: str = st.session_state[key]
    return PickedCaptions(chosen if burn_in else None, frames)


def chosen_style(video_id: str) -> str | None:
    """Return the selected style from the session, even if the picker was not drawn again yet."""
    if not st.session_state.get(_captioned_key(video_id)):
        return None
    return str(st.session_state.get(_style_key(video_id)) or "") or None


def _style_key(video_id: str) -> str:
    return f"version_style {video_id}"


def _captioned_key(video_id: str) -> str:
    return f"version_captioned {video_id}"


def _cards(video: Video, wanted: WantedShape, key: str) -> dict[str, DeltaGenerator]:
    """Show one card per style; returns the placeholder of each preview image."""
    with st.grid("auto", min_column_width=_width(video, wanted), gap="small", key="version_styles"):
        return {each.id: _card(each.id, each.title, each.description, key) for each in STYLES}


def _plain(video: Video, wanted: WantedShape) -> dict[str, DeltaGenerator]:
    """Show the plain frame if its shape changes; returns its placeholder."""
    if wanted.shape is None:
        return {}
    with st.grid("auto", min_column_width=_width(video, wanted), gap="small", key="version_styles"):
        frame = st.empty()
        frame.skeleton(height=WAITING_HEIGHT)
    return {NONE: frame}


def fill_frames(
    workspace: Workspace, video: Video, wanted: WantedShape, frames: dict[str, DeltaGenerator]
) -> None:
    """Insert the preview images once they are drawn, which takes about a second."""
    if not frames:
        return
    try:
        pictures = _pictures(workspace, video, wanted)
    except StudioError as error:
        hint(str(error))
        return
    if pictures is None:
        # Nothing waits in here: a click would have to wait, too.
        st.fragment(_await_pictures, run_every=POLL_EVERY)(workspace, video, wanted)
        return
    for style_id, frame in frames.items():
        if style_id in pictures:
            frame.image(pictures[style_id], width="stretch", alt="")


def _await_pictures(workspace: Workspace, video: Video, wanted: WantedShape) -> None:
    """Rerun the page once the previews are drawn or have failed."""
    try:
        ready = _pictures(workspace, video, wanted) is not None
    except StudioError:
        ready = True
    if ready:
        st.rerun()


def _pictures(
    workspace: Workspace, video: Video, wanted: WantedShape
) -> Mapping[str, bytes] | None:
    return workspace.exports.previews(
        video.id, shape=wanted.shape, fit=wanted.fit, colour=wanted.colour
    )


def _width(video: Video, wanted: WantedShape) -> int:
    """Return the minimum width of a card in pixels: captions are small in a wide picture."""
    is_wide = wanted.shape == "16:9" if wanted.shape else video.width > video.height
    return WIDE_WIDTH if is_wide else UPRIGHT_WIDTH


def _card(style_id: str, title: str, description: str, key: str) -> DeltaGenerator:
    chosen = st.session_state[key] == style_id
    with st.container(gap="xsmall", key=f"look_{style_id}"):
        frame = st.empty()
        frame.skeleton(height=WAITING_HEIGHT)
        st.button(
            title,
            key=f"style_{style_id}",
            type="primary" if chosen else "secondary",
            help=description,
            width="stretch",
            on_click=_choose,
            args=(key, style_id),
        )
    return frame


def _choose(key: str, style_id: str) -> None:
    st.session_state[key] = style_id
