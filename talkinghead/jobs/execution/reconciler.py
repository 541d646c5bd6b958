"""The reconciler: gives every open job a workflow, and wakes jobs whose key was entered.

What dbos does not know, a thread adds, once a second: it puts new jobs into the queue, also those
that another process wrote down, gives a new workflow to every open job whose old one is gone, and
wakes those that waited for a key.
"""

import logging
import threading
import time

from talkinghead.jobs.execution.driver import HEARTBEAT, Driver, Heartbeat
from talkinghead.jobs.paying_keys import PayingKeys
from talkinghead.jobs.records.lease_repository import LeaseRepository

TICK = 1.0  # seconds between two rounds

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
        self._settled = threading.Event()  # the first attempt to drive is over
        self._thread = threading.Thread(target=self._run, name="reconciler", daemon=True)

    def start(self) -> None:
        """Start the thread; returns once it is known whether this process drives."""
        self._thread.start()
        self._settled.wait()

    def close(self) -> None:
        """Stop the thread."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        reconciled = 0.0
        while True:
            try:
                if not self._driver.drives:
                    self._driver.begin()
                if self._driver.drives:
                    if time.monotonic() - reconciled > self._interval:
                        self._reconcile()
                        reconciled = time.monotonic()
                    self._wake_those_with_a_key()
                    for lease in self._leases.due():
                        self._driver.enqueue(lease)
            except Exception:  # noqa: BLE001  the outermost loop: it outlives an absent database
                _log.exception("the reconciler failed; trying again")
            self._settled.set()
            if self._closing.wait(TICK):
                return

    def _wake_those_with_a_key(self) -> None:
        for payer, job_ids in self._leases.without_key().items():
            if self._keys.usable(payer):
                self._leases.wake(job_ids)

    def _reconcile(self) -> None:
        """Start a new workflow for every open job whose old one no longer exists."""
        self._driver.write_heartbeat()
        self._leases.look_for_lost()
        silent = self._driver.silent()
        for lease in self._leases.under_way():
            self._driver.take_over_if_lost(lease, silent)
        if silent:
            self._leases.forget(sorted(silent))
