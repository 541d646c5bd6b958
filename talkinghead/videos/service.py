"""Finished videos: found, played, deleted and brought back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from talkinghead.core.store import Store
from talkinghead.jobs.job import Video
from talkinghead.videos.repository import Videos
from talkinghead.videos.values import NOTHING_HIDDEN, Hidden


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
    """Knows which models are not to be shown."""

    def hidden(self, workspace: str) -> Hidden:
        """Everything of a workspace whose model is hidden now."""


class Gallery:
    """The verbs of a workspace over its videos."""

    id: str
    _store: Store
    _videos: Videos
    _hidden_models: HiddenModels

    def hidden(self) -> Hidden:
        """The jobs and videos whose model is not to be shown, because a blind choice between them
        is still to be made. Asked once for a page."""
        return self._hidden_models.hidden(self.id)

    def videos(
        self,
        *,
        words: str = "",
        endpoint_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
        page: int = 1,
        per_page: int = 24,
    ) -> VideoPage:
        """A page of the finished videos, newest first.

        Args:
            words: each must stand in the title or the script; case does not matter. A video
                whose model is hidden is found by the title alone: not every model has a script.
            endpoint_id: only of this model; a hidden one is of none.
            since, until: only made on these days or between them (UTC).
            page: from 1.
            per_page: how many on a page.
        """
        hidden = self.hidden() if words or endpoint_id else NOTHING_HIDDEN
        found, total = self._videos.page(
            self.id,
            hidden={video_id: one.title for video_id, one in hidden.videos.items()},
            words=words,
            endpoint_id=endpoint_id,
            since=since,
            until=until,
            limit=per_page,
            offset=per_page * (max(page, 1) - 1),
        )
        return VideoPage(found, total)

    def video(self, video_id: str) -> Video:
        """One video; a deleted one too, as long as it can be brought back.

        Raises:
            NotFound: this workspace has no such video.
        """
        return self._videos.video(self.id, video_id)

    def video_file(self, video_id: str) -> Path | str:
        """Where the MP4 is: a local path, or an https address that is good for an hour.

        Raises:
            NotFound: this workspace has no such video.
        """
        file = self.video(video_id).file
        path = self._store.local_path(self.id, file)
        return path if path is not None else self._store.address(self.id, file) or ""

    def video_bytes(self, video_id: str) -> bytes:
        """The MP4.

        Raises:
            NotFound: this workspace has no such video.
        """
        return self._store.read(self.id, self.video(video_id).file)

    def thumbnail(self, video_id: str) -> bytes:
        """A small JPEG of the video.

        Raises:
            NotFound: this workspace has no such video.
        """
        return self._store.read(self.id, self.video(video_id).thumbnail)

    def delete_video(self, video_id: str) -> None:
        """Delete a video; `restore_video` brings it back for a day.

        Raises:
            NotFound: this workspace has no such video.
        """
        self._videos.mark_deleted(self.id, video_id, datetime.now(UTC))

    def restore_video(self, video_id: str) -> None:
        """Bring a deleted video back.

        Raises:
            NotFound: this workspace has no such video, or it was purged.
        """
        self._videos.mark_deleted(self.id, video_id, None)
