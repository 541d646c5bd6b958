"""Purges deleted videos."""

from datetime import datetime

from talkinghead.core.assets import references_in
from talkinghead.core.database import Database
from talkinghead.jobs.job import Video
from talkinghead.retention.references import delete_unused, files_in_use, library_sounds
from talkinghead.videos.repository import VideoRepository, purge_video


class DeletedVideos:
    """The deleted videos of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._videos = VideoRepository(database)

    def before(self, moment: datetime) -> list[Video]:
        """Return those deleted before this moment."""
        return self._videos.deleted_before(moment)

    def forget(self, video: Video, *, untouched_since: datetime) -> list[str]:
        """Delete a video permanently; returns the references of the files nothing else uses now.

        A file that was put again after `untouched_since` stays: they are about to be used it.
        """
        mine = {video.file, video.thumbnail, *references_in(video.arguments)}
        with self._database.writing() as connection:
            if not purge_video(connection, video.id):
                return []  # brought back meanwhile
            used = files_in_use(connection, video.workspace, untouched_since)
            used |= library_sounds(connection, video.workspace)
            return delete_unused(connection, video.workspace, mine - used)
