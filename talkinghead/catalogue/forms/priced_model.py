"""A model with its price for one speech, for its card."""

from collections.abc import Iterable
from dataclasses import dataclass

from talkinghead.catalogue.base import ModelInput
from talkinghead.core.money import Estimate, show_cents


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
        return show_cents(self.estimate.dollars, approximate=self.estimate.approximate)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences on what prevents the render or will be cut."""
        return (self.blocked,) if self.blocked else self.estimate.limits


def by_price(models: Iterable[PricedModel]) -> list[PricedModel]:
    """Return the models by price, the cheapest first, and at the end those of unknown price."""
    return sorted(
        models, key=lambda priced: (priced.estimate.dollars is None, priced.estimate.dollars or 0)
    )


def cheapest(models: Iterable[PricedModel]) -> type[ModelInput] | None:
    """Return the cheapest of the models that take the speech as it is, or None."""
    fitting = [priced.model for priced in by_price(models) if priced.takes_speech]
    return fitting[0] if fitting else None
