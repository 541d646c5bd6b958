"""Waits for conditions, never for seconds, and the one deadline that all of them share."""

import inspect
import os
import time
from collections.abc import Callable
from typing import Any

DEADLINE = 30.0  # seconds; only what hangs waits so long, also on a busy machine
OVERLOADED = 4.0  # processes that want each core; with more of them everybody waits longer
PAGE_RUN = 180.0  # seconds that AppTest allows one run of a page: work, not waiting, at any load
FIRST_LOOK, SELDOM_LOOK = 0.02, 0.1  # seconds between two looks: rarer, the longer it takes


def wait_until(
    true: Callable[[], bool],
    *,
    moving: Callable[[], Any] = lambda: None,
    awaited: str = "",
    deadline: float = DEADLINE,
) -> None:
    """Wait for what must happen.

    Args:
        true: whether it has happened.
        moving: something that changes while there is progress towards it; what is waited counts
            from the last change.
        awaited: what it is, for the report of a failure; else the condition as it is written.
        deadline: seconds.

    Raises:
        AssertionError: it did not happen; says what was awaited, and where it stood.
    """
    seen, since, pause = moving(), time.monotonic(), FIRST_LOOK
    while not true():
        if (now := moving()) != seen:
            seen, since = now, time.monotonic()
        waited = time.monotonic() - since
        if waited > deadline and waited > deadline * overload():
            stood = "" if seen is None else f"; it stood at {seen!r}"
            raise AssertionError(f"{waited:.2f} s in vain for: {awaited or source_of(true)}{stood}")
        time.sleep(pause)
        pause = min(pause * 1.2, SELDOM_LOOK)


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
