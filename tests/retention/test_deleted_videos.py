"""Deleted videos are forgotten with the files that nothing else uses, on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from talkinghead.catalogue import BUILT_IN
from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import JobState, Video
from talkinghead.jobs.journal import Journal
from talkinghead.projects.repository import ProjectRepository
from talkinghead.retention.deleted_videos import DeletedVideos
from talkinghead.videos.repository import VideoRepository, write_video
from tests.jobs.made import NOON, PORTRAIT, a_job, a_video

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FOREVER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def removed(database: Database) -> DeletedVideos:
    return DeletedVideos(database)


def add(database: Database, video: Video) -> Video:
    """Into the gallery."""
    with database.writing() as connection:
        write_video(connection, video, BUILT_IN)
    return video


def deleted(database: Database, workspace: str) -> Video:
    video = add(database, a_video(workspace))
    VideoRepository(database).mark_deleted(workspace, video.id, NOON)
    return VideoRepository(database).video(workspace, video.id)


def test_forgetting_a_video_names_the_files_nothing_else_uses(
    database: Database, removed: DeletedVideos, workspace: str
) -> None:
    video = deleted(database, workspace)
    unused = removed.forget(video, untouched_since=FOREVER)
    assert set(unused) == {video.file, video.thumbnail, PORTRAIT}
    with pytest.raises(NotFound):
        VideoRepository(database).video(workspace, video.id)


@pytest.mark.parametrize("user", ["video", "open job", "failed job", "project", "fresh"])
def test_a_portrait_that_something_else_uses_stays(
    database: Database, removed: DeletedVideos, workspace: str, user: str
) -> None:
    video = deleted(database, workspace)
    if user == "video":
        add(database, a_video(workspace, 1))
    elif user == "open job":
        Journal(database).add(a_job(workspace))
    elif user == "failed job":
        Journal(database).add(a_job(workspace, state=JobState.FAILED))
    elif user == "project":
        ProjectRepository(database).add(workspace, {"portrait": {"reference": PORTRAIT}})
    else:
        AssetRepository(database).put(workspace, Asset(PORTRAIT, "crop", "a.jpg", {}))
    unused = removed.forget(video, untouched_since=LONG_AGO)
    assert PORTRAIT not in unused
    assert video.file in unused


def test_a_video_that_was_brought_back_meanwhile_is_not_forgotten(
    database: Database, removed: DeletedVideos, workspace: str
) -> None:
    video = deleted(database, workspace)
    VideoRepository(database).mark_deleted(workspace, video.id, None)
    assert removed.forget(video, untouched_since=FOREVER) == []
    assert VideoRepository(database).video(workspace, video.id) == replace(video, deleted_at=None)
