"""The comparisons service of one workspace."""

from collections.abc import Sequence
from dataclasses import replace

from talkinghead.billing.permit import Permit
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.comparisons.candidates import Candidate, candidates
from talkinghead.comparisons.ordering import ComparisonOrders
from talkinghead.comparisons.repository import ComparisonRecord, ComparisonRepository
from talkinghead.comparisons.values import (
    Comparison,
    ComparisonPlan,
    Preference,
    fitted,
    model_id,
)
from talkinghead.core.errors import InvalidInput
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.permit import OrderPermit
from talkinghead.jobs.service import JobService, RetryPlan
from talkinghead.projects.values import Project
from talkinghead.renders.service import RenderService
from talkinghead.videos.values import BlindEntries

FEWEST = 2


class ComparisonService:
    """The comparisons of one workspace.

    Args:
        workspace: its id.
        comparisons: their repository.
        orders: orders several renders at once.
        renders: plans each of them.
        jobs: the job service, which retries them.
        journal: what happened to every job.
    """

    def __init__(
        self,
        workspace: str,
        comparisons: ComparisonRepository,
        orders: ComparisonOrders,
        renders: RenderService,
        jobs: JobService,
        journal: Journal,
    ) -> None:
        self._workspace = workspace
        self._comparisons = comparisons
        self._orders = orders
        self._renders = renders
        self._jobs = jobs
        self._journal = journal

    def candidates(self, project: Project) -> list[Candidate]:
        """Return a candidate for every model, the free draft first, each planned; nothing is made.

        Args:
            project: what is made.
        """
        return [
            candidate
            if candidate.why_not
            else replace(
                candidate, plan=self._renders.plan(candidate.provisional(), candidate.length)
            )
            for candidate in candidates(project)
        ]

    def plan(self, inputs: Sequence[ModelInput], speech: SpeechLength) -> ComparisonPlan:
        """Return what would be ordered for several videos of the same portrait and speech; free to
        ask.

        Args:
            inputs: of each model.
            speech: how long the speech is.
        """
        plans = (self._renders.plan(input, fitted(input, speech)) for input in inputs)
        return ComparisonPlan(tuple(plans))

    def order(
        self, plan: ComparisonPlan, permit: Permit, title: str, *, blind: bool = False
    ) -> Comparison:
        """Order several videos of the same portrait and speech: all of them, or none.

        Args:
            plan: the videos.
            permit: from `billing.authorise`, for all of them together.
            title: a few words to recognise it by.
            blind: hide the names until a choice is made.

        Raises:
            InvalidInput: there are fewer than two.
            RenderRefused: one of them cannot be rendered here or not from this speech; they cost
                more than was agreed to, or a cap is in the way.
            NotFound: an input is not in this workspace any more.
        """
        if len(plan.renders) < FEWEST:
            raise InvalidInput("Choose at least two models to compare.")
        record = self._orders.record(title, blind=blind)
        jobs = self._orders.order(record, plan, permit)
        return self.find(jobs[0].comparison or record.id).ordered(jobs)

    def find(self, comparison_id: str) -> Comparison:
        """Return one comparison.

        Raises:
            NotFound: this workspace has no such comparison.
        """
        return self._with_jobs([self._comparisons.one(self._workspace, comparison_id)])[0]

    def hidden(self) -> BlindEntries:
        """The jobs and videos whose model is not to be shown, because a blind choice between them
        is still to be made. Asked once for a page."""
        return self._comparisons.hidden(self._workspace)

    def choose(self, comparison_id: str, job_id: str) -> None:
        """Choose a video as the best of its comparison; the others stay in the gallery.

        Raises:
            NotFound: this workspace has no such comparison, or no such video in it.
            InvalidInput: there is only one video yet, or a blind choice was made already.
        """
        self._comparisons.choose(self._workspace, comparison_id, job_id)

    def preferences(self) -> list[Preference]:
        """Return how often each model was chosen, the most chosen first."""
        counts: dict[str, list[int]] = {}
        showings = self._comparisons.showings(self._workspace)
        made = self._journal.several(self._workspace, [showing.job_id for showing in showings])
        for showing in showings:
            model = model_id(made[showing.job_id])
            count = counts.setdefault(model, [0, 0, 0, 0])
            count[0] += 1
            count[1] += showing.chosen
            count[2] += showing.blind
            count[3] += showing.blind and showing.chosen
        found = [Preference(model, *count) for model, count in counts.items()]
        return sorted(found, key=lambda one: (-one.chosen / one.shown, -one.shown))

    def retry(self, comparison_id: str, plan: RetryPlan, permit: OrderPermit) -> Job:
        """Order a failed job of a comparison again; the new one replaces it.

        Args:
            comparison_id: the comparison.
            plan: from `jobs.plan_retry`.
            permit: from `billing.authorise`.

        Raises:
            NotFound: this workspace has no such comparison or job.
            RenderRefused, InvalidParameters: as in `JobService.retry`.
        """
        record = self._comparisons.one(self._workspace, comparison_id)
        job = self._jobs.retry(plan, permit)
        if job.comparison is None:  # else another click has put it there
            self._comparisons.replace(record, plan.job.id, job.id)
        return job

    def _with_jobs(self, records: Sequence[ComparisonRecord]) -> list[Comparison]:
        ids = self._comparisons.job_ids(self._workspace, [record.id for record in records])
        found = self._journal.several(self._workspace, [one for of in ids.values() for one in of])
        return [
            Comparison(
                id=record.id,
                title=record.title,
                blind=record.blind,
                jobs=[found[job_id] for job_id in ids[record.id] if job_id in found],
                chosen=record.chosen,
                created_at=record.created_at,
            )
            for record in records
        ]

    def list(self, limit: int = 50) -> list[Comparison]:
        """Return the comparisons, newest first."""
        return self._with_jobs(self._comparisons.latest(self._workspace, limit))
