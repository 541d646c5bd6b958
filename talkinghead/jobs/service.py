"""The jobs service of one workspace."""

from collections.abc import Callable
from decimal import Decimal

from talkinghead.core.errors import NotFound
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job, JobEvent
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.progress.watcher import ChangeWatcher

OrderAgain = Callable[[Job, Decimal | None], Job]
"""Orders a job again, for at most the dollars agreed to."""


class JobService:
    """The jobs of one workspace, except ordering.

    Args:
        workspace: its id.
        journal: what happened to every job.
        watcher: notifies of changed jobs.
        engine: runs them.
        order_again: orders a job of any kind again.
    """

    def __init__(
        self,
        workspace: str,
        journal: Journal,
        watcher: ChangeWatcher,
        engine: Engine,
        order_again: OrderAgain,
    ) -> None:
        self._workspace = workspace
        self._journal = journal
        self._watcher = watcher
        self._engine = engine
        self._order_again = order_again

    def find(self, job_id: str) -> Job:
        """Return one job.

        Raises:
            NotFound: this workspace has no such job.
        """
        return self._journal.job(job_id, self._workspace)

    def events(self, job_id: str, after: int = 0) -> list[JobEvent]:
        """Return a job's events after this number, in order.

        Raises:
            NotFound: this workspace has no such job.
        """
        return self._journal.events(self._workspace, job_id, after)

    def find_with_events(self, job_id: str, after: int = 0) -> tuple[Job, list[JobEvent]]:
        """Return a job and its events after this number, read in one transaction.

        Raises:
            NotFound: this workspace has no such job.
        """
        return self._journal.look(self._workspace, job_id, after)

    def wait_for_change(self, job: Job, seconds: float) -> bool:
        """Block until a job has changed since it was read, in any process; False after the timeout.

        Raises:
            NotFound: the job is not this workspace's.
        """
        if job.workspace != self._workspace:
            raise NotFound("There is no such job here.")
        return self._watcher.wait(job.id, job.updated_at, seconds)

    def place_in_queue(self, job_id: str) -> int | None:
        """Return how many jobs are ahead of a queued one; None if it is not queued.

        Raises:
            NotFound: this workspace has no such job.
        """
        return self._engine.place(self.find(job_id))

    def cancel(self, job_id: str) -> None:
        """Cancel a job: at once while it is queued, within two seconds while it is rendered here.

        Raises:
            NotFound: this workspace has no such job.
        """
        self._engine.cancel(self.find(job_id))

    def reconcile(self, job_id: str) -> None:
        """Search fal again for an order whose answer was lost; free.

        Raises:
            NotFound: this workspace has no such job.
        """
        self._engine.reconcile(self.find(job_id))

    def fetch_again(self, job_id: str) -> None:
        """Fetch the output of an ended job that was submitted; nothing is rendered again.

        Raises:
            NotFound: this workspace has no such job, or nothing of it was ordered.
        """
        job = self.find(job_id)
        if not job.arguments or not self._engine.fetch_again(job):
            raise NotFound("There is no order to fetch a video of.")

    def dismiss(self, job_id: str) -> None:
        """Hide an ended job from the list; its video is kept.

        Raises:
            NotFound: this workspace has no such job.
        """
        self._journal.dismiss(self.find(job_id).id)

    def retry(self, job_id: str, *, agreed: Decimal | None = None) -> Job:
        """Order the same again as a new job; a composite job orders only its missing parts.

        Args:
            job_id: the job.
            agreed: for what is paid, the dollars that the person confirmed; else what the job was
                said to cost.

        Raises:
            NotFound: this workspace has no such job, or its inputs are gone.
            InvalidParameters: the model has changed and does not take these inputs any more.
            RenderRefused: it cannot be made here; nobody pays, the price rose meanwhile, or a cap
                is in the way.
        """
        return self._order_again(self.find(job_id), agreed)

    def list(self, open_only: bool = False, limit: int = 100) -> list[Job]:
        """Return the jobs, newest first, without dismissed ones."""
        return self._journal.jobs(self._workspace, open_only=open_only, limit=limit)
