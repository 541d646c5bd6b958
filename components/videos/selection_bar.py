"""The bar at the bottom of the gallery while videos are selected: what can be done with them."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.shell.notices import plain
from talkinghead import Workspace
from talkinghead.core.errors import StudioError


def selection_bar(
    workspace: Workspace,
    video_ids: Sequence[str],
    *,
    on_delete: Callable[[Sequence[str]], None],
    on_clear: Callable[[], None],
) -> bool:
    """Show the bar; returns whether the videos shall be moved to a folder.

    Args:
        workspace: whose they are.
        video_ids: of the selected videos.
        on_delete: called with them when a person deletes them.
        on_clear: called when a person selects none of them any more.
    """
    refused, unexported = _check(workspace, video_ids)
    with (
        st.bottom,
        st.container(
            key="selection_bar",
            border=True,
            horizontal=True,
            vertical_alignment="center",
            horizontal_alignment="distribute",
            gap="xsmall",
        ),
    ):
        with st.container(
            horizontal=True, vertical_alignment="center", width="content", gap="small"
        ):
            st.markdown(f"**{len(video_ids)}** selected", width="content")
            st.button("Clear", key="clear_selection", type="tertiary", on_click=on_clear)
        if refused:
            st.caption(plain(refused), width="content")
        elif unexported:
            st.caption(plain(_remark(len(unexported), len(video_ids))), width="content")
        with st.container(horizontal=True, width="content", gap="small"):
            st.button(
                "Delete",
                key="delete_selected",
                icon=":material/delete:",
                type="tertiary",
                on_click=on_delete,
                args=(video_ids,),
            )
            move = st.button("Move", key="move_selected", icon=":material/drive_file_move:")
            st.download_button(
                "Download ZIP",
                data=lambda: workspace.downloads.archive(video_ids),
                file_name="videos.zip",
                mime="application/zip",
                key="download_zip",
                icon=":material/download:",
                type="primary",
                on_click="ignore",
                disabled=refused is not None,
            )
    return move


def _check(workspace: Workspace, video_ids: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Return why these videos cannot be downloaded together, or None, and which of them have no
    export."""
    try:
        return None, workspace.downloads.check(video_ids)
    except StudioError as error:
        return str(error), ()


def _remark(unexported: int, selected: int) -> str:
    """Return what a download holds of videos without an export."""
    which = "No export yet" if unexported == selected == 1 else f"{unexported} without an export"
    return f"{which}: the ZIP has the video without a label."
