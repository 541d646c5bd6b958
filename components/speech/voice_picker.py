"""Picker for who speaks the script: the model's own voice, or speech generated first."""

import streamlit as st

from components.shell.notices import plain, problem
from components.speech.speech_maker import make_speech
from components.speech.studio_voice_picker import pick_studio_voice
from components.ui.parameter_form import one_parameter
from talkinghead.core.errors import StudioError
from talkinghead.projects.values import Project
from talkinghead.speech.local_voice.local_voices import VOICES, nearest_voice
from talkinghead.workspace import Workspace

LOCAL_NAMES = {voice.id: voice.name for voice in VOICES}
"""The names of this machine's voices, by id."""
WHOSE = "create_whose_voice"


def pick_voice(workspace: Workspace, project: Project, *, sayable: bool) -> Project:
    """Show the voices of the selected model, or of the studio with the button to generate speech;
    returns the project.

    Args:
        workspace: whose.
        project: what was chosen before.
        sayable: there are words, and nothing is wrong with them.
    """
    model = project.model
    if model.voice_field and model.recording_field:
        project = _whose(project)
    if not project.says_first(model):
        return _own_voice(workspace, project)
    project = pick_studio_voice(workspace, project)
    return make_speech(workspace, project) if sayable else project


def _whose(project: Project) -> Project:
    """Ask which voices to use, for a model that takes both: its own, or generated speech that can
    be heard first."""
    st.session_state.setdefault(WHOSE, project.own_voice)
    own = st.segmented_control(
        "Whose voice",
        [True, False],
        format_func=lambda own: (
            f"Voices of {project.model.title}" if own else "A speech made here first"
        ),
        key=WHOSE,
        required=True,
        label_visibility="collapsed",
    )
    return project.with_(own_voice=project.own_voice if own is None else own)


def _own_voice(workspace: Workspace, project: Project) -> Project:
    model = project.model
    if model.voice_field is None:
        return project
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = project.parameters_of(model)
        voice = one_parameter(model, model.voice_field, chosen)
        project = project.with_parameters(model, {**chosen, model.voice_field: voice})
        local = nearest_voice(project.chosen_voice(model) or project.reader)
        hear = st.button(f"Hear {local.name}", key="create_hear", icon=":material/volume_up:")
    _explain(project, local.name)
    if hear:
        _play(workspace, local.id)
    return project


def _explain(project: Project, name: str) -> None:
    field = project.model.voice_field or ""
    default = project.model.model_fields[field].get_default()
    asked = project.parameters_of(project.model).get(field, default)
    st.caption(
        plain(f"The free draft is spoken by {name}, the nearest voice of this machine.")
        if asked
        else plain(f"Until you choose one, the draft is spoken by {name}.")
    )


def _play(workspace: Workspace, voice: str) -> None:
    try:
        with st.spinner("Warming up the voice"):
            sound = workspace.voices.sample(voice)
    except StudioError as error:
        problem(str(error))
        return
    st.audio(sound, format="audio/wav", autoplay=True, alt=f"{LOCAL_NAMES[voice]}, a sample")
