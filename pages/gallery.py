"""Gallery page: find, play, download, sort into folders, reuse and delete finished videos."""

from collections.abc import Sequence

import streamlit as st

from components.shell.focus import focus_opened
from components.shell.notices import plain
from components.shell.session import enter, open_page
from components.ui.datetimes import show_count
from components.ui.empty_state import empty_state
from components.ui.video_card import show_title
from components.videos.gallery_address import OPEN, PAGE, leave_gallery, return_to_gallery
from components.videos.gallery_cards import DELETE, FAVORITE, MOVE, PICK, RENAME, Act, GalleryCards
from components.videos.gallery_toolbar import GalleryView, clear_search, gallery_toolbar
from components.videos.selection_bar import selection_bar
from components.videos.video_dialogs import move_dialog, rename_dialog
from components.videos.video_page import VideoActions, video_page
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.videos.service import VideoPage

PER_PAGE = 24
DELETED = "gallery_deleted"
SELECTING = "selecting"

workspace = enter().workspace
hidden = workspace.comparisons.hidden()


def open_video(video_id: str) -> None:
    """Put the video's id into the URL, so that it survives a reload; the undo of a deletion
    ends."""
    st.session_state.pop(DELETED, None)
    leave_gallery(video_id)


def delete_videos(video_ids: Sequence[str]) -> None:
    """Delete videos softly and offer an undo."""
    try:
        st.session_state[DELETED] = workspace.gallery.delete(*video_ids)
    except StudioError as error:
        st.toast(plain(str(error)), icon=":material/error:")
    clear_selection()
    return_to_gallery()


def delete_opened(video_id: str) -> None:
    """Delete the opened video; a deleted version leads to its original."""
    original = workspace.gallery.find(video_id).made_from
    delete_videos([video_id])
    if original:
        st.query_params[OPEN] = original
    st.rerun()


def restore_videos(video_ids: Sequence[str]) -> None:
    """Undo the deletion."""
    st.session_state.pop(DELETED, None)
    try:
        workspace.gallery.restore(*video_ids)
    except StudioError as error:
        st.toast(plain(str(error)), icon=":material/error:")
        return
    st.toast("Video restored.", icon=":material/undo:")


def clear_selection() -> None:
    """Select no video."""
    for key in [key for key in st.session_state if str(key).startswith(PICK)]:
        st.session_state[key] = False
    st.session_state.pop("gallery_list", None)


def deleted_notice() -> None:
    """Show what was deleted last, with an undo button."""
    video_ids: Sequence[str] = st.session_state.get(DELETED) or ()
    if not video_ids:
        return
    try:
        title = show_title(workspace.gallery.find(video_ids[0]).title)
    except StudioError:  # purged meanwhile
        return
    what = (
        f"“{title}” deleted."
        if len(video_ids) == 1
        else f"{show_count(len(video_ids))} videos deleted."
    )
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="deleted_notice",
    ):
        st.markdown(f":material/delete: {what}", width="content")
        st.button(
            "Undo",
            key="undo_delete",
            icon=":material/undo:",
            on_click=restore_videos,
            args=(video_ids,),
        )


def opened() -> Video | None:
    """Return the video named by the URL, or None."""
    video_id = st.query_params.get(OPEN)
    if video_id is None:
        return None
    try:
        video = workspace.gallery.find(video_id)
    except StudioError:
        video = None
    if video is None or video.deleted_at is not None:
        return_to_gallery()
        st.toast("Video not found.", icon=":material/info:")
        return None
    return video


def use_again(video: Video) -> None:
    """Open the Create page with the video's inputs."""
    try:
        project = workspace.projects.use_again(video)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    open_page("create", project=project)


def first_page() -> None:
    """Callback: a changed search starts at its first page."""
    st.session_state[PAGE] = 1


def nothing_yet() -> None:
    """Show the empty gallery of somebody who has not made a video."""
    if empty_state(
        "No videos yet",
        "Your finished videos appear here, ready to play, download, and reuse.",
        button="Create your first video",
        key="empty_gallery",
    ):
        open_page("create")


def nothing_found() -> None:
    """Show the empty result of a search."""
    empty_state(
        "No videos match",
        "Try different words, another folder, or a wider date range.",
        button="Show all videos",
        key="empty_search",
        on_click=clear_search,
    )


def results(view: GalleryView, *, selecting: bool) -> None:
    """Show one page of results, the pagination, and the bar for what is selected."""

    def found(page: int) -> VideoPage:
        return workspace.gallery.list(
            view.search, order=view.order, grouped=True, page=page, per_page=PER_PAGE
        )

    first = found(1)
    if first.total == 0:
        return nothing_found()
    place, pages = st.container(), -(-first.total // PER_PAGE)
    page = 1
    if pages > 1:
        # Stretched: fitted to its content it measures itself too early and hides the other pages.
        page = st.pagination(pages, key=PAGE, bind="query-params", width="stretch")
    videos = hidden.mixed((first if page == 1 else found(page)).videos, hidden.video)
    with place:
        chosen = shown(videos, view, selecting=selecting)
    if chosen and selection_bar(
        workspace, chosen, on_delete=delete_videos, on_clear=clear_selection
    ):
        move_dialog(workspace, chosen)
    return None


def shown(videos: list[Video], view: GalleryView, *, selecting: bool) -> list[str]:
    """Show videos in the chosen layout, and do what was chosen from the menu of one; returns the
    ids of the selected ones."""
    cards = GalleryCards(workspace, hidden.video, open_video, selecting=selecting)
    if view.as_list:
        chosen = cards.rows(videos)
        if len(chosen) == 1:
            st.button("Open", key="open_row", on_click=open_video, args=(chosen[0],))
        return chosen
    act = cards.grid(videos)
    if act is not None:
        carry_out(act)
    if not selecting:
        return []
    return [video.id for video in videos if st.session_state.get(f"{PICK}{video.id}")]


def carry_out(act: Act) -> None:
    """Do what was chosen from the menu of a card."""
    what, video = act
    if what == RENAME:
        rename_dialog(workspace, video)
    elif what == MOVE:
        move_dialog(workspace, [video.id])
    elif what == DELETE:
        delete_videos([video.id])
        st.rerun()
    else:
        workspace.gallery.mark_favorite(video.id, what == FAVORITE)
        st.rerun()


def show_gallery() -> None:
    """Show the gallery."""
    total = workspace.gallery.list(grouped=True, per_page=1).total
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="heading",
    ):
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", width="content"
        ):
            st.title("Gallery", anchor=False, width="content")
            if total:
                st.caption(
                    f"{show_count(total)} {'video' if total == 1 else 'videos'}", width="content"
                )
        if total:
            st.toggle("Select", key=SELECTING)
    deleted_notice()
    if total == 0:
        nothing_yet()
    else:
        view = gallery_toolbar(workspace, first_page)
        results(view, selecting=bool(st.session_state.get(SELECTING)))


def show_video(video: Video) -> None:
    """Show the opened video on a page of its own."""
    deleted_notice()
    actions = VideoActions(open_video, return_to_gallery, delete_opened, use_again)
    video_page(workspace, video, actions, hidden.video(video))


video = opened()
focus_opened(video.id if video else "", key="gallery_focus")
if video is None:
    show_gallery()
else:
    show_video(video)
