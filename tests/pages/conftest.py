"""A page run by Streamlit's own test client, on a studio of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from talkinghead.core.lock import DriveLock
from tests.browser.seeding import Seeder
from tests.databases import with_journal
from tests.waiting import PAGE_RUN

ROOT = Path(__file__).parents[2]
VARIABLES = (
    "DATABASE_URL", "MEDIA_URL", "FAL_KEY", "FAL_PROXY_URL",
    "CAP_RENDER", "CAP_PERSON_DAY", "CAP_APP_DAY", "CAP_APP_MONTH",
    "TRUSTED_PROXIES", "FAL_VISITORS_MAY_PAY",
    "C2PA_CERTIFICATE", "C2PA_PRIVATE_KEY", "C2PA_TIMESTAMP_URL", "C2PA_TRUST_LIST",
    "STUDIO_SECRET",
)  # fmt: skip


@pytest.fixture
def drive_lock(tmp_path: Path) -> Iterator[DriveLock]:
    """Held, as by another process on the same data: what is ordered waits until it is released."""
    folder = with_journal(tmp_path / "data")
    lock = DriveLock(folder / "engine.lock")
    assert lock.take()
    yield lock
    lock.release()


@pytest.fixture
def data_dir(
    tmp_path: Path, drive_lock: DriveLock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The folder that the studio of this test keeps everything in; one visitor."""
    assert drive_lock.is_held
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "data"
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("SINGLE_USER", "true")
    monkeypatch.chdir(ROOT)
    st.cache_resource.clear()
    yield folder
    st.cache_resource.clear()  # closes the studio


@pytest.fixture
def seeder(data_dir: Path) -> Iterator[Seeder]:
    """Puts videos and jobs there before the page opens."""
    with Seeder(data_dir) as seeder:
        yield seeder


@pytest.fixture
def open_page(data_dir: Path) -> Callable[..., AppTest]:
    """Opens a page through the app: `open_page("gallery", video="…")`."""

    def open_(name: str, **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PAGE_RUN)
        app.switch_page(f"pages/{name}.py")
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return open_
