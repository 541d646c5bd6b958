"""What the tests of the parts of a page share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from talkinghead import Settings, Workspace, open_studio
from tests.databases import with_journal


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace on a folder of its own."""
    studio = open_studio(Settings(data_dir=with_journal(tmp_path), single_user=True, fal_key=None))
    yield studio.workspace(None)
    studio.close()
