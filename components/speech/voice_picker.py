"""The voice of a script: chosen by its character, whatever the model; each can be heard."""

from collections.abc import Callable, Sequence
from decimal import ROUND_UP

import streamlit as st

from components.shell.notices import hint, plain, problem
from components.shell.project import PREFIX
from components.speech.voice_audition import HearActions, actions_of, hear
from components.ui.choices import Choice, choices
from talkinghead.core.errors import StudioError
from talkinghead.core.money import CENT
from talkinghead.projects.values import Project
from talkinghead.speech.local_voice.local_voices import VOICES, character_of
from talkinghead.speech.text.language_names import language_name
from talkinghead.speech.voice_samples import LONGEST_TEXT, SAMPLE
from talkinghead.speech.voices import VoiceChoice
from talkinghead.workspace import Workspace

MENU, NAMED = f"{PREFIX}voice", f"{PREFIX}voice_named"
PROVIDER, VOICE, EVERY = "create_voices_from", "create_reader", "create_every_voice"
WORDS = f"{PREFIX}hear_words"
FREE = "Free voices"
LOCAL_NAMES = {voice.id: voice.name for voice in VOICES}
"""The names of the free voices, by id."""
WIDE = 380  # px
SCROLLED_AFTER, ROOM = 6, 182  # voices, px


def pick_voice(
    workspace: Workspace, project: Project, below: Callable[[Workspace, Project], None]
) -> Project:
    """Show the button with the voice's name, and behind it the voices; returns the project with the
    chosen one.

    Args:
        workspace: whose.
        project: whose words are spoken.
        below: called with the same two, to show what stands below the voices.
    """
    project = _speaking_the_language(workspace, project)
    now = workspace.voices.find(project.reader)
    menu = st.popover(
        f"Voice: {plain(_name_on_button(now))}",
        icon=":material/record_voice_over:",
        key=MENU,
        on_change="rerun",
    )
    if menu.open:
        with menu:
            project = _voices(workspace, project, now)
            below(workspace, project)
    return project


def _name_on_button(now: VoiceChoice) -> str:
    """Return the name of the voice; that of the one before while the menu is open, as a button of
    another name is another one to Streamlit, with a closed menu."""
    if not st.session_state.get(MENU):
        st.session_state[NAMED] = now.name
    return str(st.session_state.setdefault(NAMED, now.name))


def _speaking_the_language(workspace: Workspace, project: Project) -> Project:
    """Return the project with a voice that is offered; the first one where its own is gone."""
    known = {voice.id for voice in workspace.voices.list()}
    return project if project.reader in known else project.with_(reader=min(known))


def _voices(workspace: Workspace, project: Project, now: VoiceChoice) -> Project:
    language = project.language
    offered = _offered(workspace, language, now)
    providers = list(dict.fromkeys(_maker(voice) for voice in offered))
    if st.session_state.get(PROVIDER) not in providers:
        st.session_state[PROVIDER] = _maker(now) if _maker(now) in providers else providers[0]
    maker = st.selectbox("Voices", providers, key=PROVIDER, width=WIDE)
    voices = [voice for voice in offered if _maker(voice) == maker]
    st.markdown(f":small[:gray[{plain(_about(voices[0]))}]]", width=WIDE)
    actions = _hear_actions(workspace, voices)
    with st.container(height=ROOM if len(voices) > SCROLLED_AFTER else "content", border=False):
        chosen = choices(
            "Voice",
            [
                Choice(voice.id, voice.name, _character(voice), action=actions.of(voice.id))
                for voice in voices
            ],
            key=VOICE,
            look="rows",
            default=project.reader,
            on_action=actions.ask,
        )
    hear(workspace, actions)
    st.text_input(
        "Try your own sentence", key=WORDS, max_chars=LONGEST_TEXT, placeholder=SAMPLE, width=WIDE
    )
    _language_note(voices[0], language)
    return project.with_(reader=chosen or project.reader)


def _hear_actions(workspace: Workspace, voices: Sequence[VoiceChoice]) -> HearActions:
    """Return the buttons that let the voices be heard, in the person's own sentence if there is
    one that can be said."""
    words = str(st.session_state.get(WORDS) or "").strip()
    try:
        return actions_of(workspace, voices, "menu", words or SAMPLE)
    except StudioError as error:
        problem(str(error))
        return actions_of(workspace, voices, "menu")


def _offered(workspace: Workspace, language: str | None, now: VoiceChoice) -> Sequence[VoiceChoice]:
    """Return the voices that speak the language, and the chosen one; all voices if none does, or if
    the person asked for all."""
    everybody = bool(st.session_state.get(EVERY))
    offered = workspace.voices.list(None if everybody else language) or workspace.voices.list()
    return offered if now in offered else [now, *offered]


def _maker(voice: VoiceChoice) -> str:
    return voice.provider if voice.endpoint_id else FREE


def _about(voice: VoiceChoice) -> str:
    """What the voices of one maker cost, and which models speak with them."""
    used = "Models with their own voices use the closest match."
    if voice.endpoint_id is None:
        return f"Free. {used}"
    about = "" if voice.price_is_certain else "About "
    price = f"{about}${voice.dollars_per_thousand.quantize(CENT, ROUND_UP)}"
    return f"{price} per 1,000 characters. {voice.description} {used}"


def _character(voice: VoiceChoice) -> str:
    """How a voice sounds, in a few words."""
    if voice.endpoint_id is None:
        who, _, how = voice.description.partition(". ")
        sound = how.partition(";")[0]
        return f"{who}, {sound[:1].lower()}{sound[1:]}"
    character = character_of(voice.id)
    return f"{character.accent}, {character.gender}" if character else ""


def _language_note(voice: VoiceChoice, language: str | None) -> None:
    name = language_name(language) if language else None
    if name is None or language == "en":
        return
    if not voice.speaks(language or ""):
        hint(f"These voices don't speak {name}.")
    st.toggle("Show every voice", key=EVERY)
