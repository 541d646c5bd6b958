"""Makes a project from the options of a command, as the Create page does from its widgets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talkinghead.cli.draft import check_file_to_read
from talkinghead.cli.output import cleaned_script
from talkinghead.core.errors import (
    InvalidInput,
    InvalidParameters,
    InvalidPortrait,
    InvalidScript,
    NotFound,
)

if TYPE_CHECKING:
    from talkinghead.catalogue import Catalogue, ModelInput
    from talkinghead.projects.values import Project
    from talkinghead.workspace import Workspace

Script = Annotated[
    str | None,
    typer.Option("--script", metavar="TEXT", help="The script to speak.", callback=cleaned_script),
]
Audio = Annotated[
    Path | None, typer.Option("--audio", metavar="FILE", help="A recording to lip-sync to.")
]
Voice = Annotated[
    str | None,
    typer.Option(
        "--voice",
        metavar="VOICE",
        help="A voice of the model, or one of `talkinghead speech --voices` for a voice-over.",
        show_default=False,
    ),
]
Prompt = Annotated[
    str | None,
    typer.Option(
        "--prompt", metavar="TEXT", help=("What the video shows, for models that take a prompt.")
    ),
]
Parameters = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the model; may be repeated."),
]
Face = Annotated[
    int | None,
    typer.Option(
        "--face", min=1, help=("Who speaks if there are several faces, counted from the largest.")
    ),
]


@dataclass(frozen=True)
class Asked:
    """The options of a command.

    Attributes:
        portrait: the picture, or None where only prices are asked for.
        script, audio: one of them, what is spoken.
        voice: by its id or name; None leaves the choice to the model.
        face: which of several faces, from 1.
        prompt, parameters: of the model, the latter as NAME=VALUE.
    """

    portrait: Path | None
    script: str | None
    audio: Path | None
    voice: str | None = None
    face: int | None = None
    prompt: str | None = None
    parameters: Sequence[str] = ()


def find_model(
    name: str, catalogue: "Catalogue", *, with_draft: bool = False
) -> "type[ModelInput]":
    """The model that a person means by its id, the end of it, or its title.

    Args:
        name: as it was typed.
        catalogue: the models there are.
        with_draft: the free draft is one of them.

    Raises:
        NotFound: there is none.
    """
    wanted = name.strip().lower()
    models = catalogue.with_draft if with_draft else catalogue.models
    for model in models:
        if wanted in (model.endpoint_id, short_name(model), model.title.lower()):
            return model
    known = ", ".join(short_name(model) for model in models)
    raise NotFound(f"There is no model {name!r}. Choose from {known}.")


def short_name(model: "type[ModelInput]") -> str:
    """Return a model's name in a shell: its endpoint id without the owner."""
    return model.endpoint_id.partition("/")[2] or model.endpoint_id


def parameters_of(model: "type[ModelInput]") -> list[str]:
    """The names of what can be chosen for a model, beside the portrait and what is spoken."""
    given = {"image_url", model.script_field, model.recording_field}
    return [name for name in model.model_fields if name not in given]


def make_project(
    workspace: "Workspace", asked: Asked, model: "type[ModelInput] | None"
) -> "Project":
    """The project of these options, with what was brought kept in the workspace.

    Args:
        workspace: whose.
        asked: the options.
        model: to make the video with; None where all are compared.

    Raises:
        InvalidInput: something is missing or cannot be used.
    """
    from talkinghead.projects.values import Project

    _check(asked)
    project = Project(script=asked.script or "", catalogue=workspace.catalogue)
    project = workspace.projects.in_workspace(project)
    if asked.audio:
        recording = workspace.recordings.add(asked.audio.read_bytes(), asked.audio.name)
        edited = workspace.recordings.edit(recording, project.edit)
        project = project.with_(source="recording", recording=recording, edited=edited)
    if model is not None:
        project = _with_model(project.with_(endpoint_id=model.endpoint_id), model, asked)
    elif asked.voice and _is_voice_over(asked.voice, project.catalogue):
        project = project.with_(reader=asked.voice)
    if problem := project.script_problem:
        raise InvalidScript(problem)
    if asked.portrait:
        project = _with_portrait(workspace, project, asked.portrait, asked.face)
    return project


def _check(asked: Asked) -> None:
    if (asked.script is None) == (asked.audio is None):
        raise InvalidInput("Give either --script or --audio.")
    if asked.script is not None and not asked.script.strip():
        raise InvalidScript("The script is empty. Write at least one word.")
    check_file_to_read("picture", asked.portrait)
    check_file_to_read("recording", asked.audio)


def _with_model(project: "Project", model: "type[ModelInput]", asked: Asked) -> "Project":
    chosen = _parameters(model, asked.parameters)
    if asked.prompt is not None:
        chosen |= {_prompt_field(model): asked.prompt}
    if asked.voice and project.source == "script":
        # An id of a voice-over's voice makes one, or has the closest of the model's own speak; any
        # other name is a voice of the model's own.
        if model.voice_field is None or _is_voice_over(asked.voice, project.catalogue):
            project = project.with_(reader=asked.voice)
        else:
            project = project.with_(own_voice=True)
            chosen |= {model.voice_field: _own_voice(model, asked.voice)}
    return project.with_parameters(model, chosen)


def _own_voice(model: "type[ModelInput]", name: str) -> str:
    voices = model.voices()
    return next((voice for voice in voices if voice.lower() == name.lower()), name)


def _prompt_field(model: "type[ModelInput]") -> str:
    if model.prompt_field is None:
        raise InvalidParameters(f"{model.title} takes no prompt. Leave --prompt out.")
    return model.prompt_field


def _is_voice_over(name: str, catalogue: "Catalogue") -> bool:
    from talkinghead.speech.voices import Voices

    try:
        Voices(catalogue).find(name)
    except NotFound:
        return False
    return True


def _parameters(model: "type[ModelInput]", given: Sequence[str]) -> dict[str, Any]:
    found = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or name not in parameters_of(model):
            known = ", ".join(parameters_of(model))
            raise InvalidParameters(
                f"{model.title} has no parameter {name!r}. Write --set NAME=VALUE with one of: "
                f"{known}."
            )
        found[name] = _value(value)
    return found


def _value(text: str) -> Any:
    """Numbers, yes and no as JSON writes them; all else is text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _with_portrait(
    workspace: "Workspace", project: "Project", path: Path, face: int | None
) -> "Project":
    portrait = workspace.portraits.add(path.read_bytes(), path.name)
    if face is not None and face > len(portrait.faces):
        raise InvalidPortrait(f"There are {len(portrait.faces)} faces in {path.name}.")
    chosen = None if face is None else face - 1
    project = project.with_(portrait=portrait, face=chosen)
    found = workspace.portraits.findings(portrait, chosen, None, project.geometry)
    if blocking := next((finding for finding in found if finding.blocks), None):
        several = blocking.what == "several_faces"
        hint = f" Add --face 1 to {len(portrait.faces)}, the largest first." if several else ""
        raise InvalidPortrait(blocking.text + hint)
    return project
