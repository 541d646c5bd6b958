"""What is made here takes turns by client, whatever galleries they open."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from talkinghead import Settings, Studio, Workspace, open_studio
from talkinghead.jobs.job import Job, JobState
from talkinghead.teams.values import Visit
from tests.databases import with_journal
from tests.jobs.studios import hosted_studio, order, small_drafts, wait_for
from tests.waiting import wait_until

SLOW, QUICK = "frames=20000", "frames=2"  # the first is cancelled


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path)) as studio:
        yield studio


def gallery_of(studio: Studio, client: str) -> Workspace:
    return studio.workspace(studio.new_token(), visit=Visit(client=client))


def states(here: Workspace, jobs: list[Job]) -> list[JobState]:
    return [here.jobs.find(job.id).state for job in jobs]


def test_many_drafts_of_one_client_leave_everybody_else_the_next_turn(studio: Studio) -> None:
    galleries = [gallery_of(studio, "many") for _ in range(3)]
    first = order(galleries[0], SLOW)
    wait_until(lambda: galleries[0].jobs.find(first.id).state is JobState.RENDERING)
    later = [(here, order(here, f"{QUICK} number={n}")) for here in galleries for n in range(3)]
    other = gallery_of(studio, "other")
    own = order(other, QUICK)
    assert other.jobs.place_in_queue(own.id) in (1, None)
    galleries[0].jobs.cancel(first.id)
    wait_for(other, own, JobState.DONE)
    for here, job in later:
        wait_for(here, job, JobState.DONE)
    began = {job.id: here.jobs.find(job.id).ended_at for here, job in later}
    ended = other.jobs.find(own.id).ended_at
    assert ended is not None
    assert sum(each is not None and each < ended for each in began.values()) <= 1


def test_the_place_in_line_counts_one_turn_of_each_client(tmp_path: Path) -> None:
    settings = Settings(data_dir=with_journal(tmp_path), database_url=None, media_url=None)
    with closing(open_studio(settings, small_drafts, start=False)) as studio:
        many, other, third = (gallery_of(studio, name) for name in ("many", "other", "third"))
        first = [order(many, f"{QUICK} number={n}") for n in range(5)]
        for n in range(2):
            order(other, f"{QUICK} number={n}")
        last = [order(third, f"{QUICK} number={n}") for n in range(2)]
        assert many.jobs.place_in_queue(first[-1].id) == 4 + 2 + 2
        # One of its own, and as many turns of the others until then as they have or get.
        assert third.jobs.place_in_queue(last[1].id) == 1 + 2 + 2
