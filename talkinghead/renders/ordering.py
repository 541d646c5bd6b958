"""Orders videos of any length: new ones, and retries of those with missing parts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from talkinghead.billing.permit import Permit, order_current
from talkinghead.billing.values import Line, PricedLine
from talkinghead.catalogue import Catalogue, LongVideoInput, LongVideoPart, ModelInput, SpeechLength
from talkinghead.core.assets import references_in
from talkinghead.core.errors import InvalidParameters, NotFound, RenderRefused
from talkinghead.core.store import Store
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import model_order
from talkinghead.jobs.new_job import child_of, new_job
from talkinghead.jobs.paying_keys import PayerSource
from talkinghead.jobs.permit import PlanOutdated
from talkinghead.renders.planning import RenderPlanner
from talkinghead.renders.recording_cuts import RecordingCuts
from talkinghead.renders.segments import numbered
from talkinghead.renders.values import RenderPlan

LONGEST_TITLE = 120  # characters


@dataclass(frozen=True)
class _Parts:
    """The values that all parts of a long video share.

    Attributes:
        parent: the long video.
        plan: what is carried out.
        lines: the price of each part.
        dollars: what each is ordered for.
        payer: whose key pays, or None where nothing is to be paid.
        sounds: by place, of those that are given one.
    """

    parent: Job
    plan: RenderPlan
    lines: tuple[PricedLine, ...]
    dollars: tuple[Decimal, ...]
    payer: PayerSource | None
    sounds: dict[int, str]

    def new(self, place: int) -> Job:
        """Return the order of one part.

        Raises:
            InvalidParameters: its inputs are not complete.
        """
        segment = self.plan.segments[place]
        values: dict[str, Any] = dict(segment.input.arguments())
        if place in self.sounds:
            values[segment.input.recording_field or ""] = self.sounds[place]
        return child_of(
            self.parent,
            place,
            segment.input.endpoint_id,
            checked(type(segment.input), values).arguments(),
            title=numbered(self.parent.title, place + 1, len(self.plan.segments)),
            fingerprint=segment.fingerprint or uuid4().hex,
            seconds=segment.seconds,
            estimate=self.dollars[place],
            payer=self.payer,
            unit_price=self.lines[place].unit_price,
        )


class RenderOrders:
    """Orders the videos of one workspace.

    Args:
        workspace: its id.
        planner: what a video is made of.
        cuts: the sounds of its parts.
        journal: what happened to every job.
        engine: runs them.
        store: where the files are.
        catalogue: the models.
    """

    def __init__(
        self,
        workspace: str,
        planner: RenderPlanner,
        cuts: RecordingCuts,
        journal: Journal,
        engine: Engine,
        store: Store,
        catalogue: Catalogue,
    ) -> None:
        self._workspace = workspace
        self._planner = planner
        self._cuts = cuts
        self._journal = journal
        self._engine = engine
        self._store = store
        self._catalogue = catalogue

    def order(self, plan: RenderPlan, permit: Permit, title: str) -> Job:
        """As `RenderService.order`."""
        if not plan.another_take and (same := self._engine.under_way([self.job_for(plan, title)])):
            return same[0]

        def write(current: RenderPlan) -> Job:
            self.check(current)
            allowed = permit.for_lines(current.lines, another_take=current.another_take)
            return self._engine.order([self.composite(current, title, allowed)], allowed)[0]

        return order_current(plan, self._planner.plan_again, write)

    def plan_again(self, job: Job) -> RenderPlan:
        """Plan the same video once more; of a long video, or the one that a part belongs to, what
        is missing.

        Raises:
            InvalidParameters: the model has changed and does not take these inputs any more.
            NotFound: its inputs were erased.
        """
        parent = self._parent_of(job)
        if not parent.arguments:
            raise NotFound("This video's portrait or audio is no longer available.")
        endpoint_id, arguments = model_order(parent.endpoint_id, parent.arguments)
        input = checked(self._catalogue.model_of(endpoint_id), arguments)
        length = SpeechLength(parent.speech_seconds, "recording" if input.recording else "script")
        return self._planner.plan(input, length)

    def order_again(self, job: Job, plan: RenderPlan, permit: Permit) -> Job:
        """Order what `plan_again` planned of a job, under its title.

        Raises:
            RenderRefused, InvalidParameters, NotFound: as in `RenderService.order`.
        """
        return self.order(plan, permit, self._parent_of(job).title)

    def resent_line(self, job: Job) -> Line:
        """Return the request of one video or part, as it would be sent again.

        Raises:
            InvalidParameters: the model has changed and does not take these inputs any more.
            NotFound: its inputs were erased.
        """
        if not job.arguments:
            raise NotFound("This video's portrait or audio is no longer available.")
        input = checked(self._catalogue.model_of(job.endpoint_id), job.arguments)
        length = SpeechLength(job.speech_seconds, "recording" if input.recording else "script")
        return self._planner.plan_request(input, length).lines[0]

    def _parent_of(self, job: Job) -> Job:
        """Return the long video that a part belongs to; of any other job itself."""
        return self._journal.job(job.parent, self._workspace) if job.parent else job

    def check(self, plan: RenderPlan) -> None:
        """Check that a plan can be carried out.

        Raises:
            RenderRefused: it cannot be rendered here.
            InvalidParameters: its inputs are not complete.
            NotFound: a file of it is gone.
            PlanOutdated: a part that it counts on is gone.
        """
        if blocked := plan.blocked:
            raise RenderRefused(blocked)
        self._engine.check(plan.input.endpoint_id)
        arguments = checked(type(plan.input), plan.input.arguments()).arguments()
        for reference in references_in(arguments):
            if not self._store.exists(self._workspace, reference):
                raise NotFound(
                    "The portrait or the recording is no longer available. Choose it again."
                )
        if not self._planner.is_complete(plan):
            raise PlanOutdated

    def composite(
        self, plan: RenderPlan, title: str, permit: Permit, first: int = 0
    ) -> CompositeJob:
        """Return the composite job to order; nothing is stored but the sounds of its parts.

        Args:
            plan: the video.
            title: a few words to recognise it by.
            permit: leave to order its lines, and perhaps others before and after them.
            first: the place of its first line in the permit.
        """
        here = slice(first, first + len(plan.segments))
        lines, dollars = permit.lines[here], permit.dollars[here]
        parent = self.job_for(plan, title, sum(dollars, Decimal(0)), permit.actor_id)
        if plan.is_long:
            payer = permit.payer if plan.new else None
            return self._long_video(plan, parent, lines, dollars, payer)
        if not parent.kind.paid:
            return CompositeJob(parent)
        return CompositeJob(parent.replace(payer=permit.payer, unit_price=lines[0].unit_price))

    def _long_video(
        self,
        plan: RenderPlan,
        parent: Job,
        lines: tuple[PricedLine, ...],
        dollars: tuple[Decimal, ...],
        payer: PayerSource | None,
    ) -> CompositeJob:
        input = plan.input
        parent = parent.replace(endpoint_id=LongVideoInput.endpoint_id)
        sounds = self._cuts.keep_sounds(input, plan.new, plan.earlier)
        common = _Parts(parent, plan, lines, dollars, payer, sounds)
        children = {place: common.new(place) for place in plan.new}
        jobs = [job or children[plan.first[place]] for place, job in enumerate(plan.made)]
        long_video = LongVideoInput(
            endpoint=input.endpoint_id,
            input=input.arguments(),
            parts=tuple(
                LongVideoPart(job=job.id, frames=segment.frames, sentences=segment.sentences)
                for job, segment in zip(jobs, plan.segments, strict=True)
            ),
            sound=input.recording,
        )
        return CompositeJob(
            parent.replace(arguments=long_video.arguments()),
            tuple(children.values()),
            plan.made_before,
        )

    def job_for(
        self,
        plan: RenderPlan,
        title: str,
        dollars: Decimal = Decimal(0),
        ordered_by: str | None = None,
    ) -> Job:
        """Return the job that a person sees, not stored yet."""
        input = plan.input
        return new_job(
            self._workspace,
            input.endpoint_id,
            input.arguments(),
            ordered_by=ordered_by,
            title=" ".join(title.replace("\x00", "").split())[:LONGEST_TITLE] or input.title,
            seconds=sum((segment.seconds for segment in plan.segments), Decimal(0)),
            estimate=dollars,
        )


def checked(model: type[ModelInput], arguments: dict[str, Any]) -> ModelInput:
    """Return a model's stored inputs, validated.

    Raises:
        InvalidParameters: the model does not take them any more.
    """
    try:
        return model.model_validate(arguments)
    except ValidationError as error:
        raise InvalidParameters(
            "The model has changed since. Open Create and choose its settings again."
        ) from error
