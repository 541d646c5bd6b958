"""What all tests share: where their files are, and the order in which they start."""

import gc
import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

pytest_plugins = ["tests.component_scan", "tests.databases", "tests.voice_cache"]

HERE = Path(__file__).parent
IN_MEMORY = Path("/dev/shm")  # noqa: S108  the tests' own folder in it is pytest's
ROOM = 4 * 2**30  # bytes; a whole run leaves less than a quarter of it
WAIT_LONG = tuple(
    HERE / name
    for name in (
        "test_paid.py",
        "test_faults.py",
        "jobs/test_engine.py",
        "renders/test_service.py",
        "pages/test_create.py",
        "test_secrets.py",
        "speech/test_service.py",
        "renders/test_shared_parts.py",
        "speech/test_removal.py",
        "jobs/execution/test_engine_file.py",
        "browser/test_paid.py",
        "browser/test_create.py",
        "browser/test_long.py",
    )
)


def pytest_configure() -> None:
    """Keep the tests' folders in memory where there is room.

    A database waits for the disk at each commit, and no test outlives a power cut.
    """
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK):
        runs_programs = not os.statvfs(IN_MEMORY).f_flag & os.ST_NOEXEC
        if runs_programs and shutil.disk_usage(IN_MEMORY).free > ROOM:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing is garbage while tests are collected, and what was stays: neither is searched."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The modules that wait longest start first: each runs on one worker, and none should be alone.

    It wants --no-loadscope-reorder, without which those with the fewest tests would come last.
    """
    missing = [path for path in WAIT_LONG if not path.is_file()]
    assert not missing, f"No such tests: {missing}"
    first = {path: place for place, path in enumerate(WAIT_LONG)}
    items.sort(key=lambda item: first.get(item.path, len(first)))
