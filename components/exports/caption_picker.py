"""Picker for the style of burned-in captions, each previewed on a frame of the video."""

from collections.abc import Mapping

import streamlit as st

from components.exports.shape_picker import WantedShape
from components.shell.notices import hint
from components.ui.choices import Choice, choices, chosen_in, settle
from components.ui.media import jpeg_address
from talkinghead.captions.styles import STYLES
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.workspace import Workspace

PLAIN = ""
"""The key of the preview without captions."""
POLL_EVERY = 0.4  # seconds


def caption_picker(
    workspace: Workspace, video: Video, wanted: WantedShape, *, captioned: bool
) -> str | None:
    """Show the style picker and return the id of the selected style, or None for no captions.

    Args:
        workspace: whose video it is.
        video: which.
        wanted: the shape that the styles are shown in.
        captioned: whether the video has captions to burn in.
    """
    st.toggle(
        "Burn in captions",
        value=captioned,
        disabled=not captioned,
        key=_captioned_key(video.id),
    )
    style = chosen_style(video.id)
    if style is None and wanted.shape is None:
        return None
    pictures = _previews(workspace, video, wanted)
    with st.container(key="version_styles"):
        if style is None:
            _frame(pictures.get(PLAIN))
        else:
            options = [
                Choice(each.id, each.title, picture=_address(pictures.get(each.id)))
                for each in STYLES
            ]
            key = _style_key(video.id)
            choices("Caption style", options, key=key, look="frames", default=STYLES[0].id)
    return style


def chosen_style(video_id: str) -> str | None:
    """Return the selected style from the session, even if the picker was not drawn again yet."""
    if not st.session_state.get(_captioned_key(video_id)):
        return None
    options = [Choice(each.id, each.title) for each in STYLES]
    return chosen_in(_style_key(video_id), options, STYLES[0].id)


def settle_style(video_id: str) -> None:
    """Take over a style that was picked just before a click."""
    settle(_style_key(video_id))


def _style_key(video_id: str) -> str:
    return f"version_style {video_id}"


def _captioned_key(video_id: str) -> str:
    return f"version_captioned {video_id}"


def _previews(workspace: Workspace, video: Video, wanted: WantedShape) -> Mapping[str, bytes]:
    """Return a frame in each style; until they are drawn, which takes about a second, the video's
    thumbnail in their place."""
    try:
        pictures = _drawn(workspace, video, wanted)
        thumbnail = workspace.gallery.thumbnail(video.id) if pictures is None else b""
    except StudioError as error:
        hint(str(error))
        return {}
    if pictures is not None:
        return pictures
    # Nothing waits in here: a click would have to wait, too.
    st.fragment(_await_previews, run_every=POLL_EVERY)(workspace, video, wanted)
    return dict.fromkeys([PLAIN, *(each.id for each in STYLES)], thumbnail)


def _await_previews(workspace: Workspace, video: Video, wanted: WantedShape) -> None:
    """Rerun the page once the previews are drawn or have failed."""
    try:
        ready = _drawn(workspace, video, wanted) is not None
    except StudioError:
        ready = True
    if ready:
        st.rerun()


def _drawn(workspace: Workspace, video: Video, wanted: WantedShape) -> Mapping[str, bytes] | None:
    return workspace.exports.previews(
        video.id, shape=wanted.shape, fit=wanted.fit, colour=wanted.colour
    )


def _frame(jpeg: bytes | None) -> None:
    """Show the frame without captions, as high as those in a style."""
    if jpeg:
        look = "display:block;height:12rem;max-width:100%;object-fit:contain;border-radius:8px"
        st.html(f'<img alt="Preview of the version" src="{_address(jpeg)}" style="{look}">')


def _address(jpeg: bytes | None) -> str:
    return jpeg_address(jpeg) if jpeg else ""
