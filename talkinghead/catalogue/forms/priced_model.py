"""A model with its price for one speech, as its card shows it."""

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
