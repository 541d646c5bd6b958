"""The candidates of a comparison: the order that each model would receive from one project."""

from dataclasses import dataclass, replace

from talkinghead.catalogue import (
    DraftInput,
    ModelInput,
    SpeechLength,
    nearest_aspect,
)
from talkinghead.projects.draft_language import draft_refusal
from talkinghead.projects.orders import VideoOrder
from talkinghead.projects.service import ProjectService
from talkinghead.projects.values import Project
from talkinghead.renders.values import RenderPlan

UNSAID = "Needs a voice-over or a recording."


@dataclass(frozen=True)
class Candidate:
    """One model that can be selected.

    Attributes:
        model: which.
        project: with this model chosen and nothing of it missing.
        why_not: why it cannot start from what is there, or None.
        unsaid: it only waits for the speech to be made.
        plan: of its video from what is there, once it was planned.
    """

    model: type[ModelInput]
    project: Project
    why_not: str | None
    unsaid: bool = False
    plan: RenderPlan | None = None

    @property
    def endpoint_id(self) -> str:
        """The model's endpoint id."""
        return self.model.endpoint_id

    def provisional(self) -> ModelInput:
        """Inputs to request the price for."""
        if self.model is DraftInput:
            return DraftInput.provisional()
        return self.project.provisional(self.model)

    @property
    def length(self) -> SpeechLength:
        """The length of the speech for this model."""
        if self.model is DraftInput:
            return self.project.speech_or_example
        return self.project.length_on(self.model)

    @property
    def is_guess(self) -> bool:
        """Whether its price is approximate."""
        return self.model is not DraftInput and self.project.is_guess(self.model)

    def order(self, projects: ProjectService) -> VideoOrder:
        """Return the complete order; crops the portrait for this model's shape.

        Raises:
            StudioError: something is missing or out of its range.
        """
        if self.model is not DraftInput:
            return projects.render_order(self.project)
        draft, made = projects.draft_order(self.project), self.project.made_speech
        if made is None:
            return draft
        return replace(draft, input=draft.input.replace(audio_url=made.reference, script_text=None))


def candidates(project: Project) -> list[Candidate]:
    """Return a candidate for every model, the free draft first.

    Args:
        project: what is made.
    """
    # The same speech for all: one that was made is given to every model that takes a sound.
    same = project.with_(own_voice=project.made_speech is None and project.own_voice)
    return [_candidate(same, model) for model in project.catalogue.with_draft]


def _candidate(project: Project, model: type[ModelInput]) -> Candidate:
    if model is DraftInput:
        return Candidate(model, project, _refusal(project))
    complete = project.with_(endpoint_id=model.endpoint_id)
    chosen = complete.parameters_of(model)
    if model.shape_field and model.shape_field not in chosen:
        chosen[model.shape_field] = nearest_aspect(project.geometry.aspect)
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


def _refusal(project: Project) -> str | None:
    """Return why the draft cannot speak the script, or None; with generated speech it only moves
    its lips."""
    return None if project.made_speech else draft_refusal(project)


def _why_not(project: Project, model: type[ModelInput]) -> str | None:
    if project.speech is None:
        return None  # prices are shown for an example
    return project.provisional(model).blocked(project.length_on(model))
