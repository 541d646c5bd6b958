"""The stored captions of a video and of its versions, on SQLite and on PostgreSQL."""

from sqlalchemy import insert

from talkinghead.captions.repository import CaptionRepository, StoredCaptions, write_face_path
from talkinghead.catalogue import BUILT_IN
from talkinghead.core.database import Database
from talkinghead.jobs.job import Video
from talkinghead.videos.repository import video_row
from talkinghead.videos.tables import videos
from tests.jobs.made import a_video

KEPT = StoredCaptions("aligned", [["Good", 0.1, 0.4], ["morning 🎉", 0.4, 0.9]], [])


def put(database: Database, *made: Video) -> None:
    with database.writing() as connection:
        connection.execute(insert(videos), [video_row(video, BUILT_IN) for video in made])


def test_captions_and_the_face_are_kept_beside_each_other(
    database: Database, workspace: str
) -> None:
    repository = CaptionRepository(database)
    assert repository.captions(workspace, "v") is None
    assert repository.face_path(workspace, "v") is None
    repository.save(workspace, "v", KEPT)
    with database.writing() as connection:
        write_face_path(connection, workspace, "v", [[0.0] * 9])
    repository.save(workspace, "v", KEPT)
    assert repository.captions(workspace, "v") == KEPT
    assert repository.face_path(workspace, "v") == [[0.0] * 9]
    assert repository.captions("somebody", "v") is None


def test_only_a_correction_of_the_latest_is_kept(database: Database, workspace: str) -> None:
    repository = CaptionRepository(database)
    repository.save(workspace, "v", KEPT)
    assert repository.edit(workspace, "v", [], [[0.1, 0.9, []]])
    assert not repository.edit(workspace, "v", [], [[0.2, 0.9, []]])
    assert not repository.edit("somebody", "v", [[0.1, 0.9, []]], [])
    kept = repository.captions(workspace, "v")
    assert kept is not None
    assert kept.edits == [[0.1, 0.9, []]]


def test_captions_of_videos_that_are_gone_are_forgotten(database: Database, workspace: str) -> None:
    repository, here = CaptionRepository(database), a_video(workspace, 1)
    version = a_video(workspace, 2, made_from="gone but for its version")
    put(database, here, version)
    for video_id in (here.id, "gone but for its version", "gone"):
        repository.save(workspace, video_id, KEPT)
    repository.delete_orphans()
    assert repository.captions(workspace, here.id) == KEPT
    assert repository.captions(workspace, "gone but for its version") == KEPT
    assert repository.captions(workspace, "gone") is None
