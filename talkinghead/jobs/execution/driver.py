"""The engine's queues, and one workflow per queued job; the only module that imports dbos.

dbos holds the queues and enters an interrupted workflow again at the next start.

On SQLite one process drives, by a file lock; a second one reads and writes the journal, and takes
over when the first ends. On PostgreSQL every process drives, and shows every few seconds that it is
alive.
"""

import asyncio
import logging
import shutil
import socket
import threading
from collections.abc import Callable, Collection, Coroutine
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

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
from talkinghead.jobs.execution.engine_log import shorten_log
from talkinghead.jobs.execution.running import HEARTBEAT, Claim, Heartbeat, RunningWorkflows
from talkinghead.jobs.execution.sqlite_compatibility import Connection
from talkinghead.jobs.kinds import TAKING_TURNS, Queue
from talkinghead.jobs.records.lease_repository import Lease, LeaseRepository
from talkinghead.jobs.registry import JobKinds

PAID_AT_ONCE = 8  # renders of one person under way at the same time; the rest wait
CLIENTS_AT_ONCE = 64  # who wait for their turns, in which `core/workers/budget` lets them go on
LOCAL_POLLING, PAID_POLLING = 0.5, 0.1  # seconds between two looks at a queue
# dbos takes up only work of its own version, which by default is a hash of the source: any edit
# would strand every open job. The workflows read all they need from the journal, so old work suits
# new code.
WORK_VERSION = "1"
GONE = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})

_log = logging.getLogger(__name__)
_driving: "Driver | None" = None  # dbos is one for each process
_driving_lock = threading.Lock()


@DBOS.workflow(name="render", max_recovery_attempts=1000)
async def _render(job_id: str, run: str) -> None:
    """The workflow of one job. It has no dbos steps: its state is in the journal."""
    assert _driving is not None  # noqa: S101  dbos runs only between launch and close
    await _driving.run(job_id, int(run))


class Driver:
    """Owns dbos while this process runs jobs.

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
        try:
            self._launch_on_sound_file()
        except Exception as error:
            self._let_go()
            raise ConfigurationError("The render engine couldn't be started.") from error
        self.drives = True

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
        logging.getLogger("dbos").setLevel(logging.ERROR)  # it warns of each job that goes on later
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
        with (
            SetWorkflowID(lease.workflow_id),
            SetEnqueueOptions(queue_partition_key=partition),
        ):
            DBOS.enqueue_workflow(queue.value, _render, lease.job_id, str(lease.run))
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
        """Return all workflows that dbos has on record as running, in any process."""
        found = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        return [Claim(each.workflow_id, each.executor_id or "") for each in found]

    def drop(self, workflow_id: str) -> None:
        """Take a workflow that nobody runs off dbos's record: it holds a place in its queue."""
        DBOS.cancel_workflow(workflow_id)

    def without_workflow(self, leases: Collection[Lease]) -> list[Lease]:
        """Return the leases whose workflow dbos does not know, or that it has ended."""
        asked = {each.workflow_id: each for each in leases if each.workflow_id not in self.running}
        if not asked:
            return []
        found = DBOS.list_workflows(workflow_ids=list(asked), load_input=False, load_output=False)
        kept = {each.workflow_id for each in found if each.status not in GONE}
        return [lease for each, lease in asked.items() if each not in kept]

    def _let_go(self, patience: int = 0) -> None:
        """Destroy dbos, so that this or another studio of the process can launch it again."""
        global _driving
        try:
            DBOS.destroy(workflow_completion_timeout_sec=patience)
        finally:
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

    def _launch_on_sound_file(self) -> None:
        """Launch dbos; on a damaged file of its own it is launched again on a new one."""
        if self._shared_url:
            return self._launch()
        self._file.prepare()
        try:
            return self._launch()
        except Exception as error:
            if not (damage := damage_in(error)):
                raise
            DBOS.destroy()
            self._file.set_aside(damage)
        return self._launch()

    def _launch(self) -> None:
        shorten_log()
        own_file = sqlite_url(self._file.path)
        config: DBOSConfig = {
            "name": "talking-head-studio",
            "system_database_url": driver_url(self._shared_url) if self._shared_url else own_file,
            "application_version": WORK_VERSION,
            "executor_id": self.executor_id,
            "log_level": "WARNING",
        }
        if self._shared_url:
            self._shared = impatient_connections(self._shared_url, "studio-engine")
            config["system_database_engine"] = self._shared
        else:
            config["db_engine_kwargs"] = {"connect_args": {"factory": Connection}}
        DBOS(config=config)
        self.write_heartbeat()
        self._clear_scratch()
        DBOS.launch()
        # Where several processes share the queues, one must not take what another could begin.
        _register_queues(1 if self._shared_url else CLIENTS_AT_ONCE)
        DBOS.list_workflows(limit=1)  # fails here rather than at the first job

    def _clear_scratch(self) -> None:
        """Delete the temporary files that ended jobs left behind in a crash."""
        scratch = self._folder / "scratch"
        scratch.mkdir(parents=True, exist_ok=True)
        for left in scratch.iterdir():
            if not self._leases.is_open(left.name):
                shutil.rmtree(left, ignore_errors=True)


def _register_queues(local_at_once: int) -> None:
    for local in TAKING_TURNS:
        DBOS.register_queue(
            local.value, worker_concurrency=local_at_once, polling_interval_sec=LOCAL_POLLING
        )
    DBOS.register_queue(Queue.COMPOSITES.value, polling_interval_sec=LOCAL_POLLING)
    DBOS.register_queue(
        Queue.PAID.value, partition_concurrency=PAID_AT_ONCE, polling_interval_sec=PAID_POLLING
    )
