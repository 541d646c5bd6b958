"""The voice that a model speaks with, in its settings: the closest of its own, or another one."""

import streamlit as st

from components.shell.conflicts import show_conflicts
from components.shell.notices import plain
from components.speech.voice_audition import actions_of, hear
from components.ui.choices import Choice, choices
from talkinghead.catalogue import ModelInput
from talkinghead.projects.values import Project
from talkinghead.speech.local_voice.local_voices import nearest_voice
from talkinghead.workspace import Workspace

WHOSE = "create_whose_voice"
CLOSEST = ""
"""The option that follows the project's voice."""


def pick_model_voice(workspace: Workspace, project: Project) -> Project:
    """Show who speaks the script on the chosen model; returns the project with the choice. Nothing
    for a recording, and for models that only lip-sync."""
    model = project.model
    if project.source != "script" or model.voice_field is None:
        return project
    reader = workspace.voices.find(project.reader).name
    if model.recording_field:
        project = _whose(project, reader)
    if project.says_first(model):
        return project
    project = project.with_parameters(model, _with_voice(project, _pick(project, reader)))
    _hear(workspace, project)
    return project


def _whose(project: Project, reader: str) -> Project:
    """Ask whether a model that takes both speaks itself or lip-syncs to the voice-over."""
    chosen = choices(
        "Who speaks",
        [
            Choice("reader", f"{reader}'s voice-over"),
            Choice("own", f"{project.model.title} voices"),
        ],
        key=WHOSE,
        look="segments",
        default="own" if project.own_voice else "reader",
    )
    show_conflicts(project, "own_voice")
    return project.with_(own_voice=chosen == "own")


def _pick(project: Project, reader: str) -> str:
    model, closest = project.model, project.closest_voice(project.model) or ""
    chosen = project.chosen_voice(model) or CLOSEST
    chosen = CLOSEST if chosen == closest else chosen
    others = [name for name in model.voices() if name != closest]
    options = [CLOSEST, *others] if chosen in (CLOSEST, *others) else [CLOSEST, chosen, *others]
    key = _key(model)
    if st.session_state.get(key, closest) not in options:
        st.session_state[key] = chosen
    picked = st.selectbox(
        "Voice",
        options,
        key=key,
        format_func=lambda name: name or f"{closest}, closest to {reader}",
        accept_new_options=not model.has_only_these_voices(),
        help=None if model.has_only_these_voices() else "Choose one or type a name.",
    )
    return str(picked or CLOSEST).strip()


def _with_voice(project: Project, name: str) -> dict[str, object]:
    model = project.model
    chosen = project.parameters_of(model)
    chosen.pop(model.voice_field or "", None)
    return {**chosen, model.voice_field or "": name} if name else chosen


def _hear(workspace: Workspace, project: Project) -> None:
    """Offer a sample where the same voice can be bought by itself, and say what drafts use."""
    model = project.model
    name = project.voice_on(model) or ""
    st.caption(plain(_draft_voice(workspace, project, name)))
    voice = workspace.voices.named(name) if model.has_only_these_voices() else None
    if voice is None:
        return
    actions = actions_of(workspace, [voice], "model")
    if label := actions.of(voice.id):
        st.button(
            label.replace("Hear", f"Hear {name}", 1).replace("$", r"\$"),
            key="create_hear_model_voice",
            icon=":material/volume_up:",
            on_click=actions.ask,
            args=(voice.id,),
        )
    hear(workspace, actions)


def _draft_voice(workspace: Workspace, project: Project, name: str) -> str:
    """Return which voice the free draft speaks with."""
    reader = workspace.voices.find(project.reader)
    if name == project.closest_voice(project.model):
        if reader.endpoint_id is None:
            return f"Drafts use {reader.name}."
        name = reader.name
    return f"Drafts use {nearest_voice(name).name}, our closest free match."


def _key(model: type[ModelInput]) -> str:
    return f"create_{model.endpoint_id} {model.voice_field}"
