"""Finds parts of long videos that are no longer used: neither by an existing video nor by one that
may be retried."""

from datetime import UTC, datetime, timedelta

from talkinghead.core.database import Database, Transaction
from talkinghead.jobs.kinds import LONG_VIDEO
from talkinghead.jobs.records.erasure_repository import uses_of
from talkinghead.videos.repository import existing, mark_all_deleted, parts_made_before

KEPT_WITHOUT_VIDEO = timedelta(days=30)
"""Parts that were paid for are kept so long, for a retry of their video."""


class UnusedParts:
    """The parts of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark_deleted(self, made_before: datetime, deleted_at: datetime) -> int:
        """Delete softly the parts that no long video needs any more; returns how many.

        Args:
            made_before: newer ones are kept: their video may be about to be ordered.
            deleted_at: what is written down as the time of it.
        """
        with self._database.writing() as connection:
            parts = parts_made_before(connection, made_before)
            needed = _needed(connection) if parts else set()
            gone = [video_id for video_id, job_id in parts.items() if job_id not in needed]
            if gone:
                mark_all_deleted(connection, gone, deleted_at)
        return len(gone)


def _needed(connection: Transaction) -> set[str]:
    """Return the jobs of all parts of long videos that are under way, in a gallery, or ended lately
    without a video."""
    lately = datetime.now(UTC) - KEPT_WITHOUT_VIDEO
    long_videos = uses_of(connection, LONG_VIDEO)
    there = existing(
        connection, [long_video.video_id for long_video in long_videos if long_video.video_id]
    )
    return {
        part["job"]
        for long_video in long_videos
        if long_video.is_open
        or long_video.video_id in there
        or (long_video.video_id is None and long_video.ended_at and long_video.ended_at > lately)
        for part in long_video.arguments.get("parts", [])
    }
