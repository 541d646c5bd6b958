"""Which jobs belong to which comparison, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.comparison_repository import (
    join_comparison,
    leave_comparison,
    members,
)
from tests.jobs.made import NOON, a_job


def written(database: Database, *jobs: Job) -> None:
    for job in jobs:
        Journal(database).add(job)


def ids(database: Database, workspace: str, *comparisons: str) -> list[str]:
    with database.reading() as connection:
        return [member.job_id for member in members(connection, workspace, comparisons)]


def test_members_are_ordered_by_place_and_those_without_one_by_time(
    database: Database, workspace: str
) -> None:
    late, second, first = (
        a_job(workspace, comparison="c", place=place, created_at=NOON + timedelta(hours=hour))
        for hour, place in enumerate((None, 1, 0))
    )
    written(database, late, second, first, a_job(workspace))
    assert ids(database, workspace, "c") == [first.id, second.id, late.id]
    assert ids(database, "somebody", "c") == []


def test_only_a_whole_finished_video_can_be_chosen(database: Database, workspace: str) -> None:
    whole = a_job(workspace, comparison="c", state=JobState.DONE)
    part = a_job(workspace, comparison="c", state=JobState.DONE, parent=whole.id)
    failed = a_job(workspace, comparison="c", state=JobState.FAILED)
    written(database, whole, part, failed)
    with database.reading() as connection:
        found = members(connection, workspace, ["c"])
    assert [member.job_id for member in found if member.is_done] == [whole.id]


def test_a_job_that_leaves_tells_its_place_to_the_one_that_joins(
    database: Database, workspace: str
) -> None:
    before, after = a_job(workspace, comparison="c", place=3), a_job(workspace)
    written(database, before, after)
    with database.writing() as connection:
        place = leave_comparison(connection, workspace, before.id)
        join_comparison(connection, workspace, after.id, "c", place)
    assert place == 3
    assert ids(database, workspace, "c") == [after.id]


def test_nobody_joins_a_strangers_job(database: Database, workspace: str) -> None:
    job = a_job(workspace)
    written(database, job)
    with pytest.raises(NotFound), database.writing() as connection:
        join_comparison(connection, "somebody", job.id, "c", 0)
    assert ids(database, workspace, "c") == []
