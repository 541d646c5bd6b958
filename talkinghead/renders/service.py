"""The renders service of one workspace."""

from talkinghead.billing.permit import Permit
from talkinghead.catalogue import LongVideoInput, ModelInput, SpeechLength
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import LONG_VIDEO
from talkinghead.renders.on_complete import LongVideoRecords
from talkinghead.renders.ordering import RenderOrders
from talkinghead.renders.planning import RenderPlanner
from talkinghead.renders.values import RenderPlan


class RenderService:
    """The videos that one workspace orders.

    Args:
        workspace: its id.
        planner: what a video is made of.
        orders: orders it.
        journal: what happened to every job.
        long_videos: what long videos are made of.
    """

    def __init__(
        self,
        workspace: str,
        planner: RenderPlanner,
        orders: RenderOrders,
        journal: Journal,
        long_videos: LongVideoRecords,
    ) -> None:
        self._workspace = workspace
        self._planner = planner
        self._orders = orders
        self._journal = journal
        self._long_videos = long_videos

    def plan(
        self, input: ModelInput, speech: SpeechLength, *, another_take: bool = False
    ) -> RenderPlan:
        """Return what would be ordered now: its segments, and which of them are there already.

        Free to ask, also with provisional inputs; those without their recording are planned in
        segments of equal length. `billing.quote(plan.lines)` says what it costs.

        Args:
            input: the model's inputs.
            speech: how long the speech is.
            another_take: use nothing that was made before, nor what is being made.
        """
        return self._planner.plan(input, speech, another_take=another_take)

    def order(self, plan: RenderPlan, permit: Permit, title: str) -> Job:
        """Order a video of any length; returns at once.

        What the model does not make in one request is ordered in parts, all together or nothing;
        parts that were rendered before, or are being rendered, are not ordered again. Where the
        very same video is being made already, that job is returned, `already_under_way`, and
        nothing is ordered, unless the plan is for another take.

        Args:
            plan: the video.
            permit: from `billing.authorise`. If the plan is outdated, what is missing now is
                ordered for at most the dollars that were agreed to.
            title: a few words to recognise it by.

        Raises:
            RenderRefused: this model cannot be rendered here, or not from this speech; it costs
                more than was agreed to, or a cap is in the way.
            InvalidParameters: the inputs are not complete.
            NotFound: an input is not in this workspace any more.
        """
        return self._orders.order(plan, permit, title)

    def parts(self, job_id: str) -> list[Job]:
        """Return the children of a job by place, including parts made before; [] for an ordinary
        job.

        Raises:
            NotFound: this workspace has no such job.
        """
        job = self._journal.job(job_id, self._workspace)
        if job.kind is not LONG_VIDEO or not job.arguments:
            return self._journal.children(job.id)
        return self._long_videos.parts(LongVideoInput.model_validate(job.arguments))
