"""Which versions there are of a video, or will be: videos and jobs tell it."""

from talkinghead.core.database import Database
from talkinghead.jobs.records.fingerprint_repository import makers_of
from talkinghead.videos.repository import in_gallery, versions_of


class ExportRepository:
    """The versions of every workspace's videos."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self, workspace: str, video_id: str) -> list[str]:
        """The ids of the videos that were made from this one and are in the gallery, oldest
        first."""
        with self._database.reading() as connection:
            return versions_of(connection, workspace, video_id)

    def job_of(self, workspace: str, fingerprint: str) -> str | None:
        """The id of a job that makes, or has made, just this; None where its video is gone."""
        with self._database.reading() as connection:
            makers = makers_of(connection, workspace, fingerprint)
            shown = in_gallery(connection, [job.video_id for job in makers if job.video_id])
        found = (job.id for job in makers if not job.state.ended or job.video_id in shown)
        return next(found, None)
