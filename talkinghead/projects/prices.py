"""What this very speech costs on each model, and what the model's limits do to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.core.money import Estimate, show_price, show_seconds
from talkinghead.projects.values import Project

Estimating = Callable[[ModelInput, SpeechLength], Estimate]

Source = Literal["script", "recording"]
OTHER: Final[dict[Source, Source]] = {"script": "recording", "recording": "script"}


@dataclass(frozen=True)
class PricedModel:
    """One model with its price for this speech.

    Attributes:
        model: which.
        estimate: seconds and dollars, by its document's rule and with the parameters chosen for it.
        takes_speech: it can start from what is there, a script or a recording.
        blocked: why this length cannot be made in one piece, also where the model needs the other
            kind of speech, or None.
    """

    model: type[ModelInput]
    estimate: Estimate
    takes_speech: bool
    blocked: str | None

    @property
    def price(self) -> str:
        """The dollars as people read them; a script's length is a guess, so are its dollars."""
        dollars = show_price(self.estimate.dollars)
        guess = self.estimate.approximate and self.estimate.dollars is not None
        return f"~{dollars}" if guess else dollars

    @property
    def length(self) -> str:
        """The seconds that are billed."""
        return show_seconds(self.estimate.seconds)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Plain sentences on what stands against it or will be cut."""
        return (self.blocked,) if self.blocked else self.estimate.limits


def price_table(project: Project, estimate: Estimating) -> list[PricedModel]:
    """The project's video on every model of its catalogue; nothing is made yet.

    Args:
        project: what is made.
        estimate: tells seconds and dollars of a model's inputs, complete or not.
    """
    return [_priced(project, model, estimate) for model in project.catalogue.models]


def _priced(project: Project, model: type[ModelInput], estimate: Estimating) -> PricedModel:
    speech, provisional = project.length_on(model), project.provisional(model)
    taken = model.takes(speech.source)
    as_taken = speech if taken else replace(speech, source=OTHER[speech.source])
    priced = estimate(provisional, speech)
    return PricedModel(
        model=model,
        estimate=replace(priced, approximate=project.is_guess(model)),
        takes_speech=taken,
        blocked=provisional.blocked(as_taken),
    )
