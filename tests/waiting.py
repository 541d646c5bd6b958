"""Waits for conditions, never for seconds, and the one deadline that all of them share."""

import inspect
import os
import time
from collections.abc import Callable
from typing import Any

DEADLINE = 30.0  # seconds; only what hangs waits so long, also on a busy machine
OVERLOADED = 4.0  # processes that want each core; with more of them everybody waits longer
LOOK = 0.02  # seconds between two looks


def wait_until(
    true: Callable[[], bool],
    *,
    moving: Callable[[], Any] = lambda: None,
    deadline: float = DEADLINE,
) -> None:
    """Wait for what must happen.

    Args:
        true: whether it has happened.
        moving: something that changes while there is progress towards it; what is waited counts
            from the last change.
        deadline: seconds.

    Raises:
        AssertionError: it did not happen; says what was awaited, and where it stood.
    """
    seen, since = moving(), time.monotonic()
    while not true():
        if (now := moving()) != seen:
            seen, since = now, time.monotonic()
        waited = time.monotonic() - since
        if waited > deadline and waited > deadline * overload():
            stood = "" if seen is None else f"; it stood at {seen!r}"
            raise AssertionError(f"{waited:.2g} s in vain for: {source_of(true)}{stood}")
        time.sleep(LOOK)


def overload() -> float:
    """How many times longer everything takes here than on a machine that is no more than busy."""
    return max(1.0, os.getloadavg()[0] / (OVERLOADED * (os.cpu_count() or 1)))


def source_of(function: Callable[..., Any]) -> str:
    """A condition as it is written in the test."""
    try:
        lines = inspect.getsource(function)
    except (OSError, TypeError):
        return repr(function)
    return " ".join(lines.split())
