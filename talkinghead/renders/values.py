"""What a video of any length is planned as, and what that costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from talkinghead.billing.values import Line, Quote
from talkinghead.catalogue import LongVideoPart, ModelInput, SpeechLength
from talkinghead.core.money import Estimate, total
from talkinghead.jobs.job import Job
from talkinghead.renders.segments import Segment, fingerprint


@dataclass(frozen=True)
class RenderPlan:
    """What would be ordered now, by place.

    Attributes:
        input: the model's, as it is sent.
        speech: how long the speech is.
        segments: what is asked of the model.
        estimates: of each, by the model's own document.
        made: the job that has made it, or is making it, or None.
        made_before: the same as the journal had it, by fingerprint, whether or not its video is
            still there.
        first: the place of the first segment that is the same; a passage said twice is made once.
        earlier: how the long video was cut that this one was edited from.
        another_take: nothing that was made before is used.
    """

    input: ModelInput
    speech: SpeechLength
    segments: Sequence[Segment]
    estimates: Sequence[Estimate]
    made: Sequence[Job | None]
    made_before: Mapping[str, str]
    first: Sequence[int]
    earlier: Sequence[LongVideoPart]
    another_take: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it is joined, or uses parts made before."""
        return len(self.segments) > 1 or any(self.made)

    @property
    def new(self) -> list[int]:
        """The places of what is to be ordered."""
        made = enumerate(self.made)
        return [place for place, job in made if job is None and self.first[place] == place]

    @property
    def blocked(self) -> str | None:
        """Why the model cannot make it at all, or None."""
        return self.input.blocked(self.speech)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The inputs that are sent for each segment."""
        new, blocked = self.new, self.blocked
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


@dataclass(frozen=True)
class QuotedSegment:
    """A segment of a video that is still to be ordered, with its price.

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
class RenderQuote:
    """The price of a planned video at this moment.

    Attributes:
        plan: the video.
        quote: of the lines of its plan.
    """

    plan: RenderPlan
    quote: Quote

    @property
    def segments(self) -> tuple[QuotedSegment, ...]:
        """Its segments; one for a video that is made at once."""
        new = self.plan.new
        return tuple(
            QuotedSegment(
                number=place + 1,
                start_seconds=segment.start,
                seconds=segment.seconds,
                sentences=segment.sentences,
                dollars=self.quote.lines[place].dollars,
                ready=place not in new,
            )
            for place, segment in enumerate(self.plan.segments)
        )

    @property
    def estimate(self) -> Estimate:
        """The seconds and dollars of the segments that are not ready."""
        plan, first = self.plan, self.quote.lines[0]
        limits = plan.estimates[0].limits
        if len(plan.segments) > 1:
            limits = (f"Rendered in {len(plan.segments)} parts and joined.",)
        return replace(
            plan.estimates[0],
            seconds=sum((plan.estimates[place].seconds for place in plan.new), Decimal(0)),
            dollars=total(self.quote.lines[place].dollars for place in plan.new),
            approximate=plan.speech.approximate,
            per_second=first.rate,
            unit_price=first.unit_price,
            limits=limits,
            blocked=plan.blocked,
        )

    @property
    def whole_dollars(self) -> Decimal | None:
        """The dollars of all segments; None where nobody knows."""
        return total(line.dollars for line in self.quote.lines)

    @property
    def seconds(self) -> Decimal:
        """The length of the whole video."""
        return sum((segment.seconds for segment in self.plan.segments), Decimal(0))
