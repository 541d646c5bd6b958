"""What each domain forgets of one portrait, within one transaction."""

from collections.abc import Callable
from datetime import UTC, datetime

from talkinghead.captions.repository import delete_captions
from talkinghead.comparisons.repository import delete_empty_comparisons
from talkinghead.consent.repository import delete_consents
from talkinghead.core.asset_repository import delete_assets
from talkinghead.core.database import Transaction
from talkinghead.jobs.records.erasure_repository import delete_some_jobs
from talkinghead.portraits.repository import delete_from_library
from talkinghead.projects.repository import replace_project
from talkinghead.projects.stored_form import without_portrait
from talkinghead.retention.face_content import Face
from talkinghead.retention.reference_repository import add_unused, remove_owners
from talkinghead.videos.purge_repository import delete_videos

FaceHook = Callable[[Transaction, Face], None]


def _portraits(connection: Transaction, face: Face) -> None:
    delete_from_library(connection, face.workspace, face.pictures)
    delete_assets(connection, face.workspace, face.pictures)


def _consents(connection: Transaction, face: Face) -> None:
    delete_consents(connection, face.workspace, face.portrait)


def _jobs(connection: Transaction, face: Face) -> None:
    delete_some_jobs(connection, face.workspace, face.job_ids)


def _comparisons(connection: Transaction, face: Face) -> None:
    delete_empty_comparisons(connection, face.workspace)


def _videos(connection: Transaction, face: Face) -> None:
    delete_videos(connection, face.workspace, face.video_ids)


def _captions(connection: Transaction, face: Face) -> None:
    delete_captions(connection, face.workspace, face.video_ids)


def _projects(connection: Transaction, face: Face) -> None:
    for project in face.projects:
        if left := without_portrait(project.content):
            replace_project(connection, face.workspace, project.id, left)


def _references(connection: Transaction, face: Face) -> None:
    remove_owners(connection, "job", face.workspace, face.job_ids)
    remove_owners(connection, "video", face.workspace, face.video_ids)
    # Listed until the store has deleted them: neither a crash nor an outage leaves them behind.
    add_unused(connection, face.workspace, face.files, datetime.now(UTC))


HOOKS: tuple[FaceHook, ...] = (
    _portraits,
    _consents,
    _jobs,
    _comparisons,
    _videos,
    _captions,
    _projects,
    _references,
)
"""What each domain forgets; jobs before comparisons, which go with their last job."""
