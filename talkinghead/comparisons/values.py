"""Several models side by side: their total price, and the resulting comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from talkinghead.billing.values import Line, Quote
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.comparisons.blind import chance, hides
from talkinghead.jobs.job import Job
from talkinghead.jobs.kinds import model_order
from talkinghead.renders.values import RenderPlan, RenderQuote


@dataclass(frozen=True)
class ComparisonPlan:
    """Several videos of the same portrait and speech that would be ordered together.

    Attributes:
        renders: each of them, in the order they were asked for.
    """

    renders: tuple[RenderPlan, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is sent for all of them; each line has the number of its video."""
        return tuple(
            replace(line, order=number, blocked=line.blocked and _named(plan, line.blocked))
            for number, plan in enumerate(self.renders)
            for line in plan.lines
        )


@dataclass(frozen=True)
class ComparisonQuote:
    """The price of several videos at this moment.

    Attributes:
        plan: the videos.
        quote: of the lines of their plans.
    """

    plan: ComparisonPlan
    quote: Quote

    @property
    def renders(self) -> tuple[RenderQuote, ...]:
        """The price of each alone."""
        quotes, first = [], 0
        for plan in self.plan.renders:
            end = first + len(plan.segments)
            quotes.append(RenderQuote(plan, self.quote.between(first, end)))
            first = end
        return tuple(quotes)


@dataclass(frozen=True)
class Comparison:
    """Jobs ordered together to choose from.

    Attributes:
        id: 32 hexadecimal digits.
        title: a few words to recognise it by.
        blind: names stay hidden until a choice is made.
        jobs: as they were ordered.
        chosen: the job whose video was kept as the best, or None.
        created_at: aware UTC.
        already_under_way: an order returned it because it makes exactly that already.
    """

    id: str
    title: str
    blind: bool
    jobs: list[Job]
    chosen: str | None
    created_at: datetime
    already_under_way: bool = False

    def ordered(self, jobs: Sequence[Job]) -> "Comparison":
        """Return the comparison as the answer to the order that made these jobs."""
        return replace(self, already_under_way=any(job.already_under_way for job in jobs))

    @property
    def hides_names(self) -> bool:
        """Whether the choice is still to be made blind, between videos that are there or may
        come."""
        return hides(blind=self.blind, chosen=self.chosen, states=(job.state for job in self.jobs))

    @property
    def mixed(self) -> list[Job]:
        """The jobs shuffled, always in the same order."""
        return sorted(self.jobs, key=lambda job: chance(self.id, job.id))


@dataclass(frozen=True)
class Preference:
    """The number of times that a model was chosen as the best.

    Attributes:
        endpoint_id: the model.
        shown: in how many comparisons that were decided its video was finished.
        chosen: in how many of those it was kept as the best.
        blind_shown, blind_chosen: the same, where the names were hidden.
    """

    endpoint_id: str
    shown: int
    chosen: int
    blind_shown: int
    blind_chosen: int


def fitted(input: ModelInput, speech: SpeechLength) -> SpeechLength:
    """Return the same length, as the kind of speech that these inputs use."""
    if input.recording:
        return replace(speech, source="recording")
    if input.takes(speech.source):
        return speech
    return replace(speech, source="script" if speech.source == "recording" else "recording")


def model_id(job: Job) -> str:
    """Return the endpoint id of the model that a job is a video of, also for a long video."""
    return model_order(job.endpoint_id, job.arguments)[0]


def _named(plan: RenderPlan, why_not: str) -> str:
    title = plan.input.title
    return why_not if title in why_not else f"{title}: {why_not}"
