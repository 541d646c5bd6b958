"""The studio is open before anybody visits."""

import logging
from contextlib import closing
from importlib import import_module
from pathlib import Path
from threading import Event, Thread

import pytest

from components.shell.ahead import RUNNER_CLASS, THREAD, install_waiting, modules_of
from components.shell.navigation import page_file
from talkinghead import open_studio
from talkinghead.core.settings import Settings
from talkinghead.jobs.job import JobState
from tests.browser.server import Server
from tests.jobs.studios import order
from tests.waiting import wait_until


def test_open_jobs_go_on_when_the_server_starts(tmp_path: Path) -> None:
    data = tmp_path / "data"
    settings = Settings(data_dir=data, single_user=True, database_url=None, media_url=None)
    with closing(open_studio(settings, start=False)) as studio:
        job = order(studio.workspace(), "Hello.")
        assert studio.workspace().jobs.find(job.id).state is JobState.WAITING
    server = Server(data, {"SINGLE_USER": "true"}).start()
    try:
        with closing(open_studio(settings, start=False)) as reading:
            workspace = reading.workspace()
            wait_until(lambda: workspace.jobs.find(job.id).state is not JobState.WAITING)
            assert not reading.drives
    finally:
        server.clear()


def test_what_a_page_imports_is_found() -> None:
    modules = list(modules_of(page_file("create")))
    assert "components.projects.stage" in modules
    for module in modules:
        import_module(module)


class Runner:
    """A runner of Streamlit's, as far as it is replaced."""

    def __init__(self) -> None:
        self.ran = Event()

    def _run_script_thread(self) -> None:
        self.ran.set()

    def start(self) -> None:
        Thread(target=self._run_script_thread, daemon=True).start()


def test_a_run_waits_until_all_is_imported() -> None:
    imported, runner = Event(), Runner()
    assert install_waiting(Runner, imported)
    runner.start()
    assert not runner.ran.wait(0.05)
    imported.set()
    assert runner.ran.wait(10)


def test_the_runner_of_this_streamlit_is_known() -> None:
    assert hasattr(RUNNER_CLASS, THREAD)
    assert install_waiting(type("Copy", (RUNNER_CLASS,), {}))


def test_an_unknown_runner_is_left_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    class Unknown:
        """A runner of another Streamlit."""

    with caplog.at_level(logging.WARNING):
        assert not install_waiting(Unknown)
    assert "accepts nobody" in caplog.text
