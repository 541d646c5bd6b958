"""Starts each job's course and sees to it that none is left alone; the only importer of dbos.

dbos holds the queues and enters an interrupted workflow again at the next start. What it does not
know, an attendant thread adds, once a second: it puts new jobs into the queue, also those that
another process wrote down, and gives a new workflow to every open job whose old one is gone.

On SQLite one process drives, by a file lock; a second one reads and writes the journal, and takes
over when the first ends. On PostgreSQL every process drives, and shows every few seconds that it is
alive; the workflows of one that fell silent are given to the others.
"""

import asyncio
import logging
import shutil
import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

from talkinghead.core import old_sqlite
from talkinghead.core.database import Database, driver_url, sqlite_url
from talkinghead.core.errors import ConfigurationError, RenderRefused
from talkinghead.core.event_loop import EventLoop
from talkinghead.core.lock import DriveLock
from talkinghead.core.store import Store
from talkinghead.jobs.composite import Family
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Admission, Journal
from talkinghead.jobs.kinds import Queue
from talkinghead.jobs.progress.writer import Wire
from talkinghead.jobs.records.lease_repository import Turn, Turns
from talkinghead.jobs.registry import JobKinds
from talkinghead.jobs.workflow import Course, PayingKeys

PAID_AT_ONCE = 8  # renders of one person under way at the same time; the rest wait
ENQUEUED_AT_ONCE = 10  # jobs of one click: a hundred sentences would keep a page waiting
LOCAL_POLLING, PAID_POLLING = 0.5, 0.1  # seconds between two looks at a queue
TICK = 1.0  # seconds between two rounds of the attendant
RECONCILING = 5.0  # seconds between two looks for jobs whose workflow is gone
SILENCE = timedelta(seconds=20)  # a process not heard of for so long is dead
SUBMITTING_GRACE = 5.0  # seconds that closing waits for answers to paying requests
THREADS = 4  # for short calls to the journal and the store; the renders themselves need none
# dbos takes up only work of its own version, which by default is a hash of the source: any edit
# would strand every open job. The courses read all they need from the journal, so old work suits
# new code.
WORK_VERSION = "1"
GONE = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})

_log = logging.getLogger(__name__)
_driving: "Engine | None" = None  # dbos is one for each process
_driving_lock = threading.Lock()


@DBOS.workflow(name="render", max_recovery_attempts=1000)
async def _render(job_id: str, run: str) -> None:
    """One job's course. It has no steps of dbos's: where it stands is in the journal."""
    assert _driving is not None  # noqa: S101  dbos runs only between launch and close
    if _driving.closing:  # it begins at the next start; cancelled in a moment
        await asyncio.Event().wait()
    await asyncio.wrap_future(_driving.loop.begin(_driving.course.drive(job_id, int(run))))


class Engine:
    """Orders, stops and places jobs.

    Args:
        database, journal: where jobs stand, and what writes it down.
        store: where videos go.
        kinds: what can be made here.
        folder: for the lock, the engine's own file and the jobs' files while they run.
        keys: of those who pay.
        engine_url: the PostgreSQL that the engine shares with others; None: its own file in
            `folder`.
    """

    def __init__(
        self,
        database: Database,
        journal: Journal,
        store: Store,
        kinds: JobKinds,
        folder: Path,
        keys: PayingKeys,
        engine_url: str | None = None,
    ) -> None:
        self.loop = EventLoop()
        self._keys = keys
        self._journal = journal
        self._turns = Turns(database)
        self._kinds = kinds
        self._folder = folder
        self._shared_url = engine_url
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="journal")
        wire = Wire(self._journal, self._threads)
        self.course = Course(self._journal, store, kinds, wire, folder / "scratch", keys)
        self._executor_id = f"{socket.gethostname()[:24]}-{uuid4().hex}" if engine_url else "local"
        self._lock = DriveLock(folder / "engine.lock")
        self._drives = False
        self._closing = threading.Event()
        self._settled = threading.Event()  # the first attempt to drive is over
        self._attendant = threading.Thread(target=self._attend, name="attendant", daemon=True)

    def start(self) -> None:
        """Begin to drive, or to wait for one's turn to drive; open jobs go on."""
        self._attendant.start()
        self._settled.wait()

    @property
    def drives(self) -> bool:
        """Whether this process runs jobs; if not, another one does."""
        return self._drives

    @property
    def closing(self) -> bool:
        """Nothing new begins any more."""
        return self._closing.is_set()

    def close(self) -> None:
        """Stop. What is under way ends here and goes on at the next start, or in another
        process."""
        global _driving
        self._closing.set()
        if self._attendant.ident is not None:
            self._attendant.join()
        if self._drives:
            patience = time.monotonic() + SUBMITTING_GRACE
            while self.course.submitting and time.monotonic() < patience:
                time.sleep(0.05)
            logging.getLogger("dbos").setLevel(
                logging.ERROR
            )  # it warns of each job that goes on later
            # dbos closes its event loop before its queues: given a second, they stop first.
            DBOS.destroy(workflow_completion_timeout_sec=1 if self._turns.under_way() else 0)
            if self._shared_url:
                self._turns.leave(self._executor_id)
            with _driving_lock:
                _driving = None
            self._drives = False
        self.loop.cancel_all()
        self._threads.shutdown(wait=True)
        self._lock.release()

    def check(self, endpoint_id: str) -> None:
        """Whether a model can be rendered here.

        Raises:
            RenderRefused: it cannot.
        """
        if self._kinds.handler(endpoint_id) is None:
            raise RenderRefused(
                "This model cannot be rendered here. Choose another one, or render a free draft."
            )

    def order(self, job: Job, admit: Admission | None = None) -> None:
        """Write a new job down, unless `admit` refuses it, and put it into the queue."""
        self.order_families([Family(job)], admit)

    def order_families(self, families: Sequence[Family], admit: Admission | None = None) -> None:
        """Write several jobs down, each with all that it is made of, and put them into the queue;
        `admit` refuses all or none."""
        self._journal.add_families(families, admit)
        if self._drives:
            ordered = [job for family in families for job in family.jobs]
            for job in ordered[:ENQUEUED_AT_ONCE]:  # the attendant takes up the rest
                self._enqueue(Turn(job.id, 0, job.workspace, job.endpoint_id))

    def place(self, job: Job) -> int | None:
        """How many stand before a waiting job; None when it is not waiting."""
        if job.state is not JobState.WAITING:
            return None
        if job.kind.is_composite:
            return 0
        # What is made here waits for everybody's, paid renders for one's own.
        return self._journal.standing_before(job, None if job.kind.paid else job.endpoint_id)

    def cancel(self, job: Job) -> None:
        """Stop a job with all that it is made of: at once where nothing runs for it, else its
        course is told within half a second."""
        children = self._journal.children(job.id) if job.kind.is_composite else []
        for child in children:
            if not child.state.ended:
                self.cancel(child)
        if children:
            # It ends once they all have, so that none is ordered again meanwhile. Before it has
            # begun to watch them, their end tells it enough.
            watching = job.state in (JobState.QUEUED, JobState.RENDERING, JobState.STORING)
            if watching or all(child.state.ended for child in children):
                self._journal.request_cancel(job.id)
            return
        idle = (JobState.WAITING, JobState.UNCONFIRMED)
        if not self._journal.change(job.id, JobState.CANCELLED, before=idle, note="Stopped."):
            self._journal.request_cancel(job.id)

    def look_again(self, job: Job) -> bool:
        """Look for a lost order once more."""
        return self._turns.look_again(job.id)

    def send_again(self, job: Job) -> bool:
        """Send a lost order again, once."""
        return self._turns.send_again(job.id)

    def fetch_again(self, job: Job) -> bool:
        """Fetch the video of an ended job that has a request."""
        return self._turns.fetch_again(job.id)

    def _attend(self) -> None:
        reconciled = 0.0
        while True:
            try:
                if not self._drives:
                    self._begin_to_drive()
                if self._drives:
                    if time.monotonic() - reconciled > RECONCILING:
                        self._reconcile()
                        reconciled = time.monotonic()
                    self._wake_those_with_a_key()
                    for turn in self._turns.due():
                        self._enqueue(turn)
            except Exception:  # noqa: BLE001  the outermost loop: it outlives an absent database
                _log.exception("the attendant failed; trying again")
            self._settled.set()
            if self._closing.wait(TICK):
                return

    def _wake_those_with_a_key(self) -> None:
        for workspace, payer in self._turns.without_key():
            if self._keys.usable(workspace, payer):
                self._turns.wake(workspace, payer)

    def _begin_to_drive(self) -> None:
        global _driving
        if self._shared_url is None and not self._lock.take():
            return
        with _driving_lock:
            if _driving is not None:
                self._lock.release()
                if not self._settled.is_set():
                    _log.warning("another studio is open in this process; only that one runs jobs")
                return
            _driving = self
        try:
            self._launch()
        except Exception as error:
            DBOS.destroy()
            _driving = None
            self._lock.release()
            raise ConfigurationError("The engine of the jobs could not be started.") from error
        self._drives = True

    def _launch(self) -> None:
        own_file = sqlite_url(self._folder / "engine.db")
        config: DBOSConfig = {
            "name": "talking-head-studio",
            "system_database_url": driver_url(self._shared_url) if self._shared_url else own_file,
            "application_version": WORK_VERSION,
            "executor_id": self._executor_id,
            "log_level": "WARNING",
        }
        if not self._shared_url:
            config["db_engine_kwargs"] = {"connect_args": {"factory": old_sqlite.Connection}}
        DBOS(config=config)
        if self._shared_url:
            self._turns.show_alive(self._executor_id)
        self._clear_scratch()
        DBOS.launch()
        # A draft takes most of a small machine: one at a time in each process.
        for local in (Queue.DRAFTS, Queue.EXPORTS):
            DBOS.register_queue(
                local.value, worker_concurrency=1, polling_interval_sec=LOCAL_POLLING
            )
        # Parents only watch their children: they take nobody's turn, however many there are.
        DBOS.register_queue(Queue.COMPOSITES.value, polling_interval_sec=LOCAL_POLLING)
        DBOS.register_queue(
            Queue.PAID.value, partition_concurrency=PAID_AT_ONCE, polling_interval_sec=PAID_POLLING
        )

    def _clear_scratch(self) -> None:
        """Remove what jobs that have ended left behind in a crash."""
        scratch = self._folder / "scratch"
        scratch.mkdir(parents=True, exist_ok=True)
        for left in scratch.iterdir():
            if not self._turns.is_open(left.name):
                shutil.rmtree(left, ignore_errors=True)

    def _enqueue(self, turn: Turn) -> None:
        queue = self._kinds.queue(turn.endpoint_id)
        partition = turn.workspace if queue is Queue.PAID else None
        with (
            SetWorkflowID(turn.workflow_id),
            SetEnqueueOptions(queue_partition_key=partition),
        ):
            DBOS.enqueue_workflow(queue.value, _render, turn.job_id, str(turn.run))
        self._turns.mark_enqueued(turn)

    def _reconcile(self) -> None:
        """Give a new workflow to every open job whose old one is gone."""
        if self._shared_url:
            self._turns.show_alive(self._executor_id)
        self._turns.look_for_lost()
        silent = set(self._turns.silent(SILENCE)) if self._shared_url else set()
        for turn in self._turns.under_way():
            status = DBOS.get_workflow_status(turn.workflow_id)
            if status is None or status.status in GONE:
                self._turns.replace(turn)
            elif status.status == "PENDING" and status.executor_id in silent:
                self._turns.replace(turn)
                DBOS.cancel_workflow(turn.workflow_id)
        if silent:
            self._turns.forget(sorted(silent))
