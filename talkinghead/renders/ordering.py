"""Videos of any length, written down as jobs: new ones, and those of which a part is missing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from talkinghead.billing.spending import SpendGuard
from talkinghead.catalogue import Catalogue, FilmOrder, FilmPart, ModelInput, SpeechLength
from talkinghead.core.assets import references_in
from talkinghead.core.errors import InvalidParameters, NotFound, RenderRefused
from talkinghead.core.store import Store
from talkinghead.jobs.composite import CompositeJob
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import LONG_VIDEO, model_order
from talkinghead.jobs.new_job import child_of, new_job
from talkinghead.renders.cuts import RecordingCuts
from talkinghead.renders.planning import Plan, PlannedOrder, RenderPlanner
from talkinghead.renders.segments import numbered

LONGEST_TITLE = 120  # characters


@dataclass(frozen=True)
class _Parts:
    """What every part of a film has in common.

    Attributes:
        head: the film.
        order: the plan that is carried out.
        payer: whose key pays, or None where nothing is to be paid.
        sounds: by place, of those that are given one.
    """

    head: Job
    order: PlannedOrder
    payer: str | None
    sounds: dict[int, str]

    def new(self, place: int) -> Job:
        """The order of one part.

        Raises:
            InvalidParameters: its inputs are not complete.
        """
        piece, estimate = self.order.pieces[place], self.order.estimates[place]
        values: dict[str, Any] = dict(piece.input.arguments())
        if place in self.sounds:
            values[piece.input.recording_field or ""] = self.sounds[place]
        return child_of(
            self.head,
            place,
            piece.input.endpoint_id,
            checked(type(piece.input), values).arguments(),
            title=numbered(self.head.title, place + 1, len(self.order.pieces)),
            fingerprint=piece.fingerprint or uuid4().hex,
            seconds=piece.seconds,
            estimate=estimate.dollars or Decimal(0),  # an unknown price was refused for the whole
            payer=self.payer,
            unit_price=estimate.unit_price,
        )


class RenderOrders:
    """Orders the videos of one workspace.

    Args:
        workspace: its id.
        planner: what a video is made of.
        cuts: the sounds of its parts.
        guard: what may be spent.
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
        guard: SpendGuard,
        journal: Journal,
        engine: Engine,
        store: Store,
        catalogue: Catalogue,
    ) -> None:
        self._workspace = workspace
        self._planner = planner
        self._cuts = cuts
        self._guard = guard
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
    ) -> Job:
        """As `RenderService.order`."""
        if same := self._same_under_way(input):
            return same
        composite = self.composite(input, speech, title, agreed=agreed)
        self._engine.order_composites([composite], self._guard.admission([composite.paying]))
        return composite.parent

    def again(self, job: Job, agreed: Decimal | None) -> Job:
        """The same video once more; of a film, or the film that a job is a part of, only what is
        missing.

        Raises:
            InvalidParameters: the model has changed and does not take these inputs any more.
            RenderRefused, NotFound: as in `order`.
        """
        head = self._journal.job(job.parent, self._workspace) if job.parent else job
        endpoint_id, arguments = model_order(head.endpoint_id, head.arguments)
        input = checked(self._catalogue.model_of(endpoint_id), arguments)
        length = SpeechLength(head.speech_seconds, "recording" if input.recording else "script")
        agreed = head.estimate if agreed is None else agreed
        return self.order(input, length, head.title, agreed=agreed)

    def composite(
        self,
        input: ModelInput,
        speech: SpeechLength,
        title: str,
        *,
        agreed: Decimal | None = None,
    ) -> CompositeJob:
        """What is to be ordered; nothing of it is on record yet.

        Raises:
            RenderRefused, NotFound: as in `order`.
        """
        order = self._planner.plan(input, speech, certain=True)
        input, estimate = order.input, order.plan.estimate
        if estimate.blocked:
            raise RenderRefused(estimate.blocked)
        self._engine.check(input.endpoint_id)
        self._check_files(input.arguments())
        head = self._head(input, title, order.plan)
        if order.is_film:
            return self._film(input, head, order, agreed)
        if not head.kind.paid:
            return CompositeJob(head)
        bought = self._guard.authorise(head, estimate, agreed)
        return CompositeJob(bought.replace(unit_price=estimate.unit_price))

    def _film(
        self, input: ModelInput, head: Job, order: PlannedOrder, agreed: Decimal | None
    ) -> CompositeJob:
        payer = (
            self._guard.authorise(head, order.plan.estimate, agreed).payer if order.new else None
        )
        head = head.replace(endpoint_id=FilmOrder.endpoint_id)
        common = _Parts(head, order, payer, self._cuts.keep_sounds(input, order.new, order.earlier))
        children = {place: common.new(place) for place in order.new}
        jobs = [job or children[order.first[place]] for place, job in enumerate(order.made)]
        film = FilmOrder(
            endpoint=input.endpoint_id,
            input=input.arguments(),
            parts=tuple(
                FilmPart(job=job.id, frames=piece.frames, sentences=piece.sentences)
                for job, piece in zip(jobs, order.pieces, strict=True)
            ),
            sound=input.recording,
        )
        return CompositeJob(head.replace(arguments=film.arguments()), tuple(children.values()))

    def _head(self, input: ModelInput, title: str, plan: Plan) -> Job:
        return new_job(
            self._workspace,
            input.endpoint_id,
            input.arguments(),
            ordered_by=self._guard.actor_id,
            title=" ".join(title.replace("\x00", "").split())[:LONGEST_TITLE] or input.title,
            seconds=plan.seconds,
            estimate=plan.estimate.dollars or Decimal(0),
        )

    def _same_under_way(self, input: ModelInput) -> Job | None:
        """An open film of exactly this: a second click orders nothing, nor pays twice."""
        for job in self._journal.jobs(self._workspace, open_only=True):
            if job.kind is LONG_VIDEO and not job.cancel_requested:
                film = FilmOrder.model_validate(job.arguments)
                if (film.endpoint, film.input) == (input.endpoint_id, input.arguments()):
                    return job
        return None

    def _check_files(self, arguments: dict[str, Any]) -> None:
        for reference in references_in(arguments):
            if not self._store.exists(self._workspace, reference):
                raise NotFound(
                    "The portrait or the recording is not here any more. Choose it again."
                )


def checked(model: type[ModelInput], arguments: dict[str, Any]) -> ModelInput:
    """A model's inputs as they stand on record.

    Raises:
        InvalidParameters: the model does not take them any more.
    """
    try:
        return model.model_validate(arguments)
    except ValidationError as error:
        raise InvalidParameters(
            "The model has changed since. Open Create and choose the values again."
        ) from error
