"""The versions of an opened video as a strip of pictures; one click shows another one."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.ui.choices import Choice, choices
from components.ui.media import jpeg_address
from talkinghead import Workspace
from talkinghead.core.errors import StudioError
from talkinghead.exports.version_names import version_name
from talkinghead.jobs.job import Video


def original_and_versions(workspace: Workspace, video: Video) -> list[Video]:
    """Return the original of a video and its versions, oldest first; without the original where
    that is gone."""
    original = find_original(workspace, video)
    if original is None:
        return [video]
    return [original, *workspace.exports.list(original.id)]


def find_original(workspace: Workspace, video: Video) -> Video | None:
    """Return the video itself, or the one that it is a version of; None if that is gone."""
    if video.made_from is None:
        return video
    try:
        original = workspace.gallery.find(video.made_from)
    except StudioError:
        return None
    return None if original.deleted_at is not None else original


def versions_strip(
    workspace: Workspace, video: Video, versions: Sequence[Video], on_open: Callable[[str], None]
) -> None:
    """Show the strip; nothing where there is only one version.

    Args:
        workspace: whose they are.
        video: the one that is shown.
        versions: all of them.
        on_open: shows another one by its id.
    """
    if len(versions) < 2:
        return
    key = f"versions {versions[0].id}"
    # The address says which one is shown, also after Back.
    st.session_state[key] = {"chosen": video.id}

    def chosen() -> None:
        picked = (st.session_state.get(key) or {}).get("chosen")
        if picked:
            on_open(str(picked))

    with st.container(key="versions"):
        choices(
            "Versions",
            [
                Choice(each.id, _name(workspace, each), picture=_picture(workspace, each))
                for each in versions
            ],
            key=key,
            look="strip",
            default=video.id,
            on_change=chosen,
        )


def _name(workspace: Workspace, video: Video) -> str:
    return version_name(workspace.exports.describe(video.id), video.width, video.height)


def _picture(workspace: Workspace, video: Video) -> str:
    try:
        return jpeg_address(workspace.gallery.thumbnail(video.id))
    except StudioError:
        return ""
