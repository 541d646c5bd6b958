"""Drives jobs: one workflow per queued job, in the queues of `queues`.

On SQLite one process drives, by a file lock; a second one reads and writes the journal, and takes
over when the first ends. On PostgreSQL every process drives, and shows every few seconds that it is
alive.

The queues are launched with the first open job: a studio in which nothing is made neither imports
what holds them nor looks at them.
"""

import asyncio
import importlib
import logging
import socket
import threading
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

from talkinghead.core.database import (
    Connections,
    DatabaseError,
    close_connections,
    driver_url,
    impatient_connections,
    sqlite_url,
)
from talkinghead.core.errors import ConfigurationError
from talkinghead.core.event_loop import EventLoop
from talkinghead.core.lock import DriveLock
from talkinghead.jobs.execution.engine_file import EngineFile, damage_in
from talkinghead.jobs.execution.running import HEARTBEAT, Claim, Heartbeat, RunningWorkflows
from talkinghead.jobs.execution.scratch import clear_scratch
from talkinghead.jobs.execution.sqlite_compatibility import Connection
from talkinghead.jobs.kinds import Queue
from talkinghead.jobs.records.lease_repository import Lease, LeaseRepository
from talkinghead.jobs.registry import JobKinds

CLIENTS_AT_ONCE = 64  # who wait for their turns, in which `core/workers/budget` lets them go on
QUEUES = "talkinghead.jobs.execution.queues"
NO_START = "The render engine couldn't be started."

_log = logging.getLogger(__name__)
_driving: "Driver | None" = None  # the queues are one for each process
_driving_lock = threading.Lock()
_loading = threading.Lock()


def _load_queues() -> ModuleType:
    with _loading:  # of two threads that import the same, one may see modules half made
        return importlib.import_module(QUEUES)


class Driver:
    """Owns the queues while this process runs jobs.

    Args:
        drive: brings a job to its end, by its id and run.
        loop: where that is done.
        kinds: which queue a job waits in.
        leases: which workflow may write to each job.
        folder: for the lock, the engine's own file and the jobs' files while they run.
        shared_url: the PostgreSQL that the engine shares with others; None: its own file in
            `folder`.
        heartbeat: when another process is taken for dead.
    """

    def __init__(
        self,
        drive: Callable[[str, int], Coroutine[Any, Any, None]],
        loop: EventLoop,
        kinds: JobKinds,
        leases: LeaseRepository,
        folder: Path,
        shared_url: str | None,
        heartbeat: Heartbeat = HEARTBEAT,
    ) -> None:
        self._drive = drive
        self._loop = loop
        self._kinds = kinds
        self._leases = leases
        self._folder = folder
        self._shared_url = shared_url
        self._silence = timedelta(seconds=heartbeat.dead_after)
        self._shared: Connections | None = None
        self.executor_id = f"{socket.gethostname()[:24]}-{uuid4().hex}" if shared_url else "local"
        self._file = EngineFile(folder)
        self._lock = DriveLock(folder / "engine.lock")
        self._closing = threading.Event()
        self._warned = False  # that another studio of this process drives
        self.running = RunningWorkflows()
        self.when_ended: Callable[[], None] = lambda: None
        self.drives = False
        self._queues: ModuleType | None = None  # once they are launched

    async def run(self, job_id: str, run: int) -> None:
        """Run one workflow on the jobs' event loop; once closing has begun, wait for its end."""
        if self._closing.is_set():  # it begins at the next start; cancelled in a moment
            await asyncio.Event().wait()
        with self.running.entered(Lease.name(job_id, run)) as first:
            if not first:
                return
            try:
                await asyncio.wrap_future(self._loop.begin(self._drive(job_id, run)))
            except Exception:  # noqa: BLE001  a workflow's outermost frame; the reconciler sees it
                _log.exception("the workflow of job %s ended in an error", job_id)
        self.when_ended()

    def begin(self) -> None:
        """Start driving, unless another process or studio drives these data.

        Raises:
            ConfigurationError: the engine could not be started.
        """
        global _driving
        if self._shared_url is None and not self._lock.take():
            return
        with _driving_lock:
            if _driving is not None:
                self._lock.release()
                if not self._warned:
                    _log.warning("another studio is open in this process; only that one runs jobs")
                self._warned = True
                return
            _driving = self
        with self._ended_by_failure():
            self._prepare()
        self.drives = True

    def load(self) -> None:
        """Import what holds the queues, which takes most of a second, ahead of the first job."""
        _load_queues()

    @property
    def is_launched(self) -> bool:
        """Whether the queues are launched."""
        return self._queues is not None

    def launch(self) -> None:
        """Launch the queues, once: jobs begin, and interrupted ones go on.

        Raises:
            ConfigurationError: that failed; this process does not drive any more.
        """
        if self._queues is None:
            with self._ended_by_failure():
                self._launch_on_sound_file()

    def somebody_drives(self) -> bool:
        """Whether jobs run on these data, in this process or in another one."""
        if self.drives:
            return True
        if self._shared_url:
            return self._leases.anybody_alive(self._silence)
        if self._lock.is_held:  # by a start that has not succeeded
            return False
        looking = DriveLock(self._folder / "engine.lock")  # our own may be taken at this moment
        free = looking.take()
        looking.release()
        return not free

    def damage(self) -> str | None:
        """Return what is wrong with the engine's own file, or None."""
        return None if self._shared_url else self._file.damage()

    def stop_accepting(self) -> None:
        """Start closing: queued jobs start at the next start-up."""
        self._closing.set()

    def end(self) -> None:
        """Stop driving. Running jobs continue at the next start, or in another process."""
        if not self.drives:
            return
        # dbos closes its event loop before its queues: given a second, they stop first.
        self._let_go(patience=1 if self._anything_runs() else 0)
        self.drives = False
        if self._shared_url:
            with suppress(DatabaseError):  # else its silence says so
                self._leases.leave(self.executor_id)

    def release(self) -> None:
        """Release the lock; call it only once nothing runs any more."""
        self._lock.release()

    def queue(self, lease: Lease) -> Queue:
        """Return the queue that a job waits in."""
        return self._kinds.queue(lease.endpoint_id)

    def enqueue(self, lease: Lease) -> None:
        """Put a job's workflow into its queue."""
        queue = self.queue(lease)
        partition = lease.workspace if queue is Queue.PAID else None
        self._launched.enqueue(queue, lease.workflow_id, lease.job_id, lease.run, partition)
        self._leases.mark_enqueued(lease)

    def write_heartbeat(self) -> None:
        """Write the heartbeat of this process, for the other processes of a shared engine."""
        if self._shared_url:
            self._leases.write_heartbeat(self.executor_id)

    def forget_silent(self) -> None:
        """Remove processes that were not heard of for long."""
        self._leases.forget_silent(10 * self._silence)

    def alive(self) -> set[str]:
        """Return the processes that drive: this one, and those of a shared engine that were heard
        of lately."""
        others = self._leases.alive(self._silence) if self._shared_url else ()
        return {self.executor_id, *others}

    def claims(self) -> list[Claim]:
        """Return all workflows on record as running, in any process."""
        return list(self._launched.claims())

    def drop(self, workflow_id: str) -> None:
        """Take a workflow that nobody runs off the record: it holds a place in its queue."""
        self._launched.drop(workflow_id)

    def without_workflow(self, leases: Collection[Lease]) -> list[Lease]:
        """Return the leases whose workflow the queues do not know, or that has ended."""
        asked = {each.workflow_id: each for each in leases if each.workflow_id not in self.running}
        if not asked:
            return []
        kept = self._launched.open_among(asked)
        return [lease for each, lease in asked.items() if each not in kept]

    @property
    def _launched(self) -> ModuleType:
        assert self._queues is not None  # noqa: S101  the reconciler launches them first
        return self._queues

    @contextmanager
    def _ended_by_failure(self) -> Iterator[None]:
        """Stop driving where what is done meanwhile fails; it is tried again in the next round."""
        try:
            yield
        except Exception as error:
            self.drives = False
            self._let_go()
            raise ConfigurationError(NO_START) from error

    def _let_go(self, patience: int = 0) -> None:
        """Destroy the queues, so that this or another studio of the process can launch them
        again."""
        global _driving
        try:
            if self._queues is not None:
                self._queues.destroy(patience)
        finally:
            self._queues = None
            if self._shared is not None:
                close_connections(self._shared)
            with _driving_lock:
                _driving = None
            if not self.drives:
                self._lock.release()

    def _anything_runs(self) -> bool:
        try:
            return bool(self._leases.under_way())
        except DatabaseError:
            return True

    def _prepare(self) -> None:
        """Look whether the database is there and sound, and clear up."""
        self.write_heartbeat()
        clear_scratch(self._folder / "scratch", self._leases.is_open)
        if not self._shared_url:
            self._file.prepare()

    def _launch_on_sound_file(self) -> None:
        """Launch the queues; on a damaged file of their own they are launched again on a new
        one."""
        try:
            return self._launch()
        except Exception as error:
            damage = None if self._shared_url else damage_in(error)
            if not damage or self._queues is None:
                raise
            self._queues.destroy()
            self._file.set_aside(damage)
        return self._launch()

    def _launch(self) -> None:
        database: dict[str, Any] = {"system_database_url": sqlite_url(self._file.path)}
        if self._shared_url:
            self._shared = impatient_connections(self._shared_url, "studio-engine")
            database["system_database_url"] = driver_url(self._shared_url)
            database["system_database_engine"] = self._shared
        else:
            database["db_engine_kwargs"] = {"connect_args": {"factory": Connection}}
        # Where several processes share the queues, one must not take what another could begin.
        at_once = 1 if self._shared_url else CLIENTS_AT_ONCE
        self._queues = _load_queues()
        self._queues.launch(self.run, self.executor_id, at_once, database)
