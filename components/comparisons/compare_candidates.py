"""What each model would be given of what stands on the Create page, to be compared with others."""

from dataclasses import dataclass

from components.speech.draft_words import draft_refusal
from talkinghead.catalogue import (
    MODELS,
    DraftInput,
    ModelInput,
    SpeechLength,
    nearest_aspect,
)
from talkinghead.comparisons.input_mapping import PROMPT
from talkinghead.projects.project import Composition
from talkinghead.workspace import Workspace

UNSAID = "Takes a speech that is made."
CATALOGUE: tuple[type[ModelInput], ...] = (DraftInput, *MODELS)


@dataclass(frozen=True)
class Candidate:
    """One model that may be ticked.

    Attributes:
        model: which.
        composition: what stands on the page, with this model chosen and nothing of it missing.
        why_not: why it cannot start from what is there, or None.
        unsaid: it only waits for the speech to be made.
    """

    model: type[ModelInput]
    composition: Composition
    why_not: str | None
    unsaid: bool = False

    @property
    def endpoint_id(self) -> str:
        """The model's."""
        return self.model.endpoint_id

    def provisional(self) -> ModelInput:
        """Inputs to ask the price for."""
        if self.model is DraftInput:
            return DraftInput.provisional()
        return self.composition.provisional(self.model)

    @property
    def length(self) -> SpeechLength:
        """The speech as this model is given it."""
        if self.model is DraftInput:
            return self.composition.speech_or_example
        return self.composition.length_on(self.model)

    @property
    def is_guess(self) -> bool:
        """Whether its dollars are known only roughly."""
        return self.model is not DraftInput and self.composition.is_guess(self.model)

    def input(self, workspace: Workspace) -> ModelInput:
        """The complete inputs; cuts the portrait for this model's shape.

        Raises:
            StudioError: something is missing or out of its range.
        """
        image = _picture(workspace, self.composition)
        if self.model is DraftInput:
            drafted = self.composition.draft_input(image)
            made = self.composition.made_speech
            return drafted.replace(audio_url=made.reference, script_text=None) if made else drafted
        return self.composition.model_input(image)


def candidates(composition: Composition, prompt: str = PROMPT) -> list[Candidate]:
    """Every model as it would be compared, the free draft first.

    Args:
        composition: what stands on the page.
        prompt: what is shown, for models that must be told and were not.
    """
    # The same speech for all: one that was made is given to every model that takes a sound.
    same = composition.with_(own_voice=composition.made_speech is None and composition.own_voice)
    return [_candidate(same, model, prompt) for model in CATALOGUE]


def needs_prompt(candidate: Candidate, composition: Composition) -> bool:
    """Whether it must be told what the video shows, and its own settings say nothing."""
    field = candidate.model.prompt_field
    return field is not None and not composition.parameters_of(candidate.model).get(field)


def _candidate(composition: Composition, model: type[ModelInput], prompt: str) -> Candidate:
    if model is DraftInput:
        return Candidate(model, composition, _refusal(composition))
    complete = composition.with_(endpoint_id=model.endpoint_id)
    chosen = complete.parameters_of(model)
    if model.prompt_field and not chosen.get(model.prompt_field):
        chosen[model.prompt_field] = prompt
    if model.shape_field and model.shape_field not in chosen:
        chosen[model.shape_field] = nearest_aspect(composition.geometry.aspect)
    complete = complete.with_parameters(model, chosen)
    why_not = _why_not(complete, model)
    unsaid = complete.source == "script" and model.recording_field is not None
    if (
        unsaid
        and complete.speech
        and not complete.sound
        and (complete.says_first(model) or why_not)
    ):
        return Candidate(model, complete, UNSAID, unsaid=True)
    return Candidate(model, complete, why_not)


def _refusal(composition: Composition) -> str | None:
    """Why the draft cannot say the script, or None; to a speech that is made it moves its lips."""
    return None if composition.made_speech else draft_refusal(composition)


def _why_not(composition: Composition, model: type[ModelInput]) -> str | None:
    if composition.speech is None:
        return None  # prices are shown for an example
    return composition.provisional(model).blocked(composition.length_on(model))


def _picture(workspace: Workspace, composition: Composition) -> str:
    """The portrait cut for the shape of the chosen model's video."""
    assert composition.portrait is not None  # noqa: S101  nothing is ordered without one
    geometry, portrait = composition.geometry, composition.portrait
    box = composition.crop or workspace.default_crop(
        portrait, geometry.aspect, composition.face or 0
    )
    return workspace.crop_portrait(portrait, box, geometry)
