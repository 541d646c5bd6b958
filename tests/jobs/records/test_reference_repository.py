"""What jobs refer to, for the purge, on SQLite and on PostgreSQL."""

from datetime import timedelta

from talkinghead.core.database import Database
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.reference_repository import (
    ended_without_video,
    jobs_to_index,
    open_arguments,
    videos_of,
    without_result,
)
from tests.jobs.made import NOON, a_job


def test_an_ended_job_is_indexed_once_and_an_open_one_not_yet(
    database: Database, workspace: str
) -> None:
    running = a_job(workspace, state=JobState.RENDERING)
    done, failed = (a_job(workspace, state=state) for state in (JobState.DONE, JobState.FAILED))
    for job in (running, done, failed):
        Journal(database).add(job)
    with database.writing() as connection:
        found = {job.id: job.is_done for job in jobs_to_index(connection, 10)}
        assert found == {done.id: True, failed.id: False}
        assert jobs_to_index(connection, 10) == []
        assert open_arguments(connection, workspace) == [running.arguments]
        assert open_arguments(connection, "somebody") == []
        everybody = [job.id for job in (running, done, failed)]
        assert without_result(connection, everybody) == {failed.id}


def test_it_tells_of_long_videos_what_became_of_them(database: Database, workspace: str) -> None:
    made = a_job(workspace, state=JobState.DONE, video_id="v", ended_at=NOON)
    failed = a_job(workspace, state=JobState.FAILED, ended_at=NOON)
    for job in (made, failed):
        Journal(database).add(job)
    ids, second = [made.id, failed.id], timedelta(seconds=1)
    with database.reading() as connection:
        assert videos_of(connection, ids) == {made.id: "v"}
        assert ended_without_video(connection, ids, NOON - second) == {failed.id}
        assert ended_without_video(connection, ids, NOON + second) == set()
