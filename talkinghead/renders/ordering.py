"""Orders videos of any length: new ones, and retries of those with missing parts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from talkinghead.billing.caps import Permit
from talkinghead.billing.checkout import Checkout
from talkinghead.billing.values import PricedLine, Quote
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
from talkinghead.jobs.permit import order_current
from talkinghead.renders.planning import PlannedOrder, RenderPlanner
from talkinghead.renders.recording_cuts import RecordingCuts
from talkinghead.renders.segments import numbered

LONGEST_TITLE = 120  # characters


@dataclass(frozen=True)
class _Parts:
    """The values that all parts of a long video share.

    Attributes:
        parent: the long video.
        order: the plan that is carried out.
        lines: the price of each part.
        dollars: what each is ordered for.
        payer: whose key pays, or None where nothing is to be paid.
        sounds: by place, of those that are given one.
    """

    parent: Job
    order: PlannedOrder
    lines: tuple[PricedLine, ...]
    dollars: tuple[Decimal, ...]
    payer: PayerSource | None
    sounds: dict[int, str]

    def new(self, place: int) -> Job:
        """Return the order of one part.

        Raises:
            InvalidParameters: its inputs are not complete.
        """
        segment = self.order.segments[place]
        values: dict[str, Any] = dict(segment.input.arguments())
        if place in self.sounds:
            values[segment.input.recording_field or ""] = self.sounds[place]
        return child_of(
            self.parent,
            place,
            segment.input.endpoint_id,
            checked(type(segment.input), values).arguments(),
            title=numbered(self.parent.title, place + 1, len(self.order.segments)),
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
        checkout: quotes and permits.
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
        checkout: Checkout,
        journal: Journal,
        engine: Engine,
        store: Store,
        catalogue: Catalogue,
    ) -> None:
        self._workspace = workspace
        self._planner = planner
        self._cuts = cuts
        self._checkout = checkout
        self._journal = journal
        self._engine = engine
        self._store = store
        self._catalogue = catalogue

    def order(
        self,
        input: ModelInput,
        speech: SpeechLength,
        title: str,
        *,
        agreed: Decimal | None = None,
        ceiling: Decimal | None = None,
        another_take: bool = False,
    ) -> Job:
        """As `RenderService.order`."""
        return order_current(
            lambda: self._order(
                input, speech, title, agreed=agreed, ceiling=ceiling, another_take=another_take
            )
        )

    def _order(
        self,
        input: ModelInput,
        speech: SpeechLength,
        title: str,
        *,
        agreed: Decimal | None,
        ceiling: Decimal | None,
        another_take: bool,
    ) -> Job:
        order = self.plan(input, speech)
        quote = self._checkout.quote(order.lines)
        try:
            permit = self._checkout.authorise(
                quote, agreed, ceiling=ceiling, another_take=another_take
            )
        except RenderRefused:
            same = self._engine.under_way([self.job_for(order, title)])
            if another_take or not same:
                raise
            return same[0]
        composite = self.composite(order, title, quote, permit)
        return self._engine.order([composite], permit)[0]

    def again(self, job: Job, agreed: Decimal | None) -> Job:
        """Retry the video; of a long video, or the one that a part belongs to, order only what is
        missing.

        Raises:
            InvalidParameters: the model has changed and does not take these inputs any more.
            RenderRefused, NotFound: as in `order`.
        """
        parent = self._journal.job(job.parent, self._workspace) if job.parent else job
        endpoint_id, arguments = model_order(parent.endpoint_id, parent.arguments)
        input = checked(self._catalogue.model_of(endpoint_id), arguments)
        length = SpeechLength(parent.speech_seconds, "recording" if input.recording else "script")
        agreed = parent.estimate if agreed is None else agreed
        return self.order(input, length, parent.title, agreed=agreed)

    def plan(self, input: ModelInput, speech: SpeechLength) -> PlannedOrder:
        """What is to be ordered, certain that all it needs is there.

        Raises:
            RenderRefused: it cannot be rendered here.
            NotFound: a file of it is gone.
        """
        if blocked := input.blocked(speech):
            raise RenderRefused(blocked)
        self._engine.check(input.endpoint_id)
        self._check_files(input.arguments())
        return self._planner.plan(input, speech, certain=True)

    def composite(
        self, order: PlannedOrder, title: str, quote: Quote, permit: Permit, first: int = 0
    ) -> CompositeJob:
        """Return the composite job to order; nothing is stored.

        Args:
            order: the plan.
            title: a few words to recognise it by.
            quote: of its lines, and perhaps of others before and after them.
            permit: leave to order all of them.
            first: the place of its first line in the quote.
        """
        here = slice(first, first + len(order.segments))
        lines, dollars = quote.lines[here], permit.dollars[here]
        parent = self.job_for(order, title, sum(dollars, Decimal(0)))
        if order.is_long:
            payer = permit.payer if order.new else None
            return self._long_video(order, parent, lines, dollars, payer)
        if not parent.kind.paid:
            return CompositeJob(parent)
        return CompositeJob(parent.replace(payer=permit.payer, unit_price=lines[0].unit_price))

    def _long_video(
        self,
        order: PlannedOrder,
        parent: Job,
        lines: tuple[PricedLine, ...],
        dollars: tuple[Decimal, ...],
        payer: PayerSource | None,
    ) -> CompositeJob:
        input = order.input
        parent = parent.replace(endpoint_id=LongVideoInput.endpoint_id)
        sounds = self._cuts.keep_sounds(input, order.new, order.earlier)
        common = _Parts(parent, order, lines, dollars, payer, sounds)
        children = {place: common.new(place) for place in order.new}
        jobs = [job or children[order.first[place]] for place, job in enumerate(order.made)]
        long_video = LongVideoInput(
            endpoint=input.endpoint_id,
            input=input.arguments(),
            parts=tuple(
                LongVideoPart(job=job.id, frames=segment.frames, sentences=segment.sentences)
                for job, segment in zip(jobs, order.segments, strict=True)
            ),
            sound=input.recording,
        )
        return CompositeJob(
            parent.replace(arguments=long_video.arguments()),
            tuple(children.values()),
            order.made_before,
        )

    def job_for(self, order: PlannedOrder, title: str, dollars: Decimal = Decimal(0)) -> Job:
        """Return the job that a person sees, not stored yet."""
        input = order.input
        return new_job(
            self._workspace,
            input.endpoint_id,
            input.arguments(),
            ordered_by=self._checkout.actor_id,
            title=" ".join(title.replace("\x00", "").split())[:LONGEST_TITLE] or input.title,
            seconds=sum((segment.seconds for segment in order.segments), Decimal(0)),
            estimate=dollars,
        )

    def _check_files(self, arguments: dict[str, Any]) -> None:
        for reference in references_in(arguments):
            if not self._store.exists(self._workspace, reference):
                raise NotFound(
                    "The portrait or the recording is not here any more. Choose it again."
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
            "The model has changed since. Open Create and choose the values again."
        ) from error
