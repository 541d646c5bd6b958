"""The gallery of a workspace: search, files, delete and restore."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from talkinghead import Studio, Workspace
from talkinghead.videos.values import VideoSearch
from tests.jobs.studios import finished, hosted_studio


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("studio"))) as studio:
        yield studio


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def test_a_finished_video_is_found_by_the_words_of_its_script(workspace: Workspace) -> None:
    video = finished(workspace, "frames=1 Grüße")
    assert workspace.gallery.list(VideoSearch("GRÜSSE")).videos == [video]
    assert workspace.gallery.list(VideoSearch("nothing")).videos == []


def test_a_video_is_a_file_here_with_a_small_picture(workspace: Workspace) -> None:
    video = finished(workspace)
    path = workspace.gallery.file(video.id)
    assert isinstance(path, Path)
    assert path.read_bytes() == workspace.gallery.content(video.id)
    assert workspace.gallery.thumbnail(video.id).startswith(b"\xff\xd8")


def test_a_deleted_video_comes_back_when_it_is_wanted(workspace: Workspace) -> None:
    video = finished(workspace)
    workspace.gallery.delete(video.id)
    assert workspace.gallery.list().total == 0
    workspace.gallery.restore(video.id)
    assert workspace.gallery.list().videos == [video]
