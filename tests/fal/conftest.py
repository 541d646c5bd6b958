"""A fal over HTTP, and a workspace that renders on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fal.workbench import Workbench
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer


@pytest.fixture
def fal() -> Iterator[FalServer]:
    """A fresh fal at an address of its own."""
    with FalServer(Options(log_interval=0.05)) as server:
        yield server


@pytest.fixture
def bench(fal: FalServer, tmp_path: Path) -> Workbench:
    """A workspace with inputs, and a key."""
    return Workbench(fal, tmp_path)
