"""Picker for the voice of generated speech: those that speak the script's language, free ones
first."""

from collections.abc import Sequence
from decimal import ROUND_UP

import streamlit as st

from components.shell.notices import hint, plain
from components.speech.voice_audition import hear_voice
from talkinghead.core.money import CENT
from talkinghead.projects.values import Project
from talkinghead.speech.text.language_names import language_name
from talkinghead.speech.voices import VoiceChoice
from talkinghead.workspace import Workspace

MARKS = (
    "Write \\[pause 0.8\\] for silence and \\*word\\* to stress a word. "
    "You can set how names are pronounced in Settings."
)
PROVIDER, VOICE, EVERY = "create_voices_from", "create_reader", "create_every_voice"


def pick_studio_voice(workspace: Workspace, project: Project) -> Project:
    """Show the picker; returns the project with the selected voice."""
    language = project.language
    offered = _offered(workspace, project, language)
    providers = list(dict.fromkeys(voice.provider for voice in offered))
    now = next((voice for voice in offered if voice.id == project.reader), offered[0])
    _remember(PROVIDER, now.provider, providers)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        provider = st.selectbox(
            "Voices",
            providers,
            key=PROVIDER,
            format_func=lambda name: _provider_label(name, offered),
        )
        of_provider = {voice.id: voice for voice in offered if voice.provider == provider}
        _remember(VOICE, now.id, list(of_provider))
        chosen = st.selectbox(
            "Voice", list(of_provider), key=VOICE, format_func=lambda key: _name(of_provider[key])
        )
        hear_voice(workspace, project, of_provider[chosen])
    _about(of_provider[chosen], language)
    return project.with_(reader=chosen)


def _offered(workspace: Workspace, project: Project, language: str | None) -> Sequence[VoiceChoice]:
    """Return the voices that speak the language; all voices if none does, or if the person asked
    for all."""
    everybody = bool(st.session_state.get(EVERY))
    in_language = workspace.voices.list(None if everybody else language)
    return in_language or workspace.voices.list()


def _remember(key: str, value: str, options: list[str]) -> None:
    """Set the widget's value before it is shown, if it has none that is still offered."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = value if value in options else options[0]


def _provider_label(name: str, offered: Sequence[VoiceChoice]) -> str:
    first = next(voice for voice in offered if voice.provider == name)
    if first.endpoint_id is None:
        return "This machine, free"
    return f"{name}, {_per_thousand(first)}"


def _per_thousand(voice: VoiceChoice) -> str:
    about = "" if voice.price_is_certain else "about "
    return f"{about}${voice.dollars_per_thousand.quantize(CENT, ROUND_UP)}"


def _name(voice: VoiceChoice) -> str:
    if voice.endpoint_id:
        return voice.name
    return f"{voice.name}, {voice.description.partition('.')[0]}"


def _about(voice: VoiceChoice, language: str | None) -> None:
    """Show the facts of a voice, including whether it speaks the script's language."""
    facts = [voice.description.partition(". ")[2] or voice.description]
    if voice.endpoint_id:
        facts = [f"{_per_thousand(voice)} for 1,000 characters", voice.description.rstrip(".")]
    st.caption(plain(" · ".join(facts)), help=MARKS)
    name = language_name(language) if language else None
    if name is None or language == "en":
        st.session_state.pop(EVERY, None)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if language in voice.languages:
            st.caption(plain(f"These voices speak {name}."), width="stretch")
        else:
            with st.container(width="stretch"):
                hint(f"{voice.name} does not speak {name}.")
        st.toggle("Show every voice", key=EVERY)
