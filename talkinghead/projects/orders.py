"""The orders of a project: a video on its chosen model, and the free draft of it."""

from dataclasses import dataclass

from pydantic import ValidationError

from talkinghead.catalogue import DraftInput, ModelInput, SpeechLength
from talkinghead.core.errors import InvalidParameters
from talkinghead.projects.draft_inputs import draft_settings, draft_sound, draft_voice
from talkinghead.projects.values import Project
from talkinghead.speech.pronunciations.entries import pronounced
from talkinghead.speech.text.script import check_script


@dataclass(frozen=True)
class VideoOrder:
    """The order of one video.

    Attributes:
        input: the complete inputs of its model.
        speech: how long the speech is, and whether it is a script or a recording.
        title: a few words to recognise it by.
    """

    input: ModelInput
    speech: SpeechLength
    title: str

    @property
    def sound(self) -> str | None:
        """The reference of the sound for the model, or None if the model speaks itself."""
        return self.input.recording


def render_order(project: Project, image: str) -> VideoOrder:
    """Return the order of the project's video on its chosen model.

    Args:
        project: what is made.
        image: the reference of the portrait, cut for the shape of this video.

    Raises:
        InvalidParameters: something is missing or out of its range.
        InvalidScript: the words cannot be spoken.
    """
    model = project.model
    values = project.known_values(model, image)
    if project.source == "script":
        check_script(project.script)
        words = check_script(project.said)
        if model.script_field in values:
            values[model.script_field] = words
    try:
        complete = model.model_validate(values)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        label = name.replace("_", " ")
        raise InvalidParameters(
            f"{model.title} needs a different {label}. Check its settings.", field=name
        ) from None
    return VideoOrder(complete, _speech(project), project.title)


def draft_order(project: Project, image: str) -> VideoOrder:
    """Return the order of the free draft of the same video, in the chosen model's shape.

    Args:
        project: what is made.
        image: the reference of the portrait, cut for the shape of this video.

    Raises:
        InvalidParameters: there is nothing to say.
        InvalidScript: the words cannot be spoken.
    """
    speech = _speech(project)
    geometry, chosen = project.geometry, project.parameters_of(project.model)
    draft = DraftInput(
        image_url=image,
        script_text=_draft_words(project) if project.source == "script" else None,
        audio_url=draft_sound(project),
        voice=draft_voice(project),
        width=geometry.width // 2 * 2,
        height=geometry.height // 2 * 2,
        seed=abs(chosen.get("seed") or 0),
        stands_for=project.model.endpoint_id,
        **draft_settings(project),
    )
    return VideoOrder(draft, speech, project.title)


def files_to_send(project: Project, image: str) -> dict[str, str]:
    """Return the files for the chosen model, as far as they exist, by field.

    Args:
        project: what is made.
        image: the reference of the cut portrait; empty where it is not ready.
    """
    model = project.model
    values = project.known_values(model, image)
    fields = ("image_url", model.recording_field)
    return {field: values[field] for field in fields if field and values.get(field)}


def _speech(project: Project) -> SpeechLength:
    if project.speech is None:
        raise InvalidParameters("Add a script or a recording first.", field=project.source)
    return project.speech


def _draft_words(project: Project) -> str:
    """Return the words for the draft: the local voice pauses at the pause marks."""
    script = check_script(project.script)
    return check_script(pronounced(script, project.pronunciations).text)
