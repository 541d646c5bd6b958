"""Finds parts of long videos that are no longer used: neither by an existing video nor by one that
may be retried."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from talkinghead.core.database import PURGE_LOCK, Database, Transaction
from talkinghead.jobs.records.reference_repository import (
    ended_without_video,
    open_arguments,
    videos_of,
)
from talkinghead.retention.indexing import index_all, part_key, parts_in
from talkinghead.retention.reference_repository import owners_of
from talkinghead.videos.purge_repository import VideoPart, mark_all_deleted, parts_made_before
from talkinghead.videos.repository import existing

KEPT_WITHOUT_VIDEO = timedelta(days=30)
"""Parts that were paid for are kept so long, for a retry of their video."""
PARTS_AT_ONCE = 100


class UnusedParts:
    """The parts of every workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark_some_deleted(
        self, made_before: datetime, deleted_at: datetime, after: str
    ) -> str | None:
        """Delete softly those of some parts that no long video needs any more.

        Args:
            made_before: newer ones are kept: their video may be about to be ordered.
            deleted_at: what is written down as the time of it.
            after: the parts that follow this id are looked at; all of them follow "".

        Returns:
            The id of the last part that was looked at, or None once there is none left.
        """
        with self._database.writing(PURGE_LOCK) as connection:
            index_all(connection)
            parts = parts_made_before(connection, made_before, after, PARTS_AT_ONCE)
            if not parts:
                return None
            needed = _needed(connection, parts)
            gone = [part.id for part in parts if part.job_id not in needed]
            mark_all_deleted(connection, gone, deleted_at)
        return parts[-1].id


def _needed(connection: Transaction, parts: Sequence[VideoPart]) -> set[str]:
    """Return the jobs of those parts whose long video is under way, in a gallery, or ended lately
    without a video."""
    under_way = {job_id for given in open_arguments(connection) for job_id in parts_in(given)}
    return under_way.union(
        *(_needed_in(connection, workspace, parts) for workspace in {p.workspace for p in parts})
    )


def _needed_in(connection: Transaction, workspace: str, parts: Sequence[VideoPart]) -> set[str]:
    asked = {part.job_id for part in parts if part.workspace == workspace}
    owners = owners_of(connection, "job", workspace, map(part_key, asked))
    makers = {job_id for those in owners.values() for job_id in those}
    made = videos_of(connection, makers)
    there = existing(connection, set(made.values()))
    lately = datetime.now(UTC) - KEPT_WITHOUT_VIDEO
    kept = ended_without_video(connection, makers, lately)
    kept |= {job_id for job_id, video_id in made.items() if video_id in there}
    return {job_id for job_id in asked if owners.get(part_key(job_id), set()) & kept}
