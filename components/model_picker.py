"""The third step: five models side by side with the price of this very speech, and one chosen."""

import streamlit as st

from components.composition import EXAMPLE_SECONDS, PREFIX, Composition
from components.notices import hint, plain, problem, step
from components.price_table import Offer, price_table
from components.recording_picker import take_recording
from talkinghead.draft.voices import nearest_voice
from talkinghead.errors import StudioError
from talkinghead.models import ModelInput
from talkinghead.workspace import Workspace

CHOSEN = f"{PREFIX}model_chosen"


def chosen_model(composition: Composition) -> Composition:
    """The composition with the model just clicked: the steps above the list depend on it, too."""
    return composition.with_(endpoint_id=st.session_state.get(CHOSEN, composition.endpoint_id))


def pick_model(workspace: Workspace, composition: Composition) -> Composition:
    """Show the step; returns the composition, changed where its script became a recording."""
    with st.container(border=True, key="create_model"):
        step(3, "Model", done=composition.speech is not None)
        st.caption(_basis(composition))
        offers = price_table(workspace, composition)
        with st.grid(len(offers), min_column_width=208, gap="small"):
            for offer in offers:
                _card(composition, offer)
        chosen = next(offer for offer in offers if offer.model is composition.model)
        if not chosen.takes_speech:
            composition = _go_on(workspace, composition, chosen)
    return composition


def _basis(composition: Composition) -> str:
    if composition.speech is None:
        return f"What {EXAMPLE_SECONDS} seconds cost on each, until there is a speech."
    return "What this very speech costs on each, by the model's own rule."


def _card(composition: Composition, offer: Offer) -> None:
    model, chosen = offer.model, offer.model is composition.model
    key = f"create_offer_{model.endpoint_id}"
    with st.container(border=True, key=key, gap="xsmall", height="stretch"):
        st.button(
            f":green[**{model.title}**]" if chosen else f"**{model.title}**",
            key=f"create_choose_{model.endpoint_id}",
            icon=f":material/radio_button_{'checked' if chosen else 'unchecked'}:",
            type="tertiary",
            on_click=_choose,
            args=(model.endpoint_id,),
        )
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.markdown(f"### {plain(offer.price)}", width="content")
            color = "gray" if offer.takes_speech else "orange"
            st.markdown(f":{color}-badge[{_takes(model)}]", width="content")
        st.caption(plain(f"{offer.length} · {model.price_rule}"))
        st.markdown(f":small[{plain(model.tagline)}]")
        if composition.speech:
            for warning in offer.warnings:
                hint(warning)


def _takes(model: type[ModelInput]) -> str:
    if model.script_field and model.recording_field:
        return ":material/done_all: Either"
    return ":material/edit_note: Script" if model.script_field else ":material/mic: Recording"


def _choose(endpoint_id: str) -> None:
    st.session_state[CHOSEN] = endpoint_id


def _go_on(workspace: Workspace, composition: Composition, offer: Offer) -> Composition:
    """The chosen model cannot start from what is there: say it, and offer the ways on."""
    title = offer.model.title
    if composition.source == "recording":
        problem(f"{title} speaks by itself and cannot take a recording.")
        st.button("Write a script instead", key="create_to_script", on_click=_use, args=("script",))
        return composition
    problem(f"{title} needs a recording.")
    reader = nearest_voice(composition.reader).name
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Use a recording",
            key="create_to_recording",
            icon=":material/mic:",
            on_click=_use,
            args=("recording",),
        )
        read = st.button(
            f"Let {reader} read the script, free",
            key="create_read",
            icon=":material/record_voice_over:",
            disabled=composition.speech is None,
        )
    return _read(workspace, composition, reader) if read else composition


def _use(source: str) -> None:
    st.session_state[f"{PREFIX}source"] = source


def _read(workspace: Workspace, composition: Composition, reader: str) -> Composition:
    try:
        with st.spinner(f"{reader} reads the script"):
            sound = workspace.hear_voice(composition.reader, composition.script)
            return take_recording(workspace, composition, sound, f"Read by {reader}")
    except StudioError as error:
        problem(str(error))
        return composition
