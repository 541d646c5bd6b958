"""What this studio runs on, its voices, and one's own data."""

import streamlit as st

from components.notices import plain
from components.session import Viewer, enter
from components.studio_facts import studio_facts
from talkinghead.draft.voices import VOICES, LocalVoice
from talkinghead.errors import StudioError

HEARD = "settings_heard"

viewer = enter()


def key_status(viewer: Viewer) -> None:
    """Whether videos can be bought here; the key itself is never shown."""
    with st.container(border=True, key="key_status"):
        if viewer.settings.fal_key:
            st.badge("Key is set", icon=":material/key:", color="green")
            st.markdown("Paid renders on fal.ai use the key of whoever runs this studio.")
        else:
            st.badge("No key", icon=":material/key_off:", color="gray")
            st.markdown(
                "Drafts are free and need no key. Paid renders need a key from "
                "[fal.ai](https://fal.ai/dashboard/keys), set as `FAL_KEY` where the studio runs."
            )


def hear(voice_id: str) -> None:
    """Remember which voice is to be heard."""
    st.session_state[HEARD] = voice_id


def voice_card(voice: LocalVoice) -> None:
    """A voice, and a button to hear it."""
    with st.container(border=True, key=f"voice_{voice.id}", height="stretch", gap="xsmall"):
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.markdown(f"**{plain(voice.name)}**", width="content")
            st.button(
                "Hear",
                key=f"hear_{voice.id}",
                icon=":material/volume_up:",
                type="tertiary",
                on_click=hear,
                args=(voice.id,),
            )
        st.caption(plain(f"{voice.accent}, {voice.gender}. {voice.description}"))
        if st.session_state.get(HEARD) == voice.id:
            play(voice)


def play(voice: LocalVoice) -> None:
    """Say the voice's sample."""
    try:
        with st.spinner("Speaking"):
            sound = viewer.workspace.hear_voice(voice.id)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.audio(sound, autoplay=True, alt=f"{voice.name} speaking")


@st.fragment
def voices() -> None:
    """All local voices; hearing one leaves the rest of the page alone."""
    with st.grid(3, min_column_width=230, gap="small", key="voices"):
        for voice in VOICES:
            voice_card(voice)


st.title("Settings", anchor=False)

st.subheader("Paid renders", anchor=False)
key_status(viewer)

st.subheader("Voices of the free draft", anchor=False)
voices()

st.subheader("This studio", anchor=False)
studio_facts(viewer.settings)

if viewer.token:
    st.subheader("Your gallery", anchor=False)
    with st.container(border=True, key="your_gallery"):
        st.markdown(
            "The address of this page is the key to your gallery. Keep it as a bookmark: whoever "
            "has it sees your videos, and without it nobody does."
        )
