"""Registry of the workflows that this process runs at this moment.

What dbos has on record may differ: where its database was away when a workflow began or ended, it
believes for ever that the workflow is running.
"""

import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

BEGINNING = 3.0  # seconds that a workflow may take from the queue until it runs


@dataclass(frozen=True)
class Heartbeat:
    """How the processes that share an engine notice that one of them has died.

    Attributes:
        interval: seconds between two heartbeats, and two looks for jobs whose workflow is gone.
        dead_after: seconds without one after which a process is taken for dead.
    """

    interval: float = 2.0
    dead_after: float = 10.0


HEARTBEAT = Heartbeat()


@dataclass(frozen=True)
class Claim:
    """A workflow that dbos has on record as running.

    Attributes:
        workflow_id: which.
        executor_id: the process that took it from its queue.
    """

    workflow_id: str
    executor_id: str


class RunningWorkflows:
    """Ids of running workflows; used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[str] = set()
        self._suspected: dict[str, float] = {}

    @contextmanager
    def entered(self, workflow_id: str) -> Iterator[bool]:
        """Context manager: the workflow runs; False if it runs already."""
        with self._lock:
            first = workflow_id not in self._running
            self._running.add(workflow_id)
        try:
            yield first
        finally:
            if first:
                with self._lock:
                    self._running.discard(workflow_id)

    def __contains__(self, workflow_id: str) -> bool:
        with self._lock:
            return workflow_id in self._running

    def job_ids(self) -> set[str]:
        """Return the ids of the jobs whose workflows run."""
        with self._lock:
            return {workflow_id.rpartition("-")[0] for workflow_id in self._running}

    def stranded(self, claimed: Collection[str]) -> list[str]:
        """Return which of the workflows that should be running here are not, although they had the
        time to begin; to be asked again and again."""
        now = time.monotonic()
        with self._lock:
            idle = [workflow_id for workflow_id in claimed if workflow_id not in self._running]
        self._suspected = {each: self._suspected.get(each, now) for each in idle}
        return [each for each, since in self._suspected.items() if now - since >= BEGINNING]
