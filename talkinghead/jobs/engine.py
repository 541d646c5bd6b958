"""The engine's interface: order, cancel and reconcile jobs, and their place in the queue.

Each job has a workflow (`execution/workflow`), which waits in a queue for its turn
(`execution/driver`); none is left alone (`execution/reconciler`).
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from talkinghead.core.database import Database, DatabaseError, Transaction
from talkinghead.core.errors import RenderRefused
from talkinghead.core.event_loop import EventLoop
from talkinghead.core.store import Store
from talkinghead.core.workers.usage_limits import UsageLimits
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.execution.driver import Driver
from talkinghead.jobs.execution.reconciler import Reconciler
from talkinghead.jobs.execution.running import HEARTBEAT, Heartbeat
from talkinghead.jobs.execution.withdrawal import LOST_NOTE, Withdrawal
from talkinghead.jobs.execution.workflow import JobWorkflow
from talkinghead.jobs.job import Job, JobState, JobUnderWay
from talkinghead.jobs.journal import Also, Journal
from talkinghead.jobs.kinds import awaited_jobs
from talkinghead.jobs.paying_keys import PayingKeys
from talkinghead.jobs.permit import AlreadyUnderWay, OrderPermit
from talkinghead.jobs.progress.writer import ProgressWriter
from talkinghead.jobs.records.give_up_repository import GiveUpRepository
from talkinghead.jobs.records.lease_repository import LeaseRepository
from talkinghead.jobs.records.quotas import Quotas
from talkinghead.jobs.records.turn_repository import TurnRepository
from talkinghead.jobs.registry import JobKinds
from talkinghead.jobs.repository import JOB_FIELDS

SUBMITTING_GRACE = 5.0  # seconds that closing waits for answers to paying requests
UNLIMITED = UsageLimits()
THREADS = 4  # for short calls to the journal and the store; the renders themselves need none


class Engine:
    """Orders and cancels jobs.

    Args:
        database, journal: where jobs are stored, and the journal.
        store: where videos go.
        kinds: what can be made here.
        folder: for the lock, the engine's own file and the jobs' files while they run.
        keys: of those who pay.
        engine_url: the PostgreSQL that the engine shares with others; None: its own file in
            `folder`.
        heartbeat: when another process of a shared engine is taken for dead.
        limits: of what is free.
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
        heartbeat: Heartbeat = HEARTBEAT,
        limits: UsageLimits = UNLIMITED,
    ) -> None:
        self.loop = EventLoop()
        self._journal = journal
        self.quotas = Quotas(database, store, limits)
        self._leases = LeaseRepository(database)
        self._turns = TurnRepository(database)
        self._kinds = kinds
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="journal")
        writer = ProgressWriter(self._journal, self._threads)
        self._workflow = JobWorkflow(
            self._journal,
            store,
            kinds,
            writer,
            folder / "scratch",
            keys,
            client_of=self._turns.client_of,
        )
        self._driver = Driver(
            self._workflow.drive, self.loop, kinds, self._leases, folder, engine_url, heartbeat
        )
        self._withdrawal = Withdrawal(
            self._journal,
            GiveUpRepository(database),
            kinds,
            self._driver,
            self.loop,
            folder / "scratch",
        )
        self._reconciler = Reconciler(self._driver, self._leases, keys, heartbeat)

    def start(self) -> None:
        """Start driving jobs, or wait for the lock; open jobs continue."""
        self._reconciler.start()

    def load_ahead(self) -> None:
        """Import what the first job needs; takes most of a second."""
        self._driver.load()

    @property
    def drives(self) -> bool:
        """Whether this process runs jobs; if not, another one does."""
        return self._driver.drives

    @property
    def is_driven(self) -> bool:
        """Whether some process runs jobs on these data; not so while a database is away."""
        if self.drives:
            return self._reconciler.is_healthy
        try:
            return self._driver.somebody_drives()
        except (DatabaseError, OSError):
            return False

    def damage(self) -> str | None:
        """Return what is wrong with the engine's own file, or None; asked where no process drives
        jobs."""
        return self._driver.damage()

    def jobs_to_drive(self) -> int:
        """Return the number of jobs that go on once driven: those that wait for neither person nor
        key."""
        under_way = {lease.job_id for lease in self._leases.under_way()}
        return len(under_way | {lease.job_id for lease in self._leases.due()})

    def close(self) -> None:
        """Stop. Running jobs end here and continue at the next start, or in another process."""
        self._driver.stop_accepting()
        self._reconciler.close()
        patience = time.monotonic() + SUBMITTING_GRACE
        while self._workflow.submitting and time.monotonic() < patience:
            time.sleep(0.05)
        self._driver.end()
        self.loop.cancel_all()
        self._threads.shutdown(wait=True)
        self._driver.release()

    def check(self, endpoint_id: str) -> None:
        """Check that this endpoint can be rendered here.

        Raises:
            RenderRefused: it cannot.
        """
        if self._kinds.handler(endpoint_id) is None:
            raise RenderRefused(
                "This model can't be rendered here. Choose another model, or make a free draft."
            )

    def order(
        self,
        composites: Sequence[CompositeJob],
        permit: OrderPermit | None = None,
        also: Also | None = None,
    ) -> list[Job]:
        """Write several composite jobs to the journal and enqueue them.

        Args:
            composites: what is ordered together: all or none.
            permit: needed where any of it costs money.
            also: writes what belongs to them, or refuses all by raising.

        Raises:
            PlanOutdated: it has to be planned again; nothing was ordered.
            RenderRefused: a limit is in the way.

        Returns:
            The jobs that a person sees; those that make the same already where it is under way.
        """
        ordered = [job for composite in composites for job in composite.jobs]
        self.quotas.check_order(ordered)

        def admitted(connection: Transaction) -> None:
            self.quotas.check_again(connection, ordered)
            if also is not None:
                also(connection)

        try:
            self._journal.add_composites(composites, permit, admitted)
        except AlreadyUnderWay as same:
            return list(map(_under_way, same.jobs))
        self._reconciler.wake()
        return [composite.parent for composite in composites]

    def under_way(self, orders: Sequence[Job]) -> list[Job]:
        """The jobs that make exactly what these would, one for each; none unless there is one for
        each. To be asked where an order is refused: the first one may be the reason."""
        return list(map(_under_way, self._journal.under_way([CompositeJob(job) for job in orders])))

    def place(self, job: Job) -> int | None:
        """Return how many jobs are ahead of a queued one; None if it is not queued."""
        if job.state is not JobState.WAITING:
            return None
        if job.kind.is_composite:
            return 0
        return self._turns.count_ahead(job)

    def cancel(self, job: Job) -> None:
        """Cancel a job with its children: at once if nothing runs for it, else its workflow notices
        within half a second. A child that another order waits for goes on."""
        every = self._parts(job) if job.kind.is_composite else []
        needed = self._journal.awaited_by_others(job) if every else set()
        children = [child for child in every if child.id not in needed]
        for child in children:
            if not child.state.ended:
                self.cancel(child)
        if children:
            # It ends once they all have, so that none is ordered again meanwhile. Before it has
            # begun to watch them, their end suffices, unless one goes on.
            watching = job.state in (JobState.QUEUED, JobState.RENDERING, JobState.STORING)
            goes_on = len(children) < len(every)
            if watching or goes_on or all(child.state.ended for child in children):
                self._journal.request_cancel(job.id)
            return
        idle = (JobState.WAITING, JobState.UNCONFIRMED)
        note = LOST_NOTE if job.state is JobState.UNCONFIRMED else "Stopped."
        if self._journal.change(job.id, JobState.CANCELLED, before=idle, note=note):
            return
        if job.waiting_for == "key":  # nothing runs that would notice
            self.give_up(job)
        else:
            self._journal.request_cancel(job.id)

    def _parts(self, job: Job) -> list[Job]:
        """Return the children of a composite job, and what it waits for of orders that ended."""
        own = self._journal.children(job.id)
        others = awaited_jobs(job.endpoint_id, job.arguments) - {child.id for child in own}
        awaited = self._journal.several(job.workspace, others).values()
        left = [part for part in awaited if part.parent and not part.state.ended]
        return own + [part for part in left if self._journal.job(part.parent or "").state.ended]

    def give_up(self, job: Job) -> bool:
        """End an open job with its children now, whatever runs for it; a request id is kept, and
        the provider is asked to cancel if there is a key. A child that another order waits for goes
        on. False if the job has ended already."""
        parts = self._parts(job) if job.kind.is_composite else []
        needed = self._journal.awaited_by_others(job) if parts else set()
        own = [part for part in parts if part.id not in needed]
        return self._withdrawal.give_up(*own, job)

    def end_all(self, workspace: str) -> None:
        """Give up every open job of a workspace, before its data are erased."""
        self._withdrawal.end_all(workspace)

    def end(self, jobs: Sequence[Job]) -> None:
        """Give up these jobs with their children, before what they were given is erased."""
        self._withdrawal.end(jobs)

    def reconcile(self, job: Job) -> bool:
        """Search again for an order whose answer was lost, also where its job has ended since."""
        return self._leases.reconcile(job.id)

    def send_again(self, job: Job, permit: OrderPermit) -> bool:
        """Send a lost order again, once; the permit is checked in the same transaction."""
        return self._leases.send_again(job, permit)

    def fetch_again(self, job: Job) -> bool:
        """Fetch the output of an ended job that has a request id."""
        return self._leases.fetch_again(job.id)


def _under_way(job: Job) -> JobUnderWay:
    return JobUnderWay(**{name: getattr(job, name) for name in JOB_FIELDS})
