"""The jobs of a workspace: retried and dismissed."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from talkinghead import Studio, Workspace
from talkinghead.core.errors import InvalidParameters
from talkinghead.jobs.job import JobState
from tests.jobs.studios import hosted_studio, order, wait_for
from tests.orders import retry
from tests.records import add_job


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("studio"))) as studio:
        yield studio


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def test_inputs_that_a_model_does_not_take_any_more_are_said_plainly(
    studio: Studio, workspace: Workspace
) -> None:
    job = order(workspace, "frames=1")
    outdated = replace(job, id="f" * 32, arguments={**job.arguments, "width": 7})
    add_job(studio, outdated.replace(state=JobState.FAILED))
    with pytest.raises(InvalidParameters, match="choose its settings again"):
        retry(workspace, outdated.id)


def test_a_dismissed_job_leaves_the_list(workspace: Workspace) -> None:
    job = wait_for(workspace, order(workspace, "refuse"), JobState.FAILED)
    workspace.jobs.dismiss(job.id)
    assert workspace.jobs.list() == []
    assert workspace.jobs.find(job.id).state is JobState.FAILED
