"""Gallery page: search, play, download, reuse and delete finished videos."""

import streamlit as st

from components.shell.notices import plain
from components.shell.session import enter, open_page
from components.ui.empty_state import empty_state
from components.ui.video_card import show_title, video_card
from components.videos.gallery_filter import GalleryFilter, clear_filter, gallery_filter
from components.videos.video_player import video_player
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Video
from talkinghead.videos.service import VideoPage

PER_PAGE = 24
PAGE = "page"  # the pagination's key, and its name in the address
OPEN = "video"  # likewise the opened video's
DELETED = "gallery_deleted"

workspace = enter().workspace
hidden = workspace.comparisons.hidden()


def open_video(video_id: str) -> None:
    """Put the video's id into the URL, so that it survives a reload; the undo of a deletion
    ends."""
    st.session_state.pop(DELETED, None)
    st.query_params[OPEN] = video_id


def close_video() -> None:
    """Go back to the grid."""
    st.query_params.pop(OPEN, None)


def delete_video(video_id: str) -> None:
    """Delete the video softly and offer an undo."""
    workspace.gallery.delete(video_id)
    st.session_state[DELETED] = video_id
    close_video()


def restore_video(video_id: str) -> None:
    """Undo the deletion."""
    st.session_state.pop(DELETED, None)
    try:
        workspace.gallery.restore(video_id)
    except StudioError as error:
        st.toast(plain(str(error)), icon=":material/error:")
        return
    st.toast("The video is back.", icon=":material/undo:")


def deleted_notice() -> None:
    """Show what was deleted last, with an undo button."""
    video_id = st.session_state.get(DELETED)
    if video_id is None:
        return
    try:
        title = show_title(workspace.gallery.find(video_id).title)
    except StudioError:  # purged meanwhile
        return
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="deleted_notice",
    ):
        st.markdown(f":material/delete: “{title}” was deleted.", width="content")
        st.button(
            "Undo",
            key="undo_delete",
            icon=":material/undo:",
            on_click=restore_video,
            args=(video_id,),
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
        close_video()
        st.toast("That video is not in this gallery.", icon=":material/info:")
        return None
    return video


def show_video(video: Video) -> None:
    """Show the opened video beside the grid. A dialog runs by itself: an action ends in a rerun."""

    @st.dialog(show_title(video.title), width="medium", position="right", on_dismiss=close_video)
    def drawer() -> None:
        if st.query_params.get(OPEN) != video.id:  # another one was opened from here
            st.rerun()
        action = video_player(workspace, video, open_video, hidden.video(video))
        if action == "delete":
            delete_video(video.id)
            st.rerun()
        if action == "reuse":
            use_again(video)

    drawer()


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


def grid(videos: list[Video]) -> None:
    """Show the cards of one page; videos of a blind comparison are shuffled."""
    with st.grid("auto", min_column_width=250, gap="medium", key="gallery_grid"):
        for video in hidden.mixed(videos, hidden.video):
            video_card(
                workspace.catalogue,
                video,
                workspace.gallery.thumbnail,
                open_video,
                hidden.video(video),
            )


def nothing_yet() -> None:
    """Show the empty gallery of somebody who has not made a video."""
    if empty_state(
        "No videos yet",
        "Every video you make is kept here, ready to play, download and make again.",
        button="Make your first video",
        key="empty_gallery",
    ):
        open_page("create")


def nothing_found() -> None:
    """Show the empty result of a search."""
    empty_state(
        "Nothing found",
        "No video has these words, this model and these days together.",
        button="Show all videos",
        key="empty_search",
        on_click=clear_filter,
    )


def results(wanted: GalleryFilter) -> None:
    """Show one page of results and the pagination."""

    def found(page: int) -> VideoPage:
        return workspace.gallery.list(
            words=wanted.words,
            endpoint_id=wanted.endpoint_id,
            since=wanted.since,
            until=wanted.until,
            page=page,
            per_page=PER_PAGE,
        )

    first = found(1)
    if first.total == 0:
        return nothing_found()
    cards, pages = st.container(), -(-first.total // PER_PAGE)
    page = 1
    if pages > 1:
        # Stretched: fitted to its content it measures itself too early and hides the other pages.
        page = st.pagination(pages, key=PAGE, bind="query-params", width="stretch")
    with cards:
        st.caption(f"{first.total:,} {'video' if first.total == 1 else 'videos'}")
        grid((first if page == 1 else found(page)).videos)
    return None


st.title("Gallery", anchor=False)
deleted_notice()
video = opened()
if workspace.gallery.list(per_page=1).total == 0:
    nothing_yet()
else:
    results(gallery_filter(workspace.catalogue, first_page))
if video:
    show_video(video)
