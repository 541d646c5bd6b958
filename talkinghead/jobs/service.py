"""The jobs service of one workspace."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job, JobEvent, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.permit import OrderPermit
from talkinghead.jobs.progress.watcher import ChangeWatcher
from talkinghead.jobs.records.job_search import JobGroup, JobNews, JobPage, JobSearch
from talkinghead.jobs.records.list_repository import JobListRepository


@dataclass(frozen=True)
class RetryPlan:
    """What would be ordered to make the same as a job again.

    Attributes:
        job: the job.
        plan: by the domain of its kind; None where nothing can cost anything.
    """

    job: Job
    plan: Any = None

    @property
    def lines(self) -> Sequence[Any]:
        """What is sent; of a composite job only for its missing parts anything is to be paid."""
        return () if self.plan is None else self.plan.lines


@dataclass(frozen=True)
class ResendPlan:
    """What would be sent to order an unconfirmed job once more.

    Attributes:
        job: the job.
        line: its one request, which only the key that ordered it may pay.
    """

    job: Job
    line: Any

    @property
    def lines(self) -> Sequence[Any]:
        """What is sent."""
        return (self.line,)


class SecondOrders(Protocol):
    """Plans and places second orders of a job of any kind."""

    def plan_retry(self, job: Job) -> RetryPlan:
        """Plan a job once more."""
        ...

    def order_retry(self, retry: RetryPlan, permit: OrderPermit) -> Job:
        """Order it as a new job."""
        ...

    def plan_resend(self, job: Job) -> ResendPlan:
        """Plan the request of an unconfirmed job once more."""
        ...

    def order_resend(self, resend: ResendPlan, permit: OrderPermit) -> bool:
        """Send it; False if the job is not unconfirmed any more, or is being sent again already."""
        ...


NOT_LOST = "This order has already been found or resent, so nothing more was sent."


class JobService:
    """The jobs of one workspace, except ordering.

    Args:
        workspace: its id.
        journal: what happened to every job.
        watcher: notifies of changed jobs.
        engine: runs them.
        again: places second orders.
        job_list: the list of jobs, searched and cleared.
    """

    def __init__(
        self,
        workspace: str,
        journal: Journal,
        watcher: ChangeWatcher,
        engine: Engine,
        again: SecondOrders,
        job_list: JobListRepository,
    ) -> None:
        self._workspace = workspace
        self._journal = journal
        self._watcher = watcher
        self._engine = engine
        self._again = again
        self._job_list = job_list

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
            raise NotFound("Render not found.")
        return self._watcher.wait(job.id, job.updated_at, seconds)

    def place_in_queue(self, job_id: str) -> int | None:
        """Return how many jobs are ahead of a queued one; None if it is not queued.

        Raises:
            NotFound: this workspace has no such job.
        """
        return self._engine.place(self.find(job_id))

    def draft_refusal(self, seconds: Decimal) -> str | None:
        """Return why a free draft of this length cannot be ordered now, or None."""
        quotas = self._engine.quotas
        return quotas.draft_refusal(seconds) or quotas.order_refusal(self._workspace)

    def longest_draft(self) -> float | None:
        """The seconds that a free draft may have, or None."""
        return self._engine.quotas.limits.draft_seconds

    def space_remark(self) -> str | None:
        """Return a sentence on the disk if it is nearly used up, or None."""
        return self._engine.quotas.remark(self._workspace)

    def cancel(self, job_id: str) -> None:
        """Cancel a job: at once while it is queued, within two seconds while it is rendered here.

        Raises:
            NotFound: this workspace has no such job.
        """
        self._engine.cancel(self.find(job_id))

    def give_up(self, job_id: str) -> None:
        """End an open job now, also where cancelling has no effect. What was ordered may still be
        charged; its request id is kept, for `fetch_again`.

        Raises:
            NotFound: this workspace has no such job.
        """
        self._engine.give_up(self.find(job_id))

    def reconcile(self, job_id: str) -> None:
        """Search fal again for an order whose answer was lost, also where its job was cancelled,
        given up or failed since; free.

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
            raise NotFound("There is no order to download a video from.")

    def dismiss(self, job_id: str) -> None:
        """Hide an ended job from the list; its video is kept.

        Raises:
            NotFound: this workspace has no such job.
        """
        self._journal.dismiss(self.find(job_id).id)

    def clear_finished(self, search: JobSearch) -> Sequence[str]:
        """Hide all ended jobs that a search finds from the list, also beyond the part that is
        shown; returns their ids, for `restore`."""
        return self._job_list.dismiss(self._workspace, search)

    def restore(self, *job_ids: str) -> None:
        """Put hidden jobs back into the list; those of other workspaces stay as they are."""
        self._job_list.restore(self._workspace, job_ids)

    def plan_retry(self, job_id: str) -> RetryPlan:
        """Return what would be ordered to make the same again; nothing is ordered.

        Raises:
            NotFound: this workspace has no such job, or its inputs are gone.
            InvalidParameters: the model has changed and does not take these inputs any more.
        """
        return self._again.plan_retry(self.find(job_id))

    def retry(self, plan: RetryPlan, permit: OrderPermit) -> Job:
        """Order the same again as a new job; a composite job orders only its missing parts.

        Args:
            plan: from `plan_retry`.
            permit: from `billing.authorise`.

        Raises:
            NotFound: this workspace has no such job, or its inputs are gone.
            RenderRefused: it cannot be made here; it costs more than was agreed to, or a cap is in
                the way.
        """
        self.find(plan.job.id)
        return self._again.order_retry(plan, permit)

    def plan_resend(self, job_id: str) -> ResendPlan:
        """Return what would be sent to order an unconfirmed job once more; nothing is sent.

        Raises:
            NotFound: this workspace has no such job, or its inputs are gone.
            InvalidParameters: the model has changed and does not take these inputs any more.
            RenderRefused: the job is not unconfirmed.
        """
        job = self.find(job_id)
        if job.state is not JobState.UNCONFIRMED:
            raise RenderRefused(NOT_LOST)
        return self._again.plan_resend(job)

    def send_again(self, plan: ResendPlan, permit: OrderPermit) -> None:
        """Send an unconfirmed order again. It may be charged twice: both count, each at its price
        and on its day.

        Args:
            plan: from `plan_resend`.
            permit: from `billing.authorise`.

        Raises:
            NotFound: this workspace has no such job.
            RenderRefused: it is not unconfirmed any more, it costs more than was agreed to, or a
                cap is in the way.
        """
        self.find(plan.job.id)
        if not self._again.order_resend(plan, permit):
            raise RenderRefused(NOT_LOST)

    def list(self, open_only: bool = False, limit: int = 100) -> list[Job]:
        """Return the jobs, newest first, without dismissed ones."""
        return self._journal.jobs(self._workspace, open_only=open_only, limit=limit)

    def search(self, search: JobSearch, *, limit: int, offset: int = 0) -> JobPage:
        """Return a part of the jobs that a search finds, newest first, with their total."""
        return self._job_list.page(self._workspace, search, limit=limit, offset=offset)

    def counts(self, words: str = "") -> Mapping[JobGroup, int]:
        """Return how many jobs with these words each group has; a group without any is missing."""
        return self._job_list.counts(self._workspace, words)

    def news(self) -> JobNews:
        """Return which jobs are open, and how many ended ones nobody has seen; cheap."""
        return self._job_list.news(self._workspace)

    def mark_seen(self, *job_ids: str) -> None:
        """Note that a person has seen how these jobs of the workspace ended; without any, all."""
        self._job_list.mark_seen(self._workspace, job_ids or None)

    def several(self, job_ids: Collection[str]) -> Sequence[Job]:
        """Return these jobs of the workspace; unknown ones are missing."""
        return list(self._journal.several(self._workspace, job_ids).values())
