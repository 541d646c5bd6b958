"""What was made of a video, on SQLite and on PostgreSQL."""

from sqlalchemy import insert

from talkinghead.catalogue import BUILT_IN
from talkinghead.core.database import Database
from talkinghead.exports.repository import ExportRepository
from talkinghead.jobs.job import JobState, Video
from talkinghead.jobs.journal import Journal
from talkinghead.videos.repository import VideoRepository, video_row
from talkinghead.videos.tables import videos
from tests.jobs.made import NOON, a_job, a_video


def put(database: Database, *made: Video) -> None:
    with database.writing() as connection:
        connection.execute(insert(videos), [video_row(video, BUILT_IN) for video in made])


def test_versions_are_those_in_the_gallery_oldest_first(database: Database, workspace: str) -> None:
    exports, original = ExportRepository(database), a_video(workspace, 0)
    first, second, gone = (a_video(workspace, n, made_from=original.id) for n in (1, 2, 3))
    put(database, original, second, first, gone, a_video(workspace, 4))
    VideoRepository(database).mark_deleted(workspace, [gone.id], NOON)
    assert exports.versions(workspace, original.id) == [first.id, second.id]
    assert exports.versions("somebody", original.id) == []


def test_a_job_is_found_by_what_it_makes_while_that_is_of_use(
    database: Database, workspace: str
) -> None:
    exports, journal = ExportRepository(database), Journal(database)
    same = {"endpoint_id": "studio/finish", "fingerprint": "f" * 64}
    failed = a_job(workspace, state=JobState.FAILED, **same)
    journal.add(failed)
    assert exports.job_of(workspace, "f" * 64) is None
    waiting = a_job(workspace, **same)
    journal.add(waiting)
    assert exports.job_of(workspace, "f" * 64) == waiting.id
    assert exports.job_of("somebody", "f" * 64) is None
    journal.request_cancel(waiting.id)
    assert exports.job_of(workspace, "f" * 64) is None
    video = a_video(workspace, 5)
    put(database, video)
    done = a_job(workspace, state=JobState.DONE, video_id=video.id, **same)
    journal.add(done)
    assert exports.job_of(workspace, "f" * 64) == done.id
    VideoRepository(database).mark_deleted(workspace, [video.id], NOON)
    assert exports.job_of(workspace, "f" * 64) is None
