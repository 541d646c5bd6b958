"""Erases everything that belongs to a workspace."""

from datetime import UTC, datetime, timedelta

from talkinghead.captions.repository import erase_captions
from talkinghead.comparisons.repository import erase_comparisons
from talkinghead.consent.repository import erase_consents
from talkinghead.content_credentials.repository import erase_signed_videos
from talkinghead.core.asset_repository import erase_assets
from talkinghead.core.database import Database
from talkinghead.jobs.records.erasure_repository import erase_jobs
from talkinghead.portraits.repository import erase_library
from talkinghead.projects.repository import erase_projects
from talkinghead.retention.reference_repository import erase_references
from talkinghead.speech.pronunciations.repository import erase_pronunciations
from talkinghead.speech.repository import erase_speeches
from talkinghead.speech.sentence_repository import erase_sentences
from talkinghead.videos.repository import erase_videos

_HOOKS = (
    erase_jobs,
    erase_assets,
    erase_library,
    erase_consents,
    erase_projects,
    erase_speeches,
    erase_sentences,
    erase_pronunciations,
    erase_captions,
    erase_signed_videos,
    erase_comparisons,
    erase_references,
)
"""What each domain forgets of a workspace, beside its videos."""


class WorkspaceErasure:
    """Erases workspaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def erase(self, workspace: str) -> int:
        """Delete a workspace's videos, files, projects and jobs; returns how many videos.

        Of what was ordered for money the dates, numbers and dollars stay, without words and faces.
        Copies of the database from before an upgrade go with it, because they hold it as well.
        """
        with self._database.writing() as connection:
            for erase in _HOOKS:
                erase(connection, workspace)
            gone = erase_videos(connection, workspace)
        self._database.delete_copies(datetime.now(UTC) + timedelta(seconds=1))
        return gone
