"""What the free draft of a project is made from: its sound or its voice, and its settings."""

from typing import Any

from talkinghead.catalogue import DRAFT_SETTINGS, DraftInput
from talkinghead.projects.values import Project


def draft_sound(project: Project) -> str | None:
    """Return the reference of the sound that the draft moves its lips to, or None if it speaks the
    script itself.

    The voice-over is used also for a model that speaks with the closest of its own voices.
    """
    if project.source == "recording":
        return project.edited.reference if project.edited else None
    made = project.made_speech
    return made.reference if made and not _other_voice(project) else None


def draft_speaks(project: Project) -> bool:
    """Whether the draft speaks the script itself, rather than using a given sound."""
    return project.source == "script" and draft_sound(project) is None


def draft_voice(project: Project) -> str:
    """Return the voice that the draft stands in for: another one that was chosen for the model,
    else the project's; a bought one by its name."""
    return _other_voice(project) or project.reader.rpartition(":")[2]


def draft_settings(project: Project) -> dict[str, Any]:
    """Return how the face of the draft behaves, as far as it differs from the defaults."""
    kept = project.parameters_of(DraftInput)
    return {name: kept[name] for name in DRAFT_SETTINGS if name in kept}


def _other_voice(project: Project) -> str | None:
    """Return the voice chosen for the model where that is not the closest to the project's."""
    model = project.model
    chosen = None if project.says_first(model) else project.chosen_voice(model)
    return None if chosen == project.closest_voice(model) else chosen
