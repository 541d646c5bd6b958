"""The engine over databases that are away for a while."""

import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from talkinghead.jobs.job import JobState
from tests.jobs.studios import order, small_studio, wait_for
from tests.jobs.test_engine import ENDED, second_studio, studio_process, workers
from tests.postgres import StoppableServer, fresh_database
from tests.waiting import wait_until

NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def no_disk(process: "subprocess.Popen[str]", away: bool) -> None:
    """Let every write of a process to a file fail, as on a full disk; or no longer."""
    limit = (0, resource.RLIM_INFINITY) if away else NO_LIMIT
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limit)


def wait_until_no_worker_runs(folder: Path) -> None:
    wait_until(lambda: not [line for line in workers() if str(folder) in line])


def test_jobs_go_on_by_themselves_after_the_disk_was_full(tmp_path: Path) -> None:
    with studio_process(tmp_path) as (process, _), second_studio(tmp_path) as second:
        workspace = second.workspace()
        running = order(workspace, "frames=50 pause=0.02")
        wait_for(workspace, running, JobState.RENDERING)
        no_disk(process, away=True)
        waiting = order(workspace, "frames=2")
        wait_until_no_worker_runs(tmp_path)  # it is rendered, and nothing can be written down
        assert workspace.jobs.find(running.id).state is JobState.RENDERING
        no_disk(process, away=False)
        for job in (running, waiting):
            assert wait_for(workspace, job, *ENDED).state is JobState.DONE


@pytest.fixture
def server() -> Iterator[StoppableServer]:
    # Not below pytest's own folder: root's server runs as another user, who may not enter there.
    with TemporaryDirectory(prefix="postgres-") as folder:
        server = StoppableServer(Path(folder))
        yield server
        server.close()


@pytest.mark.postgres
def test_jobs_go_on_by_themselves_after_postgres_was_away(
    tmp_path: Path, server: StoppableServer, request: pytest.FixtureRequest
) -> None:
    studio = small_studio(tmp_path, fresh_database(server.address))
    request.addfinalizer(studio.close)
    workspace = studio.workspace()
    running = order(workspace, "frames=50 pause=0.02")
    waiting = [order(workspace, "frames=2") for _ in range(3)]
    wait_for(workspace, running, JobState.RENDERING)
    server.stop()
    wait_until_no_worker_runs(tmp_path)
    server.start()
    for job in (running, *waiting):
        assert wait_for(workspace, job, *ENDED).state is JobState.DONE
    assert studio.is_driven


def test_whether_jobs_are_driven_is_true_of_an_engine_that_cannot_start(tmp_path: Path) -> None:
    (tmp_path / "engine.lock").mkdir()
    studio = small_studio(tmp_path)
    try:
        assert not studio.drives
        assert not studio.is_driven
        job = order(studio.workspace(), "frames=2")
        (tmp_path / "engine.lock").rmdir()
        assert wait_for(studio.workspace(), job, *ENDED).state is JobState.DONE
        assert studio.is_driven
    finally:
        studio.close()
