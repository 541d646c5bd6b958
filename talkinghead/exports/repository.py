"""The exports repository: which exports of a video exist or are being made."""

from sqlalchemy import Connection

from talkinghead.core.database import Database
from talkinghead.jobs.records.fingerprint_repository import makers_of
from talkinghead.videos.repository import in_gallery, versions_of


class ExportRepository:
    """The exports of every workspace's videos."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self, workspace: str, video_id: str) -> list[str]:
        """Return the ids of the exports of a video in the gallery, oldest first."""
        with self._database.reading() as connection:
            return versions_of(connection, workspace, video_id)

    def job_of(self, workspace: str, fingerprint: str) -> str | None:
        """Return the id of a job that makes, or has made, exactly this; None if its video is
        gone."""
        with self._database.reading() as connection:
            return maker_of(connection, workspace, fingerprint)


def maker_of(connection: Connection, workspace: str, fingerprint: str) -> str | None:
    """As `ExportRepository.job_of`, within a transaction."""
    makers = makers_of(connection, workspace, fingerprint)
    shown = in_gallery(connection, [job.video_id for job in makers if job.video_id])
    found = (job.id for job in makers if not job.state.ended or job.video_id in shown)
    return next(found, None)
