"""The gallery of one workspace."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import RenderRefused
from talkinghead.core.store import Store
from talkinghead.jobs.job import Video
from talkinghead.videos.repository import VideoRepository
from talkinghead.videos.values import (
    EVERYTHING,
    NOTHING_HIDDEN,
    BlindEntries,
    Order,
    VideoSearch,
)

LONGEST_TITLE, LONGEST_FOLDER = 120, 60
"""Characters."""


@dataclass(frozen=True)
class VideoPage:
    """A page of the gallery.

    Attributes:
        videos: newest first.
        total: how many the search found on all pages.
    """

    videos: list[Video]
    total: int


class HiddenModels(Protocol):
    """Knows which models must not be shown."""

    def hidden(self, workspace: str) -> BlindEntries:
        """Return everything of a workspace whose model is hidden now."""


class VideoService:
    """The gallery of one workspace.

    Args:
        workspace: its id.
        videos: the videos repository.
        store: where the files are.
        hidden: knows which models are not to be shown.
        catalogue: resolves the words that a video is found by.
    """

    def __init__(
        self,
        workspace: str,
        videos: VideoRepository,
        store: Store,
        hidden: HiddenModels,
        catalogue: Catalogue,
    ) -> None:
        self._workspace = workspace
        self._videos = videos
        self._store = store
        self._hidden = hidden
        self._catalogue = catalogue

    def find(self, video_id: str) -> Video:
        """Return one video; also a deleted one while it can be restored.

        Raises:
            NotFound: this workspace has no such video.
        """
        return self._videos.video(self._workspace, video_id)

    def file(self, video_id: str) -> Path | str:
        """Return where the MP4 is: a local path, or an https URL valid for an hour.

        Raises:
            NotFound: this workspace has no such video.
        """
        file = self.find(video_id).file
        path = self._store.local_path(self._workspace, file)
        return path if path is not None else self._store.address(self._workspace, file) or ""

    def content(self, video_id: str) -> bytes:
        """Return the MP4 as bytes.

        Raises:
            NotFound: this workspace has no such video.
        """
        return self._store.read(self._workspace, self.find(video_id).file)

    def thumbnail(self, video_id: str) -> bytes:
        """Return a small JPEG of the video.

        Raises:
            NotFound: this workspace has no such video.
        """
        return self._store.read(self._workspace, self.find(video_id).thumbnail)

    def delete(self, *video_ids: str) -> tuple[str, ...]:
        """Delete videos with their versions; `restore` undoes it for a day.

        Returns:
            The ids of everything that was deleted, for `restore`.

        Raises:
            NotFound: this workspace lacks one of them; then none is deleted.
        """
        ids = self._with_versions(video_ids)
        self._videos.mark_deleted(self._workspace, ids, datetime.now(UTC))
        return ids

    def restore(self, *video_ids: str) -> None:
        """Restore deleted videos.

        Raises:
            NotFound: this workspace lacks one of them, or it was purged.
        """
        self._videos.mark_deleted(self._workspace, video_ids, None)

    def rename(self, video_id: str, title: str) -> None:
        """Give a video another title; its versions follow.

        Raises:
            NotFound: this workspace has no such video.
            RenderRefused: the title is empty.
        """
        video = self.find(video_id)
        self._videos.rename(video, _clean(title, LONGEST_TITLE, "Enter a title."), self._catalogue)

    def mark_favorite(self, video_id: str, favorite: bool) -> None:
        """Mark a video, or take the mark away.

        Raises:
            NotFound: this workspace has no such video.
        """
        self._videos.mark_favorite(self._workspace, [video_id], favorite)

    def move(self, video_ids: Collection[str], folder: str | None) -> None:
        """Put videos with their versions into a folder, which need not exist yet; None takes them
        out of theirs.

        Raises:
            NotFound: this workspace lacks one of them; then none is moved.
            RenderRefused: the folder has no name.
        """
        name = None if folder is None else _clean(folder, LONGEST_FOLDER, "Enter a folder name.")
        self._videos.move(self._workspace, self._with_versions(video_ids), name)

    def folders(self) -> list[str]:
        """Return the names of the folders, by name."""
        return self._videos.folders(self._workspace)

    def counts_of_versions(self, video_ids: Collection[str]) -> Mapping[str, int]:
        """Return how many versions each of these videos has; one without has no entry."""
        return self._videos.counts_of_versions(self._workspace, video_ids)

    def list(
        self,
        search: VideoSearch = EVERYTHING,
        *,
        order: Order = Order.NEWEST,
        grouped: bool = False,
        page: int = 1,
        per_page: int = 24,
    ) -> VideoPage:
        """Return a page of the finished videos.

        Args:
            search: what is looked for. A video whose model is hidden is found by the title alone:
                not every model has a script; it is of no model.
            order: of the videos.
            grouped: leave out the versions of a video that is in the gallery itself.
            page: from 1.
            per_page: how many on a page.
        """
        searched = search.words or search.endpoint_id
        hidden = self._hidden.hidden(self._workspace) if searched else NOTHING_HIDDEN
        found, total = self._videos.page(
            self._workspace,
            search,
            order=order,
            grouped=grouped,
            hidden={video_id: one.title for video_id, one in hidden.videos.items()},
            limit=per_page,
            offset=per_page * (max(page, 1) - 1),
        )
        return VideoPage(found, total)

    def _with_versions(self, video_ids: Collection[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._videos.with_versions(self._workspace, video_ids)))


def _clean(text: str, longest: int, missing: str) -> str:
    """Return a name in one line.

    Raises:
        RenderRefused: nothing is left of it.
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest].strip()
    if not name:
        raise RenderRefused(missing)
    return name
