"""The downloads service of one workspace: the names of files, and several videos in one archive."""

from collections.abc import Collection
from io import BytesIO
from typing import Protocol
from zipfile import ZIP_STORED, ZipFile

from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.core.store import Store
from talkinghead.jobs.job import Video
from talkinghead.videos.file_names import distinct, file_name
from talkinghead.videos.originals import original_of
from talkinghead.videos.repository import VideoRepository

LARGEST_ARCHIVE = 200_000_000
"""Bytes: a browser receives it from memory."""


class Details(Protocol):
    """Knows how versions differ from their originals."""

    def details(self, video_id: str) -> tuple[str, ...]:
        """Return the differences as parts of a file name; none of an original."""


class DownloadService:
    """The downloads of one workspace.

    Args:
        workspace: its id.
        videos: the videos repository.
        store: where their files are.
        exports: how a version differs from its original.
    """

    def __init__(
        self, workspace: str, videos: VideoRepository, store: Store, exports: Details
    ) -> None:
        self._workspace = workspace
        self._videos = videos
        self._store = store
        self._exports = exports

    def file_name(self, video_id: str, suffix: str = "mp4", *, title: str | None = None) -> str:
        """Return the name of a video's file: from the title, and how this version differs.

        Args:
            video_id: which.
            suffix: of the kind of file.
            title: in place of the video's own, where that would reveal too much.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self._workspace, video_id)
        if video.made_from is None:
            return file_name(title or video.title, suffix)
        details = self._exports.details(video_id)
        if not details:  # how it was made is not on record any more
            return file_name(title or video.title, suffix)
        return file_name(title or self._title(video, details), suffix, details=details)

    def check(self, video_ids: Collection[str]) -> None:
        """Check that `archive` can hold videos with their versions.

        Raises:
            NotFound: this workspace lacks one of them.
            RenderRefused: they are more than `LARGEST_ARCHIVE` bytes together.
        """
        size = 0
        for video in self._with_versions(video_ids):
            size += self._store.size(self._workspace, video.file)
            if size > LARGEST_ARCHIVE:
                limit = LARGEST_ARCHIVE // 1_000_000
                raise RenderRefused(f"A download holds up to {limit} MB. Select fewer videos.")

    def archive(self, video_ids: Collection[str]) -> bytes:
        """Return a ZIP with videos and their versions, each under a name of its own.

        Raises:
            NotFound: this workspace lacks one of them.
            RenderRefused: they are more than `LARGEST_ARCHIVE` bytes together.
        """
        self.check(video_ids)
        chosen = self._with_versions(video_ids)
        names = distinct([self.file_name(video.id) for video in chosen])
        out = BytesIO()
        with ZipFile(out, "w", ZIP_STORED) as archive:
            for video, name in zip(chosen, names, strict=True):
                archive.writestr(name, self._store.read(self._workspace, video.file))
        return out.getvalue()

    def _with_versions(self, video_ids: Collection[str]) -> list[Video]:
        ids = dict.fromkeys(self._videos.with_versions(self._workspace, video_ids))
        return [self._videos.video(self._workspace, each) for each in ids]

    def _title(self, version: Video, details: Collection[str]) -> str:
        """Return the title of a version's original; it outlives that in the version's own."""
        try:
            return original_of(self._videos, self._workspace, version.id).title
        except NotFound:
            return version.title
