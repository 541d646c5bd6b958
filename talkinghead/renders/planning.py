"""Plans a video of any length: its segments, and which of them are still to be paid for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from talkinghead.billing.values import Line, PriceSource, Quote
from talkinghead.catalogue import LongVideoPart, ModelInput, SpeechLength
from talkinghead.core.errors import NotFound
from talkinghead.core.money import Estimate, total
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import kind_of
from talkinghead.renders.recording_cuts import RecordingCuts
from talkinghead.renders.segments import (
    Segment,
    even_segments,
    fingerprint,
    recording_segments,
    script_segments,
    whole,
)
from talkinghead.speech.recordings.lengths import RecordingLengths
from talkinghead.videos.repository import VideoRepository


@dataclass(frozen=True)
class PlannedSegment:
    """A segment of a video that is still to be ordered.

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
    """The order that would be placed now.

    Attributes:
        parts: one for a video that is made at once.
        estimate: of the parts that are not ready.
        whole_dollars: of all parts, or None where nobody knows.
        seconds: of the whole video.
        price_source: where the prices come from.
    """

    parts: tuple[PlannedSegment, ...]
    estimate: Estimate
    whole_dollars: Decimal | None
    seconds: Decimal
    price_source: PriceSource = "list price"


@dataclass(frozen=True)
class PlannedOrder:
    """A plan with what is needed to order it, by place.

    Attributes:
        input: the model's, as it is sent.
        speech: how long the speech is.
        segments: what is asked of the model.
        estimates: of each, by the model's own document.
        made: the job that has made it, or is making it, or None.
        made_before: the same as the journal had it, by fingerprint, whether or not its video is
            still there.
        first: the place of the first segment that is the same; a passage said twice is made once.
        earlier: how the long_video was cut that this one was edited from.
    """

    input: ModelInput
    speech: SpeechLength
    segments: Sequence[Segment]
    estimates: Sequence[Estimate]
    made: Sequence[Job | None]
    made_before: Mapping[str, str]
    first: Sequence[int]
    earlier: Sequence[LongVideoPart]

    @property
    def is_long(self) -> bool:
        """Whether it is joined, or uses parts made before."""
        return len(self.segments) > 1 or any(self.made)

    @property
    def new(self) -> list[int]:
        """The places of what is to be ordered."""
        return _new(self.made, self.first)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The inputs that are sent for each segment."""
        new, blocked = self.new, self.input.blocked(self.speech)
        return tuple(
            Line(
                endpoint_id=segment.input.endpoint_id,
                fingerprint=segment.fingerprint or fingerprint(segment.input),
                unit="second",
                quantity=estimate.seconds,
                listed=estimate.per_second,
                plain=estimate.unit_price,
                ready=place not in new,
                blocked=blocked,
            )
            for place, (segment, estimate) in enumerate(
                zip(self.segments, self.estimates, strict=True)
            )
        )

    def priced(self, quote: Quote) -> Plan:
        """Return the plan as it is shown to a person.

        Args:
            quote: of its lines.
        """
        return _plan(self, quote)


class RenderPlanner:
    """Plans the videos of one workspace.

    Args:
        workspace: its id.
        cuts: chooses where recordings are cut.
        lengths: measures recordings.
        journal: finds earlier and running jobs with the same inputs.
        videos: the gallery's repository.
        store: holds the files.
    """

    def __init__(
        self,
        workspace: str,
        cuts: RecordingCuts,
        lengths: RecordingLengths,
        journal: Journal,
        videos: VideoRepository,
        store: Store,
    ) -> None:
        self._workspace = workspace
        self._cuts = cuts
        self._lengths = lengths
        self._journal = journal
        self._videos = videos
        self._store = store

    def plan(
        self, input: ModelInput, speech: SpeechLength, *, certain: bool = False
    ) -> PlannedOrder:
        """Return the order that would be placed now; `certain` also checks that ready files are
        there."""
        input, speech = self._as_sent(input, speech)
        earlier: Sequence[LongVideoPart] = ()
        if input.fits(speech):
            segments = [whole(input, speech, self._cuts.sentences(input))]
        elif input.recording:
            earlier = self._cuts.earlier(input)
            segments = recording_segments(input, self._cuts.sound_segments(input, earlier))
        else:
            segments = (
                script_segments(input, speech) if input.script else even_segments(input, speech)
            )
        estimates = [segment.input.estimate(segment.speech) for segment in segments]
        known = self._known(segments)
        made = [self._there(known, segment, certain=certain) for segment in segments]
        made_before = {fingerprint: job.id for fingerprint, job in known.items()}
        return PlannedOrder(
            input, speech, segments, estimates, made, made_before, _first(segments), earlier
        )

    def _as_sent(self, input: ModelInput, speech: SpeechLength) -> tuple[ModelInput, SpeechLength]:
        """The inputs with the measured length of their recording, and with the parameters that
        followed what was known of it."""
        if not input.recording or not kind_of(input.endpoint_id).paid:
            return input, speech
        measured = self._lengths.find(input.recording)
        known = input.following(speech)
        if all(getattr(input, name) == value for name, value in known.items()):
            input = input.model_copy(update=input.following(measured))
        return input, measured

    def _known(self, segments: Sequence[Segment]) -> dict[str, Job]:
        """Return the jobs that made these segments, or are making them, by fingerprint."""
        wanted = [segment.fingerprint for segment in segments if segment.fingerprint]
        return self._journal.made_before(self._workspace, wanted) if wanted else {}

    def _there(self, known: Mapping[str, Job], segment: Segment, *, certain: bool) -> Job | None:
        """Return the job of a segment, unless its video is gone."""
        job = known.get(segment.fingerprint or "")
        return job if job and self._is_there(job, certain=certain) else None

    def _is_there(self, job: Job, *, certain: bool) -> bool:
        if job.state is not JobState.DONE:
            return True
        try:
            video = self._videos.video(self._workspace, job.video_id or "")
        except NotFound:
            return False
        return not certain or self._store.exists(self._workspace, video.file)


def _plan(order: PlannedOrder, quote: Quote) -> Plan:
    new, estimates, first = order.new, order.estimates, quote.lines[0]
    parts = tuple(
        PlannedSegment(
            number=place + 1,
            start_seconds=segment.start,
            seconds=segment.seconds,
            sentences=segment.sentences,
            dollars=quote.lines[place].dollars,
            ready=place not in new,
        )
        for place, segment in enumerate(order.segments)
    )
    limits = estimates[0].limits
    if len(parts) > 1:
        limits = (f"Rendered in {len(parts)} parts and joined.",)
    estimate = replace(
        estimates[0],
        seconds=sum((estimates[place].seconds for place in new), Decimal(0)),
        dollars=total(quote.lines[place].dollars for place in new),
        approximate=order.speech.approximate,
        per_second=first.rate,
        unit_price=first.unit_price,
        limits=limits,
        blocked=order.input.blocked(order.speech),
    )
    return Plan(
        parts=parts,
        estimate=estimate,
        whole_dollars=total(part.dollars for part in parts),
        seconds=sum((part.seconds for part in parts), Decimal(0)),
        price_source=quote.price_source,
    )


def _first(segments: Sequence[Segment]) -> list[int]:
    """Return for each segment the place of the first one that is the same."""
    known: dict[str, int] = {}
    return [
        known.setdefault(segment.fingerprint, place) if segment.fingerprint else place
        for place, segment in enumerate(segments)
    ]


def _new(made: Sequence[Job | None], first: Sequence[int]) -> list[int]:
    return [place for place, job in enumerate(made) if job is None and first[place] == place]
