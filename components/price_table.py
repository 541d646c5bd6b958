"""What this very speech costs on each model, and what the model's limits do to it."""

from dataclasses import dataclass

from components.composition import Composition
from talkinghead.models import MODELS, ModelInput
from talkinghead.money import Estimate, show_dollars, show_seconds
from talkinghead.workspace import Workspace


@dataclass(frozen=True)
class Offer:
    """One model with its price for this speech.

    Attributes:
        model: which.
        estimate: seconds and dollars, by its document's rule and with the parameters chosen for it.
        takes_speech: it can start from what is there, a script or a recording.
    """

    model: type[ModelInput]
    estimate: Estimate
    takes_speech: bool

    @property
    def price(self) -> str:
        """The dollars as people read them; a script's length is a guess, so are its dollars."""
        dollars = show_dollars(self.estimate.dollars)
        return f"~{dollars}" if self.estimate.approximate else dollars

    @property
    def length(self) -> str:
        """The seconds that are billed."""
        return show_seconds(self.estimate.seconds)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Plain sentences on what stands against it or will be cut."""
        if not self.takes_speech:
            return ()
        return (self.estimate.blocked,) if self.estimate.blocked else self.estimate.limits


def price_table(workspace: Workspace, composition: Composition) -> list[Offer]:
    """Every model of the catalogue, in its order."""
    speech = composition.speech_or_example
    return [
        Offer(
            model=model,
            estimate=workspace.estimate(composition.provisional(model), speech),
            takes_speech=model.takes(composition.source),
        )
        for model in MODELS
    ]
