"""No job that costs money is written down without leave."""

import pytest

from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.permit import AlreadyUnderWay, PermitMissing
from tests.jobs.made import a_job
from tests.jobs.permits import FREE_PASS, FreePass

FIRST_TAKE = FreePass(another_take=False)


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)


def a_paid_job(workspace: str, **changes: object) -> Job:
    return a_job(workspace, endpoint_id="fal-ai/flashhead", **changes)


def test_a_paid_job_needs_a_permit(journal: Journal, workspace: str) -> None:
    job = a_paid_job(workspace)
    with pytest.raises(PermitMissing):
        journal.add(job)
    with pytest.raises(NotFound):
        journal.job(job.id)


def test_a_paid_part_needs_a_permit(journal: Journal, workspace: str) -> None:
    head = a_job(workspace)
    with pytest.raises(PermitMissing):
        journal.add_composites([CompositeJob(head, (a_paid_job(workspace, parent=head.id),))])


def test_the_same_is_not_written_down_while_it_is_under_way(
    journal: Journal, workspace: str
) -> None:
    first = a_paid_job(workspace)
    journal.add(first, FIRST_TAKE)
    with pytest.raises(AlreadyUnderWay) as caught:
        journal.add(a_paid_job(workspace), FIRST_TAKE)
    assert caught.value.jobs == (first,)


def test_another_seed_is_another_order(journal: Journal, workspace: str) -> None:
    for seed in (1, 2):
        journal.add(a_paid_job(workspace, arguments={"seed": seed}), FIRST_TAKE)
    assert len(journal.jobs(workspace)) == 2


def test_another_take_is_written_down_beside_the_first(journal: Journal, workspace: str) -> None:
    journal.add(a_paid_job(workspace), FIRST_TAKE)
    journal.add(a_paid_job(workspace), FREE_PASS)
    assert len(journal.jobs(workspace)) == 2


def test_one_that_is_being_stopped_is_not_the_same_any_more(
    journal: Journal, workspace: str
) -> None:
    first = a_paid_job(workspace)
    journal.add(first, FIRST_TAKE)
    journal.request_cancel(first.id)
    journal.add(a_paid_job(workspace), FIRST_TAKE)
    assert len(journal.jobs(workspace)) == 2
