"""A page that waits for a job is notified of each change, whichever process makes it."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from talkinghead.core.database import Database
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.progress.watcher import ChangeWatcher
from tests.jobs.made import a_job
from tests.waiting import wait_until

LONG = 20.0


@pytest.fixture
def watcher(database: Database) -> Iterator[ChangeWatcher]:
    made = ChangeWatcher(database)
    yield made
    made.close()


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)


def threads() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "change watcher"]


def test_a_wait_ends_when_the_job_moves(
    watcher: ChangeWatcher, journal: Journal, workspace: str
) -> None:
    job = a_job(workspace)
    journal.add(job)
    reported: list[bool] = []
    waiter = threading.Thread(
        target=lambda: reported.append(watcher.wait(job.id, job.updated_at, LONG))
    )
    waiter.start()
    journal.request_cancel(job.id)
    waiter.join(LONG)
    assert reported == [True]


def test_each_of_many_waiters_is_notified_of_its_own_job(
    watcher: ChangeWatcher, journal: Journal, workspace: str
) -> None:
    jobs = [a_job(workspace) for _ in range(3)]
    for job in jobs:
        journal.add(job)
    reported: dict[str, bool] = {}

    def wait(index: int) -> None:
        job = jobs[index]
        reported[job.id] = watcher.wait(job.id, job.updated_at, LONG if index else 1.0)

    waiters = [threading.Thread(target=wait, args=(index,)) for index in (0, 1, 1, 2)]
    for waiter in waiters:
        waiter.start()
    for job in jobs[1:]:
        journal.request_cancel(job.id)
    for waiter in waiters:
        waiter.join(LONG)
    assert reported == {jobs[0].id: False, jobs[1].id: True, jobs[2].id: True}


def test_a_change_before_the_wait_is_reported_at_once(
    watcher: ChangeWatcher, journal: Journal, workspace: str
) -> None:
    job = a_job(workspace)
    journal.add(job)
    assert watcher.wait(job.id, job.updated_at - timedelta(seconds=1), LONG)


def test_a_job_that_is_not_there_never_moves(watcher: ChangeWatcher) -> None:
    assert not watcher.wait("0" * 32, datetime.now(UTC), 0.3)


def test_nobody_looks_while_nobody_waits(
    watcher: ChangeWatcher, journal: Journal, workspace: str
) -> None:
    job = a_job(workspace)
    journal.add(job)
    assert not watcher.wait(job.id, job.updated_at, 0.01)
    assert threads()
    wait_until(lambda: not threads())
    journal.request_cancel(job.id)
    assert watcher.wait(job.id, job.updated_at, LONG), "another thread looks again"
