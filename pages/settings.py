"""Settings page: keys, limits, voices, facts about this studio, and deletion of the own data."""

import streamlit as st

from components.billing.key_panel import key_panel
from components.billing.spending_panel import spending_panel
from components.content_credentials.signing_panel import signing_panel
from components.retention.delete_panel import delete_panel
from components.shell.notices import plain
from components.shell.notification_settings import notification_settings
from components.shell.session import enter
from components.speech.pronunciation_panel import pronunciation_panel
from components.ui.heading import page_title
from components.ui.studio_facts import studio_facts
from talkinghead.core.errors import StudioError
from talkinghead.speech.local_voice.local_voices import VOICES, LocalVoice
from talkinghead.speech.text.script import LONGEST_SCRIPT

HEARD = "settings_heard"

viewer = enter()


def hear(voice_id: str) -> None:
    """Remember which voice to play."""
    st.session_state[HEARD] = voice_id


def voice_card(voice: LocalVoice) -> None:
    """Show a voice and a button to play its sample."""
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
    """Play the voice's sample."""
    try:
        with st.spinner("Generating sample"):
            sound = viewer.workspace.voices.sample(voice.id)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.audio(sound, autoplay=True, alt=f"{voice.name} speaking")


@st.fragment
def voices() -> None:
    """Show all local voices as a fragment: playing one does not rerun the page."""
    with st.grid(3, min_column_width=230, gap="small", key="voices"):
        for voice in VOICES:
            voice_card(voice)


page_title("Settings")

st.header("Paid renders", anchor=False)
key_panel(viewer.workspace)
spending_panel(viewer.workspace, viewer.settings)

st.header("Notifications", anchor=False)
notification_settings()

st.header("Free voices", anchor=False)
voices()

st.header("Pronunciation", anchor=False)
pronunciation_panel(viewer.workspace)

st.header("Content credentials", anchor=False)
signing_panel(viewer.workspace)

st.header("This studio", anchor=False)
studio_facts(
    viewer.settings,
    viewer.workspace.catalogue,
    LONGEST_SCRIPT,
    is_driven=viewer.studio.is_driven,
)

if viewer.token:
    st.header("Your gallery", anchor=False)
    with st.container(border=True, key="your_gallery"):
        st.markdown(
            "Anyone with this page's link can open your gallery. Bookmark it: without the link, "
            "nobody can."
        )

st.header("Your data", anchor=False)
delete_panel(viewer.workspace)
