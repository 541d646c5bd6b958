"""The gallery of one workspace."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from talkinghead.core.store import Store
from talkinghead.jobs.job import Video
from talkinghead.videos.repository import VideoRepository
from talkinghead.videos.values import NOTHING_HIDDEN, BlindEntries


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
    """

    def __init__(
        self,
        workspace: str,
        videos: VideoRepository,
        store: Store,
        hidden: HiddenModels,
    ) -> None:
        self._workspace = workspace
        self._videos = videos
        self._store = store
        self._hidden = hidden

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

    def delete(self, video_id: str) -> None:
        """Delete a video; `restore` undoes it for a day.

        Raises:
            NotFound: this workspace has no such video.
        """
        self._videos.mark_deleted(self._workspace, video_id, datetime.now(UTC))

    def restore(self, video_id: str) -> None:
        """Restore a deleted video.

        Raises:
            NotFound: this workspace has no such video, or it was purged.
        """
        self._videos.mark_deleted(self._workspace, video_id, None)

    def list(
        self,
        *,
        words: str = "",
        endpoint_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
        page: int = 1,
        per_page: int = 24,
    ) -> VideoPage:
        """Return a page of the finished videos, newest first.

        Args:
            words: each must be in the title or the script; case does not matter. A video
                whose model is hidden is found by the title alone: not every model has a script.
            endpoint_id: only of this model; a hidden one is of none.
            since, until: only made on these days or between them (UTC).
            page: from 1.
            per_page: how many on a page.
        """
        searched = words or endpoint_id
        hidden = self._hidden.hidden(self._workspace) if searched else NOTHING_HIDDEN
        found, total = self._videos.page(
            self._workspace,
            hidden={video_id: one.title for video_id, one in hidden.videos.items()},
            words=words,
            endpoint_id=endpoint_id,
            since=since,
            until=until,
            limit=per_page,
            offset=per_page * (max(page, 1) - 1),
        )
        return VideoPage(found, total)
