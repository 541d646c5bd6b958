"""The videos of one page of the gallery, as cards or as rows of a table."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components.shell.notices import plain
from components.ui.blind_label import blind_badge
from components.ui.datetimes import clock, show_age, show_day, show_moment
from components.ui.video_card import card_picture, show_title
from components.videos.card_previews import card_previews
from talkinghead import Workspace
from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars, show_seconds
from talkinghead.jobs.job import Video
from talkinghead.jobs.kinds import made_on
from talkinghead.videos.values import BlindEntry

PICK = "pick_"
"""The keys of the boxes begin with it."""
RENAME, MOVE, FAVORITE, UNFAVORITE, DELETE = (
    "Rename",
    "Move to folder",
    "Add to favorites",
    "Remove from favorites",
    "Delete",
)
Act = tuple[str, Video]
"""What was chosen from the menu of a card, and of which."""


class GalleryCards:
    """Shows videos.

    Args:
        workspace: whose they are.
        blind: what hides a video's model, if anything; then neither its price nor length is shown.
        on_open: called with the id when a person opens one.
        selecting: whether videos are being selected.
    """

    def __init__(
        self,
        workspace: Workspace,
        blind: Callable[[Video], BlindEntry | None],
        on_open: Callable[[str], None],
        *,
        selecting: bool,
    ) -> None:
        self._workspace = workspace
        self._blind = blind
        self._on_open = on_open
        self._selecting = selecting

    def grid(self, videos: Sequence[Video]) -> Act | None:
        """Show cards; returns what was chosen from a menu."""
        versions = self._workspace.gallery.counts_of_versions([video.id for video in videos])
        act: Act | None = None
        with st.grid(4, min_column_width=152, gap="small", key="gallery_grid"):
            for video in videos:
                act = self._card(video, versions) or act
        card_previews(self._workspace, videos, selecting=self._selecting)
        return act

    def rows(self, videos: Sequence[Video]) -> list[str]:
        """Show a table; returns the ids of the rows that are selected."""
        table = [self._row(video) for video in videos]
        event = st.dataframe(
            table, key="gallery_list", on_select="rerun", selection_mode="multi-row",
            hide_index=True, row_height=40, height="content",
        )  # fmt: skip
        return [videos[at].id for at in event.selection.rows if at < len(videos)]

    def _card(self, video: Video, versions: Mapping[str, int]) -> Act | None:
        blind = self._blind(video)
        with st.container(border=True, key=f"video_{video.id}", gap="xsmall", height="stretch"):
            if blind is None:
                self._picture(video, versions.get(video.id, 0) + 1, clock(video.seconds))
            elif blind.letter:
                self._picture(video)
            else:  # who is ready first reveals the model, too
                _no_picture()
            act = self._heading(video)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                if blind:
                    blind_badge(blind)
                    st.caption(plain(show_day(video.created_at)), width="content")
                else:
                    st.caption(plain(" · ".join(_facts(self._workspace.catalogue, video))))
        return act

    def _heading(self, video: Video) -> Act | None:
        """Show the title, and beside it the menu or the box to tick."""
        if self._selecting:
            st.checkbox(show_title(video.title), key=f"{PICK}{video.id}", wrap=False)
            return None
        star = ":material/star: " if video.favorite else ""
        with st.container(horizontal=True, vertical_alignment="center", wrap=False, gap=None):
            with st.container():  # takes what is left of the row, so that the title is cut
                st.button(
                    f"{star}**{show_title(video.title)}**",
                    key=f"open_{video.id}",
                    type="tertiary",
                    on_click=self._on_open,
                    args=(video.id,),
                    width="content",
                    wrap=False,
                )
            acts = [RENAME, MOVE, UNFAVORITE if video.favorite else FAVORITE, DELETE]
            chosen = st.menu_button(
                "",
                acts,
                key=f"menu_{video.id}",
                icon=":material/more_horiz:",
                type="tertiary",
            )
        return None if chosen is None else (chosen, video)

    def _picture(self, video: Video, versions: int = 1, length: str = "") -> None:
        try:
            jpeg = self._workspace.gallery.thumbnail(video.id)
        except StudioError:
            st.skeleton(height=150)
            return
        card_picture(jpeg, versions=versions, length=length)

    def _row(self, video: Video) -> dict[str, str]:
        blind = self._blind(video)
        title = video.title or "Untitled"
        made = {"Date": show_moment(video.created_at), "Folder": video.folder or ""}
        if blind:
            return {"Title": title, "Model": "Hidden", "Length": "", "Price": "", **made}
        return {
            "Title": f"★ {title}" if video.favorite else title,
            "Model": _model(self._workspace.catalogue, video),
            "Length": show_seconds(video.seconds),
            "Price": _price(video),
            **made,
        }


def _facts(catalogue: Catalogue, video: Video) -> list[str]:
    return [_model(catalogue, video), _price(video), show_age(video.created_at)]


def _model(catalogue: Catalogue, video: Video) -> str:
    return made_on(catalogue, video.endpoint_id, video.arguments)


def _price(video: Video) -> str:
    return "Free" if video.dollars == 0 else show_dollars(video.dollars)


def _no_picture() -> None:
    with st.container(
        height=150, border=False, horizontal_alignment="center", vertical_alignment="center"
    ):
        st.caption(":material/visibility_off: Shows once all are ready", width="content")
