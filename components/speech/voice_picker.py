"""Who speaks the script: the model in a voice of its own, or a speech that is made first."""

import streamlit as st

from components.shell.notices import plain, problem
from components.speech.speech_maker import make_speech
from components.speech.studio_voice import pick_studio_voice
from components.ui.parameter_form import one_parameter
from talkinghead.core.errors import StudioError
from talkinghead.projects.project import Composition
from talkinghead.speech.local_voice.catalogue import VOICES, nearest_voice
from talkinghead.workspace import Workspace

LOCAL = {voice.id: voice for voice in VOICES}
WHOSE = "create_whose_voice"


def pick_voice(workspace: Workspace, composition: Composition, *, sayable: bool) -> Composition:
    """Show the voices of the chosen model, or of the studio and the way to a speech.

    Args:
        workspace: whose.
        composition: what was chosen before.
        sayable: there are words, and nothing is wrong with them.
    """
    model = composition.model
    if model.voice_field and model.recording_field:
        composition = _whose(composition)
    if not composition.says_first(model):
        return _own_voice(workspace, composition)
    composition = pick_studio_voice(workspace, composition)
    return make_speech(workspace, composition) if sayable else composition


def _whose(composition: Composition) -> Composition:
    """A model that takes either: its own voices, or one that can be heard before."""
    st.session_state.setdefault(WHOSE, composition.own_voice)
    own = st.segmented_control(
        "Whose voice",
        [True, False],
        format_func=lambda own: (
            f"Voices of {composition.model.title}" if own else "A speech made here first"
        ),
        key=WHOSE,
        required=True,
        label_visibility="collapsed",
    )
    return composition.with_(own_voice=composition.own_voice if own is None else own)


def _own_voice(workspace: Workspace, composition: Composition) -> Composition:
    model = composition.model
    if model.voice_field is None:
        return composition
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = composition.parameters_of(model)
        voice = one_parameter(model, model.voice_field, chosen)
        composition = composition.with_parameters(model, {**chosen, model.voice_field: voice})
        local = nearest_voice(composition.draft_voice)
        hear = st.button(f"Hear {local.name}", key="create_hear", icon=":material/volume_up:")
    _explain(composition, local.name)
    if hear:
        _play(workspace, local.id)
    return composition


def _explain(composition: Composition, name: str) -> None:
    field = composition.model.voice_field or ""
    default = composition.model.model_fields[field].get_default()
    asked = composition.parameters_of(composition.model).get(field, default)
    st.caption(
        plain(f"The free draft is spoken by {name}, the nearest voice of this machine.")
        if asked
        else plain(f"Until you choose one, the draft is spoken by {name}.")
    )


def _play(workspace: Workspace, voice: str) -> None:
    try:
        with st.spinner("Warming up the voice"):
            sound = workspace.hear_voice(voice)
    except StudioError as error:
        problem(str(error))
        return
    st.audio(sound, format="audio/wav", autoplay=True, alt=f"{LOCAL[voice].name}, a sample")
