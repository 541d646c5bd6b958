"""The stored comparisons: which jobs belong together, and which was chosen."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.core.database import Database
from talkinghead.core.errors import InvalidInput, NotFound
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from tests.jobs.made import a_job
from tests.jobs.permits import FREE_PASS

NOW = datetime.now(UTC)


@pytest.fixture
def comparisons(database: Database) -> ComparisonRepository:
    return ComparisonRepository(database)


def record(workspace: str, *, blind: bool = False) -> ComparisonRecord:
    return ComparisonRecord(uuid4().hex, workspace, "Which?", blind, NOW)


def job(of: ComparisonRecord, place: int = 0, state: JobState = JobState.DONE) -> Job:
    at = NOW + timedelta(microseconds=place)
    values = {"comparison": of.id, "created_at": at, "ended_at": NOW if state.ended else None}
    return a_job(of.workspace, state=state, **values)


def written(database: Database, of: ComparisonRecord, *jobs: Job) -> None:
    enrolment = ComparisonRepository(database).enrolment(of)
    Journal(database).add_composites([CompositeJob(one) for one in jobs], FREE_PASS, enrolment)


def test_jobs_are_in_the_order_of_their_orders(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    of = record(workspace)
    ordered = [job(of, place) for place in range(3)]
    written(database, of, *ordered)
    assert comparisons.job_ids(workspace, [of.id]) == {of.id: [one.id for one in ordered]}
    assert comparisons.latest(workspace, 9) == [of]


def test_a_part_is_no_video_to_choose(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    of = record(workspace)
    whole, other = job(of, 0), job(of, 1)
    part = job(of, 2).replace(parent=whole.id, place=0)
    written(database, of, whole, other, part)
    assert comparisons.job_ids(workspace, [of.id]) == {of.id: [whole.id, other.id]}
    with pytest.raises(NotFound):
        comparisons.choose(workspace, of.id, part.id)


def test_one_may_think_again(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    of = record(workspace)
    first, second = job(of, 0), job(of, 1)
    written(database, of, first, second)
    for choice in (first, second):
        comparisons.choose(workspace, of.id, choice.id)
        assert comparisons.one(workspace, of.id).chosen == choice.id


def test_a_blind_choice_is_made_once(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    of = record(workspace, blind=True)
    first, second = job(of, 0), job(of, 1)
    written(database, of, first, second)
    comparisons.choose(workspace, of.id, first.id)
    comparisons.choose(workspace, of.id, first.id)  # a second click on the same changes nothing
    with pytest.raises(InvalidInput, match="first choice"):
        comparisons.choose(workspace, of.id, second.id)


def test_a_single_video_is_no_choice(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    of = record(workspace)
    done, failed = job(of, 0), job(of, 1, JobState.FAILED)
    written(database, of, done, failed)
    with pytest.raises(InvalidInput, match="second video"):
        comparisons.choose(workspace, of.id, done.id)
    with pytest.raises(NotFound):
        comparisons.choose(workspace, of.id, failed.id)


def test_what_was_finished_after_the_choice_was_not_passed_over(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    of = record(workspace)
    best, passed_over = job(of, 0), job(of, 1)
    late = job(of, 2).replace(ended_at=NOW + timedelta(hours=1))
    written(database, of, best, passed_over, late)
    comparisons.choose(workspace, of.id, best.id)
    shown = {one.job_id: one.chosen for one in comparisons.showings(workspace)}
    assert shown == {best.id: True, passed_over.id: False}


def test_a_new_try_takes_the_place_of_the_old_one(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    of = record(workspace)
    failed, kept = job(of, 0, JobState.FAILED).replace(place=0), job(of, 1).replace(place=1)
    again = a_job(workspace)
    written(database, of, failed, kept)
    Journal(database).add(again)
    comparisons.replace(of, failed.id, again.id)
    assert comparisons.job_ids(workspace, [of.id]) == {of.id: [again.id, kept.id]}


def test_another_workspace_sees_nothing_of_it(
    database: Database, workspace: str, comparisons: ComparisonRepository
) -> None:
    of = record(workspace)
    written(database, of, job(of, 0), job(of, 1))
    with pytest.raises(NotFound):
        comparisons.one("somebody", of.id)
    assert comparisons.latest("somebody", 9) == []
    assert comparisons.job_ids("somebody", [of.id]) == {of.id: []}
