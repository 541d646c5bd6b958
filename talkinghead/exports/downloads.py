"""The downloads service of one workspace: the names of files, and several videos in one archive."""

from collections.abc import Collection, Sequence
from io import BytesIO
from typing import Protocol
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.core.store import Store
from talkinghead.exports.archive_memory import ARCHIVES, LARGEST_ARCHIVE, ArchiveMemory
from talkinghead.exports.values import Version
from talkinghead.jobs.job import Video
from talkinghead.videos.file_names import distinct, file_name
from talkinghead.videos.originals import original_of
from talkinghead.videos.repository import VideoRepository

_READABLE = 0o644 << 16  # permissions of a file in an archive


class Details(Protocol):
    """Knows how versions differ from their originals."""

    def details(self, video_id: str) -> tuple[str, ...]:
        """Return the differences as parts of a file name; none of an original."""

    def describe(self, video_id: str) -> Version | None:
        """Return the differences; None of an original."""


class DownloadService:
    """The downloads of one workspace.

    Args:
        workspace: its id.
        videos: the videos repository.
        store: where their files are.
        exports: how a version differs from its original.
        may_publish: whether originals may leave as they are.
        memory: of archives.
    """

    def __init__(
        self,
        workspace: str,
        videos: VideoRepository,
        store: Store,
        exports: Details,
        *,
        may_publish: bool = True,
        memory: ArchiveMemory = ARCHIVES,
    ) -> None:
        self._workspace = workspace
        self._videos = videos
        self._store = store
        self._exports = exports
        self._may_publish = may_publish
        self._memory = memory

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

    def latest(self, video_id: str) -> Video | None:
        """Return what a download of a video gives: a version itself, and of an original its last
        export; None before there is one whose label was decided on.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self._workspace, video_id)
        if video.made_from is not None:
            return video
        newest = sorted(self._versions(video_id), key=lambda each: each.created_at, reverse=True)
        return next((each for each in newest if self._is_decided(each.id)), None)

    def original(self, video_id: str) -> bytes:
        """Return the MP4 of a video as it was made, without label, captions or another shape; of a
        version, that of its original.

        Raises:
            NotFound: this workspace has no such video, or the original is gone.
        """
        original = original_of(self._videos, self._workspace, video_id)
        return self._store.read(self._workspace, original.file)

    def check(self, video_ids: Collection[str]) -> tuple[str, ...]:
        """Check that `archive` can hold the exports of videos.

        Returns:
            The ids of what leaves without a decision on its label: originals of videos that have no
            export, and versions from before there were labels.

        Raises:
            NotFound: this workspace lacks one of them.
            RenderRefused: they are more than `LARGEST_ARCHIVE` bytes together, or one has no
                export and originals may not leave.
        """
        chosen = self._leaving(video_ids)
        self._size(chosen)
        return tuple(video.id for video in chosen if not self._is_decided(video.id))

    def archive(self, video_ids: Collection[str]) -> bytes:
        """Return a ZIP with the exports of videos, each under a name of its own; of a video without
        one the original.

        Raises:
            NotFound: this workspace lacks one of them.
            RenderRefused: they are more than `LARGEST_ARCHIVE` bytes together, other archives take
                the memory, or one has no export and originals may not leave.
        """
        chosen = self._leaving(video_ids)
        return self._memory.build(self._size(chosen), lambda: self._zip(chosen))

    def _size(self, chosen: Sequence[Video]) -> int:
        size = 0
        for video in chosen:
            size += self._store.size(self._workspace, video.file)
            if size > LARGEST_ARCHIVE:
                limit = LARGEST_ARCHIVE // 1_000_000
                raise RenderRefused(f"A download holds up to {limit} MB. Select fewer videos.")
        return size

    def _zip(self, chosen: Sequence[Video]) -> bytes:
        names = distinct([self.file_name(video.id) for video in chosen])
        out = BytesIO()
        with ZipFile(out, "w", ZIP_STORED) as archive:
            for video, name in zip(chosen, names, strict=True):
                # Its own time, not now: the same archive again has the same bytes.
                entry = ZipInfo(name, video.created_at.timetuple()[:6])
                entry.external_attr = _READABLE
                archive.writestr(entry, self._store.read(self._workspace, video.file))
        return out.getvalue()

    def _leaving(self, video_ids: Collection[str]) -> list[Video]:
        """Return the videos that leave: the exports, and originals without one."""
        found: dict[str, Video] = {}
        for video_id in video_ids:
            video = self._videos.video(self._workspace, video_id)
            versions = [] if video.made_from else self._versions(video_id)
            leaving = (
                [each for each in versions if self._is_decided(each.id)] or versions or [video]
            )
            if not self._may_publish and not all(self._is_decided(each.id) for each in leaving):
                raise RenderRefused(f"Export “{video.title}” first: it has no labeled version yet.")
            found |= {each.id: each for each in leaving}
        return list(found.values())

    def _versions(self, video_id: str) -> list[Video]:
        ids = dict.fromkeys(self._videos.with_versions(self._workspace, [video_id]))
        return [self._videos.video(self._workspace, each) for each in ids if each != video_id]

    def _is_decided(self, video_id: str) -> bool:
        version = self._exports.describe(video_id)
        return version is not None and version.is_decided

    def _title(self, version: Video, details: Collection[str]) -> str:
        """Return the title of a version's original; it outlives that in the version's own."""
        try:
            return original_of(self._videos, self._workspace, version.id).title
        except NotFound:
            return version.title
