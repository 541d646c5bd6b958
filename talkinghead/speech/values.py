"""What a speech, or a sentence to audition a voice with, is planned as, and what that costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from talkinghead.billing.values import Line, Quote
from talkinghead.catalogue.speech import ScriptSentence, SpokenScriptInput
from talkinghead.catalogue.voices.base import SpeechModelInput
from talkinghead.jobs.job import Job


@dataclass(frozen=True)
class SpeechPlan:
    """The existing and the new sentences of a speech.

    Attributes:
        given: the speech.
        new: sentences to be spoken, each once.
        awaited: the jobs that other orders have bought some of it with, under way.
        made_before: by fingerprint, the ids of the jobs that made or are making what the library
            lacks.
        lines: what is sent for each new sentence, in their order.
        ready_id: the speech of exactly this script in this voice, where it was made before.
        note: what to know before, such as a language that the voice does not speak.
    """

    given: SpokenScriptInput
    new: tuple[ScriptSentence, ...]
    awaited: tuple[Job, ...]
    made_before: Mapping[str, str]
    lines: tuple[Line, ...]
    ready_id: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class SpeechQuote:
    """The price of a planned speech at this moment.

    Attributes:
        plan: the speech.
        quote: of the lines of its plan.
    """

    plan: SpeechPlan
    quote: Quote

    @property
    def characters(self) -> int:
        """How many the voice is given in all."""
        return sum(len(each.said) for each in self.plan.given.sentences)

    @property
    def sentences(self) -> int:
        """How many there are."""
        return len(self.plan.given.sentences)

    @property
    def new_texts(self) -> tuple[str, ...]:
        """The sentences that this voice has not said before and is not saying now, in order."""
        return tuple(each.text for each in self.plan.new)

    @property
    def dollars(self) -> Decimal:
        """The price of the new sentences."""
        return self.quote.dollars or Decimal(0)  # each voice has a list price

    @property
    def why_not(self) -> str | None:
        """Why it cannot be made now, or None."""
        return None if self.plan.ready_id else self.quote.why_not

    @property
    def allowed(self) -> bool:
        """It can be made now."""
        return self.why_not is None


@dataclass(frozen=True)
class SentencePlan:
    """A single sentence in a bought voice, to audition it.

    Attributes:
        order: what the voice is given.
        title: for the ledger.
        fingerprint: of voice and words.
        made: the job that makes or made it, or None.
        ready: it is under way, or in the library.
        line: what is sent.
    """

    order: SpeechModelInput
    title: str
    fingerprint: str
    made: Job | None
    ready: bool
    line: Line

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is sent."""
        return (self.line,)
