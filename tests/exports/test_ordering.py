"""Orders of exports: none twice, none without a decision on its label, none of a deleted video."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
from sqlalchemy import update

from talkinghead import Studio, Workspace
from talkinghead.core.errors import RenderRefused
from talkinghead.exports.values import WantedVersion
from talkinghead.jobs.job import Job, JobState, Video
from talkinghead.jobs.tables import jobs
from tests.jobs.studios import finished, hosted_studio, wait_for_end
from tests.orders import export, retry
from tests.records import database_of


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("exports"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def here(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


@pytest.fixture(scope="module")
def video(here: Workspace) -> Video:
    return finished(here, "frames=2")


def cancel(here: Workspace, job: Job) -> Job:
    here.jobs.cancel(job.id)
    return wait_for_end(here, job)


def test_what_comes_out_the_same_is_ordered_once(here: Workspace, video: Video) -> None:
    same = [WantedVersion(), WantedVersion(colour=(1, 2, 3)), WantedVersion(fit="blur")]
    found = here.exports.order(video.id, same)
    assert len(found) == len(same)
    assert len({job.id for job in found}) == 1
    cancel(here, found[0])


def test_several_tabs_order_the_same_once(here: Workspace, video: Video) -> None:
    together = Barrier(4)

    def click(_: int) -> str:
        together.wait()
        return export(here, video.id, "4:5").id

    with ThreadPoolExecutor(4) as tabs:
        found = set(tabs.map(click, range(4)))
    assert len(found) == 1
    cancel(here, here.jobs.find(found.pop()))


def test_an_export_from_before_labels_is_not_made_again_without_one(
    studio: Studio, here: Workspace, video: Video
) -> None:
    old = cancel(here, export(here, video.id, "16:9"))
    unlabeled = {name: each for name, each in old.arguments.items() if name != "label"}
    with database_of(studio) as database, database.writing() as connection:
        connection.execute(update(jobs).where(jobs.c.id == old.id).values(arguments=unlabeled))
    with pytest.raises(RenderRefused, match="choose Export"):
        retry(here, old.id)


def test_a_version_of_a_video_that_is_deleted_meanwhile_is_deleted(here: Workspace) -> None:
    video = finished(here, "frames=3")
    job = export(here, video.id, "1:1")
    here.gallery.delete(video.id)
    ended = wait_for_end(here, job)
    assert ended.state is JobState.DONE
    assert [each for each in here.gallery.list().videos if each.made_from == video.id] == []
    here.gallery.restore(video.id, ended.video_id or "")
    assert [each.id for each in here.exports.list(video.id)] == [ended.video_id]
