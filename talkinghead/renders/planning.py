"""What a video of any length is made of, and what of it is still to be paid for."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from talkinghead.billing.service import PriceSource, Purse
from talkinghead.catalogue import FilmOrder, FilmPart, ModelInput, SpeechLength
from talkinghead.core.errors import NotFound
from talkinghead.core.money import Estimate, total
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import LONG_VIDEO
from talkinghead.renders.segments import (
    Cutter,
    Piece,
    Said,
    even_pieces,
    longest_frames,
    recording_pieces,
    script_pieces,
    whole,
)
from talkinghead.speech.repository import Speech
from talkinghead.videos.repository import Videos

REMEMBERED_FILMS = 20  # of the latest, one is the film that this one was edited from


@dataclass(frozen=True)
class PlannedPart:
    """A part of a video that is still to be ordered.

    Attributes:
        number: from 1.
        start_seconds, seconds: of the whole; guesses for a script.
        sentences: what is said in it, where that is known.
        dollars: what it costs, or would if it were not ready; None where nobody knows.
        ready: rendered before, or under way; it costs nothing now.
    """

    number: int
    start_seconds: Decimal
    seconds: Decimal
    sentences: tuple[str, ...]
    dollars: Decimal | None
    ready: bool


@dataclass(frozen=True)
class Plan:
    """What would be ordered now.

    Attributes:
        parts: one for a video that is made at once.
        estimate: of the parts that are not ready.
        whole_dollars: of all parts, or None where nobody knows.
        seconds: of the whole video.
        price_source: where the prices come from.
    """

    parts: tuple[PlannedPart, ...]
    estimate: Estimate
    whole_dollars: Decimal | None
    seconds: Decimal
    price_source: PriceSource = "list price"


@dataclass(frozen=True)
class PlannedOrder:
    """A plan with what is needed to carry it out, place by place.

    Attributes:
        plan: what a person sees.
        pieces: what is asked of the model.
        estimates: the price of each.
        made: the job that has made it, or is making it, or None.
        first: the place of the first piece that is the same; a passage said twice is made once.
        earlier: how the film was cut that this one was edited from.
    """

    plan: Plan
    pieces: Sequence[Piece]
    estimates: Sequence[Estimate]
    made: Sequence[Job | None]
    first: Sequence[int]
    earlier: Sequence[FilmPart]

    @property
    def is_film(self) -> bool:
        """It is joined, or taken from what was made before."""
        return len(self.pieces) > 1 or any(self.made)

    @property
    def new(self) -> list[int]:
        """The places of what is to be ordered."""
        return _new(self.made, self.first)


class Planning(Purse):
    """The verbs of a workspace that plan videos."""

    id: str
    _store: Store
    _journal: Journal
    _videos: Videos
    _cutter: Cutter
    speech_of: Callable[[str], Speech | None]

    def plan(self, input: ModelInput, speech: SpeechLength) -> Plan:
        """What would be ordered now: in which parts, what of it is there already, and the price of
        the rest. Free to ask, also with provisional inputs; those without their recording are
        planned in parts of equal length.
        """
        return self._planned(input, speech).plan

    def _priced(self, input: ModelInput, speech: SpeechLength) -> tuple[Estimate, PriceSource]:
        plan = self._planned(input, speech).plan
        return plan.estimate, plan.price_source

    def _planned(
        self, input: ModelInput, speech: SpeechLength, *, certain: bool = False
    ) -> PlannedOrder:
        """The plan; `certain` also looks whether the files of what is ready are there."""
        earlier: Sequence[FilmPart] = ()
        if input.fits(speech):
            pieces = [whole(input, speech, self._sentences(input))]
        elif input.recording:
            said = self._said(input.recording)
            earlier = self._cut_before(input, said)
            pieces = recording_pieces(input, self._stretches(input, said, earlier))
        else:
            pieces = script_pieces(input, speech) if input.script else even_pieces(input, speech)
        priced = [super(Planning, self)._priced(piece.input, piece.speech) for piece in pieces]
        estimates = [estimate for estimate, _ in priced]
        made = self._made(pieces, certain=certain)
        first = _first(pieces)
        plan = _plan(input, speech, pieces, estimates, _new(made, first))
        plan = replace(plan, price_source=priced[0][1])
        return PlannedOrder(plan, pieces, estimates, made, first, earlier)

    def _made(self, pieces: Sequence[Piece], *, certain: bool) -> list[Job | None]:
        """For each piece the job that has made it, or is making it."""
        wanted = [piece.fingerprint for piece in pieces if piece.fingerprint]
        known = self._journal.made_before(self.id, wanted) if wanted else {}
        made = [known.get(piece.fingerprint or "") for piece in pieces]
        return [job if job and self._is_there(job, certain=certain) else None for job in made]

    def _is_there(self, job: Job, *, certain: bool) -> bool:
        if job.state is not JobState.DONE:
            return True
        try:
            video = self._videos.video(self.id, job.video_id or "")
        except NotFound:
            return False
        return not certain or self._store.exists(self.id, video.file)

    def _said(self, reference: str) -> Said:
        speech = self.speech_of(reference)
        return Said(speech.sentences, speech.words) if speech else Said()

    def _sentences(self, input: ModelInput) -> tuple[str, ...]:
        said = self._said(input.recording) if input.recording else Said()
        return tuple(sentence.text for sentence in said.sentences)

    def _stretches(self, input: ModelInput, said: Said, earlier: Sequence[FilmPart]) -> Any:
        return self._cutter.stretches(
            f"{self.id} {input.recording}",
            lambda: self._sound(input),
            longest_frames(input),
            said,
            earlier,
        )

    def _sound(self, input: ModelInput) -> Any:
        from talkinghead.av.sound import read_sound

        return read_sound(self._store.read(self.id, input.recording or ""))

    def _cut_before(self, input: ModelInput, said: Said) -> Sequence[FilmPart]:
        """How the film was cut that this one was edited from: of the latest of this model the one
        that says most of the same."""
        sentences = Counter(sentence.text for sentence in said.sentences)
        if not sentences:
            return ()
        best: Sequence[FilmPart] = ()
        most = 0
        for job in self._journal.latest(self.id, LONG_VIDEO, REMEMBERED_FILMS):
            film = FilmOrder.model_validate(job.arguments) if job.arguments else None
            if film is None or film.endpoint != input.endpoint_id:
                continue
            same = Counter(text for part in film.parts for text in part.sentences) & sentences
            if same.total() > most:
                best, most = film.parts, same.total()
        return best


def _plan(
    input: ModelInput,
    speech: SpeechLength,
    pieces: Sequence[Piece],
    estimates: Sequence[Estimate],
    new: Sequence[int],
) -> Plan:
    parts = tuple(
        PlannedPart(
            number=place + 1,
            start_seconds=piece.start,
            seconds=piece.seconds,
            sentences=piece.sentences,
            dollars=estimates[place].dollars,
            ready=place not in new,
        )
        for place, piece in enumerate(pieces)
    )
    limits = estimates[0].limits
    if len(pieces) > 1:
        limits = (f"Rendered in {len(pieces)} parts and joined.",)
    estimate = replace(
        estimates[0],
        seconds=sum((estimates[place].seconds for place in new), Decimal(0)),
        dollars=total(estimates[place].dollars for place in new),
        approximate=speech.approximate,
        limits=limits,
        blocked=input.blocked(speech),
    )
    return Plan(
        parts=parts,
        estimate=estimate,
        whole_dollars=total(part.dollars for part in parts),
        seconds=sum((part.seconds for part in parts), Decimal(0)),
    )


def _first(pieces: Sequence[Piece]) -> list[int]:
    """For each piece the place of the first that is the same."""
    known: dict[str, int] = {}
    return [
        known.setdefault(piece.fingerprint, place) if piece.fingerprint else place
        for place, piece in enumerate(pieces)
    ]


def _new(made: Sequence[Job | None], first: Sequence[int]) -> list[int]:
    return [place for place, job in enumerate(made) if job is None and first[place] == place]
