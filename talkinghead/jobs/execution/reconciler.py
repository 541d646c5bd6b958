"""The reconciler: gives every open job a workflow, and wakes jobs whose key was entered.

What dbos does not know, a thread adds, once a second: it puts new jobs into the queue, also those
that another process wrote down, gives a new workflow to every open job that has none that runs or
waits for its turn, and wakes those that waited for a key. What dbos says is compared with what this
process runs: where a database was away, the two differ.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from talkinghead.core.database import DatabaseError
from talkinghead.jobs.execution.driver import Driver
from talkinghead.jobs.execution.running import HEARTBEAT, Heartbeat
from talkinghead.jobs.kinds import TAKING_TURNS, Queue
from talkinghead.jobs.paying_keys import PayingKeys
from talkinghead.jobs.records.lease_repository import Lease, LeaseRepository

TICK = 1.0  # seconds between two rounds
SETTLING = 2  # heartbeats after an outage in which other processes may be silent
HEALTHY = 15.0  # seconds without a complete round after which nothing is driven here

_log = logging.getLogger(__name__)


class Reconciler:
    """The reconciler's thread; one per studio."""

    def __init__(
        self,
        driver: Driver,
        leases: LeaseRepository,
        keys: PayingKeys,
        heartbeat: Heartbeat = HEARTBEAT,
    ) -> None:
        self._interval = heartbeat.interval
        self._driver = driver
        self._leases = leases
        self._keys = keys
        self._closing = threading.Event()
        self._due = threading.Event()
        self._settled = threading.Event()  # the first attempt to drive is over
        self._thread = threading.Thread(target=self._run, name="reconciler", daemon=True)
        self._reconciled = self._complete = 0.0
        self._heard_since: float | None = float("-inf")
        self._failing = False
        driver.when_ended = self.wake  # the next of the same client has its turn

    def start(self) -> None:
        """Start the thread; returns once it is known whether this process drives."""
        self._thread.start()
        self._settled.wait()

    def wake(self) -> None:
        """Begin the next round now: a job was ordered, or has ended."""
        self._due.set()

    def close(self) -> None:
        """Stop the thread."""
        self._closing.set()
        self._due.set()
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def is_healthy(self) -> bool:
        """Whether rounds are completed; not so while a database is away."""
        return time.monotonic() - self._complete < HEALTHY

    def _run(self) -> None:
        while not self._closing.is_set():
            self._due.clear()
            try:
                if not self._driver.drives:
                    self._driver.begin()
                if self._driver.drives:
                    self._round()
                self._complete, self._failing = time.monotonic(), False
            except Exception as error:  # noqa: BLE001  the outermost loop: it outlives an outage
                self._report(error)
            self._settled.set()
            self._due.wait(TICK)

    def _report(self, error: Exception) -> None:
        """Log a failed round; the first of several with where it happened."""
        words = "the reconciler failed (%s); trying again"
        _log.warning(words, type(error).__name__, exc_info=None if self._failing else error)
        self._failing = True

    def _round(self) -> None:
        if not self._driver.is_launched and self._leases.under_way():
            self._driver.launch()
        if time.monotonic() - self._reconciled > self._interval:
            self._reconcile()
            self._reconciled = time.monotonic()
        for payer, job_ids in self._leases.without_key().items():
            if self._keys.usable(payer):
                self._leases.wake(job_ids)
        self._enqueue_due()

    def _reconcile(self) -> None:
        """Make every open job due again that has no workflow any more."""
        self._write_heartbeat()
        self._leases.look_for_lost()
        if not self._driver.is_launched:  # nothing has been driven here yet
            return
        self._drop_stranded()
        for lease in self._driver.without_workflow(self._leases.under_way()):
            self._leases.replace(lease)

    def _write_heartbeat(self) -> None:
        try:
            self._driver.write_heartbeat()
        except DatabaseError:
            self._heard_since = None
            raise
        if self._heard_since is None:
            self._heard_since = time.monotonic()

    def _drop_stranded(self) -> None:
        """Take workflows that nobody runs off dbos's record: those of dead processes, and those of
        this one that it does not run. Their jobs get new ones."""
        claims, alive, own = self._driver.claims(), self._driver.alive(), self._driver.executor_id
        here = [each.workflow_id for each in claims if each.executor_id == own]
        stranded = self._driver.running.stranded(here)
        if (
            self._heard_since is not None
            and time.monotonic() - self._heard_since > SETTLING * self._interval
        ):
            stranded += [each.workflow_id for each in claims if each.executor_id not in alive]
        for workflow_id in stranded:
            self._driver.drop(workflow_id)
        if stranded:
            _log.warning("%d workflows were not running any more", len(stranded))
            self._driver.forget_silent()

    def _in_turn(self, due: Sequence[Lease]) -> Iterator[Lease]:
        """Yield the leases that may be put into a queue now: of what is made here one for each
        client and process at a time, so that turns go round by client."""
        if all(self._driver.queue(lease) not in TAKING_TURNS for lease in due):
            yield from due
            return
        busy = Counter(map(self._turn, self._leases.under_way()))
        processes = len(self._driver.alive())
        for lease in due:
            turn = self._turn(lease)
            if turn[0] in TAKING_TURNS and busy[turn] >= processes:
                continue
            busy[turn] += 1
            yield lease

    def _turn(self, lease: Lease) -> tuple[Queue, str]:
        return self._driver.queue(lease), lease.client

    def _enqueue_due(self) -> None:
        due = self._leases.due()
        if not due:
            return
        self._driver.launch()
        for lease in self._in_turn(due):
            try:
                self._driver.enqueue(lease)
            except DatabaseError:
                raise
            except Exception:  # noqa: BLE001  one that cannot be queued must not hold up all others
                _log.exception("job %s could not be put into its queue", lease.job_id)
