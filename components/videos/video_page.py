"""An opened video: the player and its versions at the left, its words and facts at the right."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.captions.caption_panel import caption_panel
from components.exports.download_button import download_button
from components.exports.label_texts import show_label_texts
from components.exports.version_progress import version_progress
from components.exports.versions_strip import original_and_versions, versions_strip
from components.shell.notices import plain
from components.ui.blind_label import blind_badge, choose_first, title_with_letter
from components.ui.last_refusal import show_refusal
from components.ui.video_card import show_title
from components.videos import video_dialogs
from components.videos.video_dialogs import EXPORT, ask, open_dialog
from components.videos.video_facts import blind_facts, video_facts
from components.videos.video_player import PLAYER, video_player
from talkinghead import Workspace
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.videos.values import BlindEntry

BACK = "video_back"
RENAME, MOVE, COPY, MODEL, RECEIPT, DELETE = (
    "Rename",
    "Move to folder",
    "Edit a copy",
    "Try another model",
    "Receipt",
    "Delete",
)
_ABOUT_ORIGINAL = {
    RENAME: video_dialogs.RENAME,
    MOVE: video_dialogs.MOVE,
    MODEL: video_dialogs.ANOTHER_MODEL,
}
"""The dialogs of what is chosen: a title and a folder are those of all versions."""


@dataclass(frozen=True)
class VideoActions:
    """What a person can do on the page of a video.

    Attributes:
        open: opens a video by its id.
        close: leads back to the gallery.
        delete: deletes a video by its id.
        edit_copy: opens the inputs of a video on the Create page.
    """

    open: Callable[[str], None]
    close: Callable[[], None]
    delete: Callable[[str], None]
    edit_copy: Callable[[Video], None]


def video_page(
    workspace: Workspace, video: Video, actions: VideoActions, blind: BlindEntry | None = None
) -> None:
    """Show the page.

    Args:
        workspace: whose video it is.
        video: which; a version shows with its original and the others.
        actions: what can be done with it.
        blind: what hides its model; then nothing that reveals it is shown or offered.
    """
    versions = original_and_versions(workspace, video)
    original = versions[0]
    ready = blind is None or bool(blind.letter)
    chosen = _title_row(workspace, video, original, actions, blind)
    show_refusal()
    if blind:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            blind_badge(blind)
        choose_first(blind, "choose_first")
    if ready:
        _columns(workspace, video, versions, actions, blind)
    if chosen:
        _carry_out(chosen, video, original, actions)
    open_dialog(workspace, original, video, _file_title(original, blind))


def _columns(
    workspace: Workspace,
    video: Video,
    versions: list[Video],
    actions: VideoActions,
    blind: BlindEntry | None,
) -> None:
    left, right = st.columns([5, 6], gap="small")
    with left, st.container(border=True, key="video_stage", gap="small", height="stretch"):
        video_player(workspace, video, back=BACK, show_captions=blind is None)
        versions_strip(workspace, video, versions, actions.open)
        version_progress(workspace, versions[0], actions.open)
    with right, st.container(border=True, key="video_words", gap="small", height="stretch"):
        try:
            caption_panel(workspace, video, PLAYER, on_open=actions.open, blind=blind)
            if blind:
                blind_facts(video, blind)
            else:
                _label_texts(workspace, video)
                video_facts(workspace, video)
        except StudioError as error:
            st.error(plain(str(error)), icon=":material/error:")


def _label_texts(workspace: Workspace, video: Video) -> None:
    """Show what belongs beside a labeled version on a page."""
    texts = workspace.exports.label_texts(video.id) if video.made_from else None
    if texts is not None:
        with st.expander("Text for your page", type="compact"):
            show_label_texts(texts)


def _title_row(
    workspace: Workspace,
    video: Video,
    original: Video,
    actions: VideoActions,
    blind: BlindEntry | None,
) -> str | None:
    """Show the title with its buttons; returns what was chosen from the menu."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="video_heading"
    ):
        st.button("", key=BACK, icon=":material/arrow_back:", on_click=actions.close)
        with st.container(horizontal=True):  # takes what is left of the row
            st.title(show_title(original.title), anchor=False)
        if blind is None or blind.letter:
            _buttons(workspace, video, original, blind)
        acts = [RENAME, MOVE, *([] if blind else [COPY, MODEL, RECEIPT]), DELETE]
        chosen: str | None = st.menu_button("More", acts, key="video_menu", type="tertiary")
    return chosen


def _buttons(workspace: Workspace, video: Video, original: Video, blind: BlindEntry | None) -> None:
    if original.made_from is None:  # else the original is gone
        st.button(
            "Export",
            key="video_export",
            icon=":material/ios_share:",
            on_click=ask,
            args=(EXPORT, original.id),
        )
    download_button(
        workspace,
        video.id,
        key="download_video",
        kind="primary",
        offer=lambda: ask(EXPORT, original.id),
        title=_file_title(video, blind),
    )


def _file_title(video: Video, blind: BlindEntry | None) -> str | None:
    """Return what a file is named by where the video's own title would reveal its model."""
    return title_with_letter(video.title, blind) if blind else None


def _carry_out(chosen: str, video: Video, original: Video, actions: VideoActions) -> None:
    """Do what was chosen from the menu; a version is deleted alone."""
    if chosen in _ABOUT_ORIGINAL:
        ask(_ABOUT_ORIGINAL[chosen], original.id)
    elif chosen == COPY:
        actions.edit_copy(video)
    elif chosen == RECEIPT:
        ask(video_dialogs.RECEIPT, video.id)
    else:
        actions.delete(video.id)
