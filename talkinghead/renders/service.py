"""Videos of any length: ordered, also in parts, and ordered again where a part is missing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from talkinghead.catalogue import (
    FilmOrder,
    FilmPart,
    ModelInput,
    SpeechLength,
    model_of,
)
from talkinghead.core.assets import references_in
from talkinghead.core.errors import InvalidParameters, NotFound, RenderRefused
from talkinghead.jobs.composite import Family
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import LONG_VIDEO, model_order
from talkinghead.jobs.new_job import child_of, new_job
from talkinghead.renders.on_complete import FilmRecords
from talkinghead.renders.planning import Plan, PlannedOrder, PlannedPart, Planning
from talkinghead.renders.segments import cut, longest_frames, numbered

__all__ = ["Films", "Plan", "PlannedPart"]

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
            checked(piece.input.endpoint_id, values).arguments(),
            title=numbered(self.head.title, place + 1, len(self.order.pieces)),
            fingerprint=piece.fingerprint or uuid4().hex,
            seconds=piece.seconds,
            estimate=estimate.dollars or Decimal(0),  # an unknown price was refused for the whole
            payer=self.payer,
            unit_price=estimate.unit_price,
        )


class Films(Planning):
    """The verbs of a workspace that order videos."""

    _engine: Engine

    def render(
        self,
        input: ModelInput,
        speech: SpeechLength,
        title: str,
        *,
        agreed: Decimal | None = None,
    ) -> Job:
        """Order a video of any length; returns at once.

        What the model does not make in one request is ordered in parts, all together or nothing;
        parts that were rendered before are not ordered again. The very film that is under way
        already is not ordered twice.

        Args:
            input: the model's inputs.
            speech: how long the speech is.
            title: a few words to recognise it by.
            agreed: for a paid model, the dollars that the person confirmed.

        Raises:
            RenderRefused: this model cannot be rendered here, or not from this speech; nobody
                pays, the price rose meanwhile, or a cap is in the way.
            NotFound: an input is not in this workspace any more.
        """
        if same := self._same_under_way(input):
            return same
        family = self._family(input, speech, title, agreed=agreed)
        paying = family.paying
        self._engine.order_families([family], self._admission(paying) if paying.payer else None)
        return family.head

    def parts(self, job_id: str) -> list[Job]:
        """What a job is made of, by place, also what was made before it; [] for an ordinary job.

        Raises:
            NotFound: this workspace has no such job.
        """
        job = self._journal.job(job_id, self.id)
        if job.kind is not LONG_VIDEO or not job.arguments:
            return self._journal.children(job.id)
        records = FilmRecords(self._journal, self._videos, self._store)
        return records.parts(FilmOrder.model_validate(job.arguments))

    def _family(
        self,
        input: ModelInput,
        speech: SpeechLength,
        title: str,
        *,
        agreed: Decimal | None = None,
    ) -> Family:
        """What is to be ordered; nothing of it is on record yet.

        Raises:
            RenderRefused, NotFound: as in `render`.
        """
        order = self._planned(input, speech, certain=True)
        estimate = order.plan.estimate
        if estimate.blocked:
            raise RenderRefused(estimate.blocked)
        self._engine.check(input.endpoint_id)
        self._check_files(input.arguments())
        head = self._head(input, title, order.plan)
        if order.is_film:
            return self._film(input, head, order, agreed)
        if not head.kind.paid:
            return Family(head)
        bought = self._bought(head, estimate, agreed)
        return Family(bought.replace(unit_price=estimate.unit_price))

    def _film(
        self, input: ModelInput, head: Job, order: PlannedOrder, agreed: Decimal | None
    ) -> Family:
        payer = self._bought(head, order.plan.estimate, agreed).payer if order.new else None
        head = head.replace(endpoint_id=FilmOrder.endpoint_id)
        common = _Parts(head, order, payer, self._part_sounds(input, order))
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
        return Family(head.replace(arguments=film.arguments()), tuple(children.values()))

    def _head(self, input: ModelInput, title: str, plan: Plan) -> Job:
        return new_job(
            self.id,
            input.endpoint_id,
            input.arguments(),
            title=" ".join(title.replace("\x00", "").split())[:LONGEST_TITLE] or input.title,
            seconds=plan.seconds,
            estimate=plan.estimate.dollars or Decimal(0),
        )

    def _same_under_way(self, input: ModelInput) -> Job | None:
        """An open film of exactly this: a second click orders nothing, nor pays twice."""
        for job in self._journal.jobs(self.id, open_only=True):
            if job.kind is LONG_VIDEO and not job.cancel_requested:
                film = FilmOrder.model_validate(job.arguments)
                if (film.endpoint, film.input) == (input.endpoint_id, input.arguments()):
                    return job
        return None

    def _render_again(self, job: Job, agreed: Decimal | None) -> Job:
        """The same video once more; of a film, or the film that a job is a part of, only what is
        missing.

        Raises:
            InvalidParameters: the model has changed and does not take these inputs any more.
            RenderRefused, NotFound: as in `render`.
        """
        head = self._journal.job(job.parent, self.id) if job.parent else job
        input = checked(*model_order(head.endpoint_id, head.arguments))
        length = SpeechLength(head.speech_seconds, "recording" if input.recording else "script")
        agreed = head.estimate if agreed is None else agreed
        return self.render(input, length, head.title, agreed=agreed)

    def _part_sounds(self, input: ModelInput, order: PlannedOrder) -> dict[int, str]:
        """The sounds of the parts that are to be ordered, by place, in the store."""
        if not input.recording or not order.new:
            return {}
        from talkinghead.av.sound import sound_bytes

        said = self._said(input.recording)
        parts = cut(self._sound(input), longest_frames(input), said, order.earlier)
        return {
            place: self._store.put(self.id, sound_bytes(parts[place].sound, ".wav"), ".wav")
            for place in order.new
        }

    def _check_files(self, arguments: dict[str, Any]) -> None:
        for reference in references_in(arguments):
            if not self._store.exists(self.id, reference):
                raise NotFound(
                    "The portrait or the recording is not here any more. Choose it again."
                )


def checked(endpoint_id: str, arguments: dict[str, Any]) -> ModelInput:
    """A model's inputs as they stand on record.

    Raises:
        InvalidParameters: the model does not take them any more.
    """
    try:
        return model_of(endpoint_id).model_validate(arguments)
    except ValidationError as error:
        raise InvalidParameters(
            "The model has changed since. Open Create and choose the values again."
        ) from error
