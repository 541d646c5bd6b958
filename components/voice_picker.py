"""Who speaks the script, and how that voice or the nearest free one sounds."""

import streamlit as st

from components.composition import Composition
from components.notices import plain, problem
from components.parameter_form import one_parameter
from talkinghead.draft.voices import VOICES, nearest_voice
from talkinghead.errors import StudioError
from talkinghead.workspace import Workspace

LOCAL = {voice.id: voice for voice in VOICES}


def pick_voice(workspace: Workspace, composition: Composition) -> Composition:
    """Show the voices of the chosen model, or the local ones where it has none."""
    model = composition.model
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if model.voice_field:
            chosen = composition.parameters_of(model)
            voice = one_parameter(model, model.voice_field, chosen)
            composition = composition.with_parameters(model, {**chosen, model.voice_field: voice})
        else:
            composition = composition.with_(reader=_pick_reader(composition.reader))
        local = nearest_voice(composition.draft_voice)
        hear = st.button(f"Hear {local.name}", key="create_hear", icon=":material/volume_up:")
    _explain(composition, local.name, local.description)
    if hear:
        _play(workspace, local.id)
    return composition


def _pick_reader(reader: str) -> str:
    st.session_state.setdefault("create_reader", reader if reader in LOCAL else VOICES[0].id)
    chosen = st.selectbox(
        "Voice",
        list(LOCAL),
        format_func=lambda name: f"{LOCAL[name].name}, {LOCAL[name].accent}, {LOCAL[name].gender}",
        key="create_reader",
        help="These voices speak on this machine, free.",
    )
    return chosen or reader


def _explain(composition: Composition, name: str, description: str) -> None:
    field = composition.model.voice_field
    if field is None:
        st.caption(plain(f"{name}: {description}"))
        return
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
