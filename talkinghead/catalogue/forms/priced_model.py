"""A model with its price for one speech, for its card."""

from dataclasses import dataclass

from talkinghead.catalogue.base import ModelInput
from talkinghead.core.money import Estimate, show_price, show_seconds


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
        """The price as text; approximate if the length of the speech is."""
        dollars = show_price(self.estimate.dollars)
        guess = self.estimate.approximate and self.estimate.dollars is not None
        return f"~{dollars}" if guess else dollars

    @property
    def length(self) -> str:
        """The billed seconds as text."""
        return show_seconds(self.estimate.seconds)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences on what prevents the render or will be cut."""
        return (self.blocked,) if self.blocked else self.estimate.limits
