"""What was deleted a day ago goes while the studio runs, not only when it starts."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from talkinghead import Studio
from talkinghead.jobs.job import JobState
from talkinghead.jobs.tables import jobs
from talkinghead.retention.purge import KEPT_AFTER_DELETION, Purge
from tests.jobs.made import a_job
from tests.jobs.studios import order, small_studio, wait_for
from tests.records import add_job, database_of, delete_at, store_of
from tests.waiting import wait_until

AT_ONCE = timedelta(milliseconds=20)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with closing(small_studio(tmp_path)) as studio:
        yield studio


@contextmanager
def purge_of(studio: Studio) -> Iterator[Purge]:
    """Open a purge that checks all the time."""
    with (
        database_of(studio) as database,
        closing(Purge(database, store_of(studio), AT_ONCE)) as purge,
    ):
        yield purge


def test_a_running_studio_forgets_what_was_deleted_a_day_ago(studio: Studio) -> None:
    workspace = studio.workspace()
    orders = [order(workspace, f"frames={number}") for number in (2, 3)]
    jobs = [wait_for(workspace, job, JobState.DONE) for job in orders]
    long_ago, recently = (
        datetime.now(UTC) - KEPT_AFTER_DELETION + timedelta(minutes=minutes) for minutes in (-1, 1)
    )
    old, young = (job.video_id or "" for job in jobs)
    delete_at(studio, workspace.id, old, long_ago)
    delete_at(studio, workspace.id, young, recently)
    media = studio.settings.data_dir / "media" / workspace.id
    assert len(list(media.glob("*.mp4"))) == 2
    with purge_of(studio) as running:
        running.start()
        wait_until(lambda: len(list(media.glob("*.mp4"))) == 1)
    workspace.gallery.restore(young)
    assert [video.id for video in workspace.gallery.list().videos] == [young]


def test_the_purge_forgets_whom_the_orders_of_earlier_days_counted_for(studio: Studio) -> None:
    now, here = datetime.now(UTC), studio.workspace().id
    old, new = (a_job(here, created_at=now - timedelta(days=days)) for days in (1, 0))
    for job in (old, new):
        add_job(studio, job.replace(state=JobState.DONE))
    with database_of(studio) as database:
        with database.writing() as connection:
            connection.execute(update(jobs).values(counted_for="address:one"))
        with purge_of(studio) as purge:
            purge.purge()
        with database.reading() as connection:
            rows = connection.execute(select(jobs.c.id, jobs.c.counted_for)).all()
    assert {row.id: row.counted_for for row in rows} == {old.id: None, new.id: "address:one"}


def test_what_goes_wrong_once_is_tried_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[int] = []

    def purge(self: Purge) -> int:
        tries.append(1)
        raise OSError("the disk is away")

    monkeypatch.setattr(Purge, "purge", purge)
    with (
        caplog.at_level(logging.WARNING),
        purge_of(studio) as running,
    ):
        running.start()
        wait_until(lambda: len(tries) > 1)
    assert "is tried again" in caplog.text
