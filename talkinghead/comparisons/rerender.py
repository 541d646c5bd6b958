"""Renders a finished video again on another model, from the same portrait and the same speech."""

from dataclasses import dataclass

from talkinghead.billing.permit import Permit
from talkinghead.catalogue import Catalogue, ModelInput, SpeechLength
from talkinghead.comparisons.ordering import ComparisonOrders
from talkinghead.comparisons.repository import ComparisonRepository
from talkinghead.comparisons.rerender_inputs import RerenderInputs
from talkinghead.comparisons.service import ComparisonService
from talkinghead.comparisons.values import Comparison, ComparisonPlan
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.jobs.job import Job, Video
from talkinghead.jobs.journal import Journal
from talkinghead.renders.service import RenderService
from talkinghead.renders.values import RenderPlan
from talkinghead.videos.service import VideoService

HIDDEN = (
    "This video is part of a blind test. Pick the best one there first, then try another model."
)


@dataclass(frozen=True)
class RerenderPlan:
    """What would be ordered to render a video again on one model.

    Attributes:
        endpoint_id: the model.
        render: the new video, or None where the model cannot take it.
        why_not: why the model cannot take it, or None.
    """

    endpoint_id: str
    render: RenderPlan | None
    why_not: str | None


class RerenderService:
    """Renders videos of one workspace again on other models.

    Args:
        workspace: its id.
        gallery: the videos.
        inputs: what another model is given of them.
        renders: plans it.
        comparisons: where both are compared.
        orders: orders the new one into a comparison.
        records: which comparisons there are.
        journal: what made the video, and what is being made.
        catalogue: the models.
    """

    def __init__(
        self,
        workspace: str,
        gallery: VideoService,
        inputs: RerenderInputs,
        renders: RenderService,
        comparisons: ComparisonService,
        orders: ComparisonOrders,
        records: ComparisonRepository,
        journal: Journal,
        catalogue: Catalogue,
    ) -> None:
        self._workspace = workspace
        self._gallery = gallery
        self._inputs = inputs
        self._renders = renders
        self._comparisons = comparisons
        self._orders = orders
        self._records = records
        self._journal = journal
        self._catalogue = catalogue

    def plans(self, video_id: str) -> list[RerenderPlan]:
        """Return what would be ordered on every other model, the free draft first; nothing is
        made.

        Raises:
            NotFound: this workspace has no such video.
            RenderRefused: a blind choice has to be made first.
        """
        video = self._source_video(video_id)
        every = self._catalogue.with_draft
        others = [model for model in every if model.endpoint_id != video.endpoint_id]
        return [self._plan_on(video, model) for model in others]

    def inputs(self, video_id: str, endpoint_id: str) -> tuple[ModelInput, SpeechLength]:
        """Return the complete inputs of another model for a video's portrait and speech.

        A model that takes a recording is given the very sound of the video; one that speaks by
        itself is given its words.

        Raises:
            NotFound: this workspace has no such video, its portrait is gone, or there is no such
                model.
            RenderRefused: the model cannot take it, and why.
        """
        return self._inputs.complete(
            self._source_video(video_id), self._catalogue.model_of(endpoint_id)
        )

    def plan(self, video_id: str, endpoint_id: str) -> RenderPlan:
        """Return the complete plan of a video's portrait and speech on another model; makes its
        sound and its picture where there are none.

        Raises:
            NotFound, RenderRefused: as in `inputs`.
        """
        return self._renders.plan(*self.inputs(video_id, endpoint_id))

    def order(self, video_id: str, plan: RenderPlan, permit: Permit) -> Comparison:
        """Render a video again on another model; both form a comparison.

        Args:
            video_id: the video.
            plan: of the new one, from `plan`.
            permit: from `billing.authorise`.

        Raises:
            NotFound, RenderRefused: as in `inputs` and `ComparisonService.order`.
        """
        video = self._source_video(video_id)
        before = self._job_of(video)
        known = before.comparison if before else None
        record = (
            self._records.one(self._workspace, known)
            if known
            else self._orders.record(video.title, blind=False)
        )
        beside = before.id if before and not known else None
        first = len(self._comparisons.find(known).jobs) if known else 1
        jobs = self._orders.order(record, ComparisonPlan((plan,)), permit, beside, first)
        return self._comparisons.find(jobs[0].comparison or record.id).ordered(jobs)

    def _source_video(self, video_id: str) -> Video:
        """Return the video itself, or the one that it is an export of.

        Raises:
            NotFound: this workspace has no such video.
            RenderRefused: its model is hidden, and the other models would reveal it.
        """
        video = self._gallery.find(video_id)
        if self._comparisons.hidden().video(video):
            raise RenderRefused(HIDDEN)
        while video.made_from:
            video = self._gallery.find(video.made_from)
        return video

    def _job_of(self, video: Video) -> Job | None:
        try:
            return self._journal.job(video.job_id, self._workspace)
        except NotFound:
            return None

    def _plan_on(self, video: Video, model: type[ModelInput]) -> RerenderPlan:
        try:
            input, speech = self._inputs.provisional(video, model)
        except RenderRefused as refused:
            return RerenderPlan(model.endpoint_id, None, str(refused))
        return RerenderPlan(model.endpoint_id, self._renders.plan(input, speech), None)
