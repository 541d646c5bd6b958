"""Dialogs about videos: rename, move to a folder, export, try another model, receipt."""

from collections.abc import Collection

import streamlit as st

from components.comparisons.rerender_panel import rerender_panel
from components.exports.export_form import export_form
from components.receipts.receipt_dialog import receipt_dialog
from components.shell.notices import plain, problem
from talkinghead import Workspace
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.videos.service import LONGEST_TITLE

NO_FOLDER = "No folder"
EXPORT, ANOTHER_MODEL, RENAME, MOVE, RECEIPT = (
    "export", "another model", "rename", "move", "receipt",
)  # fmt: skip
OPEN = "video_dialog"
"""The key of the dialog that is open, and of the video that it is about. What is in it, and a
version that is done, run the whole page again, which has to open it again then."""


def ask(dialog: str, video_id: str) -> None:
    """Open a dialog about a video: EXPORT or one of the others; `open_dialog` shows it."""
    st.session_state[OPEN] = (dialog, video_id)


def open_dialog(
    workspace: Workspace, original: Video, shown: Video, file_title: str | None = None
) -> None:
    """Show the dialog that is open about a video, if any.

    Args:
        workspace: whose.
        original: which most dialogs are about.
        shown: it or one of its versions, which the receipt is about.
        file_title: in place of the original's own in the names of files.
    """
    asked = st.session_state.get(OPEN)
    if asked == (EXPORT, original.id):
        _export_dialog(workspace, original, file_title)
    elif asked == (ANOTHER_MODEL, original.id):
        _model_dialog(workspace, original)
    elif asked == (RENAME, original.id):
        rename_dialog(workspace, original)
    elif asked == (MOVE, original.id):
        move_dialog(workspace, [original.id])
    elif asked == (RECEIPT, shown.id):
        receipt_dialog(workspace, shown.id, on_dismiss=_close)
    else:
        _close()


def _close() -> None:
    st.session_state.pop(OPEN, None)


@st.dialog("Export", width="large", on_dismiss=_close)
def _export_dialog(workspace: Workspace, video: Video, file_title: str | None) -> None:
    if export_form(workspace, video, file_title):
        _close()
        st.rerun()


@st.dialog("Try another model", width="medium", on_dismiss=_close)
def _model_dialog(workspace: Workspace, video: Video) -> None:
    rerender_panel(workspace, video)


@st.dialog("Rename", width="small", on_dismiss=_close)
def rename_dialog(workspace: Workspace, video: Video) -> None:
    """Ask for another title."""
    with st.form("rename_form", border=False):
        title = st.text_input(
            "Title", video.title, max_chars=LONGEST_TITLE, key=f"title_{video.id}"
        )
        refused = st.container()
        saved = st.form_submit_button("Save", type="primary", key="rename_save")
    if not saved:
        return
    try:
        workspace.gallery.rename(video.id, title or "")
    except StudioError as error:
        with refused:
            problem(str(error))
        return
    _close()
    st.rerun()


@st.dialog("Move to folder", width="small", on_dismiss=_close)
def move_dialog(workspace: Workspace, video_ids: Collection[str]) -> None:
    """Ask for a folder, one that is there or a new one."""
    names = workspace.gallery.folders()
    with st.form("move_form", border=False):
        folder = st.selectbox(
            "Folder",
            [*names, NO_FOLDER],
            index=None,
            key="move_folder",
            placeholder="Choose a folder or type a new name",
            accept_new_options=True,
        )
        refused = st.container()
        saved = st.form_submit_button("Move", type="primary", key="move_save")
    if not saved:
        return
    if not folder:
        with refused:
            problem("Choose a folder or type a new name.")
        return
    try:
        workspace.gallery.move(video_ids, None if folder == NO_FOLDER else folder)
    except StudioError as error:
        with refused:
            problem(str(error))
        return
    st.toast(plain(f"Moved to {folder}." if folder != NO_FOLDER else "Moved out of the folder."))
    _close()
    st.rerun()
