"""The studio is open before anybody visits."""

from contextlib import closing
from importlib import import_module
from pathlib import Path

from components.shell.ahead import modules_of
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
