"""A day after its deletion a video is purged, with the files that no other one uses."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from talkinghead import Studio, Workspace
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import JobState
from talkinghead.retention.purge import KEPT_AFTER_DELETION
from tests.jobs.studios import finished, hosted_studio
from tests.orders import retry
from tests.records import delete_at


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("studio"))) as studio:
        yield studio


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def test_after_a_day_a_deleted_video_is_gone_with_its_files(
    studio: Studio, workspace: Workspace
) -> None:
    gone, young, kept = (finished(workspace, f"frames={number}") for number in (2, 3, 4))
    for video in (gone, young):
        workspace.gallery.delete(video.id)
    long_ago = datetime.now(UTC) - KEPT_AFTER_DELETION - timedelta(minutes=1)
    delete_at(studio, workspace.id, gone.id, long_ago)
    assert studio.purge() == 1
    with pytest.raises(NotFound):
        workspace.gallery.restore(gone.id)
    workspace.gallery.restore(young.id)
    assert workspace.gallery.list().total == 2
    media = studio.settings.data_dir / "media" / workspace.id
    files = {path.name for path in media.glob("*.mp4")}
    assert files == {video.file.removeprefix("asset:") for video in (young, kept)}
    # The portrait is the same picture for all three, and two of them still use it.
    assert retry(workspace, kept.job_id).state is JobState.WAITING
