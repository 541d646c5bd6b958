"""The price of a project's speech on each model, and the effects of the model's limits."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal

from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.catalogue.forms.priced_model import PricedModel
from talkinghead.core.money import Estimate
from talkinghead.projects.values import Project

Estimating = Callable[[ModelInput, SpeechLength], Estimate]

Source = Literal["script", "recording"]
OTHER: Final[dict[Source, Source]] = {"script": "recording", "recording": "script"}


def price_table(project: Project, estimate: Estimating) -> list[PricedModel]:
    """Return the project's video priced on every model of its catalogue; nothing is made.

    Args:
        project: what is made.
        estimate: returns seconds and dollars of a model's inputs, complete or not.
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
