"""A studio that buys speeches from the fal server, and somebody new in it."""

from collections.abc import Iterator

import pytest

from talkinghead import Studio, Workspace
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.paid_studio import hosted, opened, reset

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
RACHEL = "fal-ai/elevenlabs/tts/turbo-v2.5:Rachel"
SHORT = "We open at nine. Come and see."


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as running:
        yield running


@pytest.fixture
def fal(server: FalServer) -> FalServer:
    return reset(server)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, server: FalServer) -> Iterator[Studio]:
    running = opened(hosted(tmp_path_factory.mktemp("speeches"), server))
    yield running
    running.close()


@pytest.fixture
def here(studio: Studio, fal: FalServer) -> Workspace:
    """Somebody new, with a key."""
    workspace = studio.workspace(studio.new_token())
    workspace.billing.enter_key(KEY)
    return workspace
