"""Keeps the log of dbos short: during an outage it writes the same warning many times a second."""

import logging
import threading
import time
from collections.abc import Callable

EVERY = 60.0  # seconds between two records from the same line of dbos's code


class SparseLog(logging.Filter):
    """Passes the first record from each line of code, then one in `every` seconds, with the number
    of those that were left out.

    Args:
        every: seconds.
        clock: seconds that only grow.
    """

    def __init__(self, every: float = EVERY, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._every = every
        self._clock = clock
        self._lock = threading.Lock()
        self._passed: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether this record is written."""
        place, now = (record.pathname, record.lineno), self._clock()
        with self._lock:
            last, left_out = self._passed.get(place, (float("-inf"), 0))
            if now - last < self._every:
                self._passed[place] = (last, left_out + 1)
                return False
            self._passed[place] = (now, 0)
        if left_out:
            record.msg = f"{record.getMessage()} (and {left_out} more like it before)"
            record.args = ()
        return True


def shorten_log() -> None:
    """Let dbos's log pass through a `SparseLog`. Idempotent."""
    log = logging.getLogger("dbos")
    if not any(isinstance(each, SparseLog) for each in log.filters):
        log.addFilter(SparseLog())
