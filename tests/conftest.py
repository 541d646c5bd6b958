"""What all tests share: the order in which they start."""

from pathlib import Path

import pytest

pytest_plugins = ["tests.component_scan", "tests.databases", "tests.voice_cache"]

HERE = Path(__file__).parent
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
        "browser/test_paid.py",
        "browser/test_create.py",
        "browser/test_long.py",
    )
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The modules that wait longest start first: each runs on one worker, and none should be alone.

    It wants --no-loadscope-reorder, without which those with the fewest tests would come last.
    """
    missing = [path for path in WAIT_LONG if not path.is_file()]
    assert not missing, f"No such tests: {missing}"
    first = {path: place for place, path in enumerate(WAIT_LONG)}
    items.sort(key=lambda item: first.get(item.path, len(first)))
