"""The wanted versions of a video, each on a frame of it."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from components.shell.notices import hint
from components.ui.media import jpeg_address
from talkinghead.catalogue.export import Shape
from talkinghead.core.errors import StudioError
from talkinghead.exports.values import LabelChoice, Version, WantedVersion
from talkinghead.exports.version_names import version_name
from talkinghead.jobs.job import Video
from talkinghead.workspace import Workspace

POLL_EVERY = 0.4  # seconds
PLAIN = ""
"""The key of the picture without captions."""
_FEW = 2
_HEIGHT, _SMALL_HEIGHT = "clamp(10rem, 32vh, 18rem)", "8.5rem"
"""Of a picture, of a few and of many: the button below them stays in view."""

Drawn = Mapping[Shape | None, Mapping[str, bytes]]


def export_previews(
    workspace: Workspace, video: Video, wanted: Sequence[WantedVersion], label: LabelChoice | None
) -> None:
    """Show each version as it will look; until they are drawn, which takes about a second, the
    video's thumbnail in their place.

    Args:
        workspace: whose video it is.
        video: the original.
        wanted: the versions.
        label: that they will have.
    """
    try:
        drawn = _drawn(workspace, video, wanted, label)
        thumbnail = workspace.gallery.thumbnail(video.id)
    except StudioError as error:
        hint(str(error))
        return
    figures = [
        _figure(
            drawn.get(each.shape, {}).get(each.style or PLAIN, thumbnail),
            video,
            each,
            _HEIGHT if len(wanted) <= _FEW else _SMALL_HEIGHT,
        )
        for each in wanted
    ]
    with st.container(key="export_previews"):
        st.html(f'<div style="display:flex;flex-wrap:wrap;gap:.75rem">{"".join(figures)}</div>')
    if len(drawn) < len({each.shape for each in wanted}):
        # Nothing waits in here: a click would have to wait, too.
        st.fragment(_await, run_every=POLL_EVERY)(workspace, video, wanted, label, len(drawn))


def _drawn(
    workspace: Workspace, video: Video, wanted: Sequence[WantedVersion], label: LabelChoice | None
) -> Drawn:
    """Return the pictures by shape and style, as far as they are drawn."""
    found: dict[Shape | None, Mapping[str, bytes]] = {}
    for version in {each.shape: each for each in wanted}.values():
        pictures = workspace.exports.previews(video.id, version, label)
        if pictures is not None:
            found[version.shape] = pictures
    return found


def _await(
    workspace: Workspace,
    video: Video,
    wanted: Sequence[WantedVersion],
    label: LabelChoice | None,
    before: int,
) -> None:
    """Rerun the page once more previews are drawn, or one has failed."""
    try:
        more = len(_drawn(workspace, video, wanted, label)) > before
    except StudioError:
        more = True
    if more:
        st.rerun()


def _figure(jpeg: bytes, video: Video, wanted: WantedVersion, height: str) -> str:
    name = version_name(Version(wanted.style, wanted.shape, wanted.fit), video.width, video.height)
    size = " × ".join(map(str, wanted.size)) if wanted.size else "Original size"
    return (
        '<figure style="margin:0;max-width:100%">'
        f'<img alt="Preview: {escape(name)}" src="{jpeg_address(jpeg)}" style="display:block;'
        f'height:{height};max-width:100%;object-fit:contain;border-radius:8px">'
        f'<figcaption style="font-size:.8125rem;margin-top:.25rem">{escape(name)}<br>{size}'
        "</figcaption></figure>"
    )
