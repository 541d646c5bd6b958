"""A shell whose studio buys from the tests' fal."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import KEY, Shell
from tests.databases import with_journal
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.paid_studio import reset, small_portrait


@pytest.fixture(scope="session")
def server() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    return reset(server)


@pytest.fixture(scope="session")
def portrait(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("pictures") / "portrait.jpg"
    path.write_bytes(small_portrait())
    return str(path)


@pytest.fixture
def shell(tmp_path: Path, fal: FalServer) -> Shell:
    return shell_in(tmp_path / "data", fal)


@pytest.fixture(scope="module")
def idle_shell(tmp_path_factory: pytest.TempPathFactory, server: FalServer) -> Shell:
    """A shell for what orders nothing: its database is made once."""
    return shell_in(tmp_path_factory.mktemp("idle"), server)


def shell_in(folder: Path, fal: FalServer) -> Shell:
    """A shell whose studio keeps everything in a folder."""
    unset = dict.fromkeys(
        (
            "DATABASE_URL",
            "MEDIA_URL",
            "CAP_RENDER",
            "CAP_PERSON_DAY",
            "CAP_APP_DAY",
            "CAP_APP_MONTH",
            "TRUSTED_PROXIES",
            "SINGLE_USER",
        )
    )
    return Shell(
        {
            **os.environ,
            **unset,
            "DATA_DIR": str(with_journal(folder)),
            "FAL_PROXY_URL": fal.url,
            "FAL_KEY": KEY,
        }
    )
