"""Purges deleted videos."""

from datetime import UTC, datetime

from talkinghead.core.database import PURGE_LOCK, Database
from talkinghead.retention.indexing import index_all
from talkinghead.retention.reference_repository import add_unused, references_of, remove_owners
from talkinghead.videos.purge_repository import purge_deleted_videos

VIDEOS_AT_ONCE = 50


class DeletedVideos:
    """The deleted videos of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def purge_some(self, before: datetime) -> int:
        """Delete some videos permanently that were deleted before this moment, and list their files
        as unused; returns how many, and 0 once there is none."""
        with self._database.writing(PURGE_LOCK) as connection:
            index_all(connection)
            gone = purge_deleted_videos(connection, before, VIDEOS_AT_ONCE)
            for workspace in {workspace for workspace, _ in gone}:
                ids = [video_id for owner, video_id in gone if owner == workspace]
                files = references_of(connection, "video", workspace, ids)
                remove_owners(connection, "video", workspace, ids)
                add_unused(connection, workspace, files, datetime.now(UTC))
        return len(gone)
