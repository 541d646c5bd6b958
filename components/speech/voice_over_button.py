"""The button that orders a voice-over for its price: on the card, in the menu of the voices, and in
the bar."""

from decimal import Decimal
from typing import Literal

import streamlit as st

from components.shell.notices import plain
from components.shell.project import PREFIX
from components.speech.voice_picker import MENU
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars
from talkinghead.projects.values import Project
from talkinghead.speech.values import SpeechQuote
from talkinghead.workspace import Workspace

KEY = f"{PREFIX}make_speech"
TEXT_AREA = f"{PREFIX}script"
"""The key of the field with the script."""
ASKED = f"{PREFIX}speech_asked"
"""The key of the dollars, words and voice agreed to with a click, until they are ordered."""
GONE = f"{PREFIX}speech_gone"
"""The words and the voice of a speech that was here, and was removed."""


def voice_over_button(
    project: Project,
    quoted: SpeechQuote,
    *,
    key: str = KEY,
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """Show the button, and why it is disabled if it is.

    Args:
        project: whose script is spoken.
        quoted: what it costs.
        key: the button's.
        kind: its look.
    """
    verb = "Update voice-over" if has_earlier(project) else "Generate voice-over"
    price = show_dollars(quoted.dollars) if quoted.dollars else "free"
    st.button(
        f"{verb} ({price})".replace("$", r"\$"),
        key=key,
        icon=":material/graphic_eq:",
        type=kind,
        disabled=not quoted.allowed,
        on_click=_ask,
        args=(quoted.dollars, project.reader),
    )
    if not quoted.allowed and quoted.why_not:
        st.caption(plain(quoted.why_not), width="stretch")


def offer_voice_over(workspace: Workspace, project: Project) -> None:
    """Show the button, for the menu of the voices, until the card has it."""
    if is_on_card(project) or (quoted := quote_voice_over(workspace, project)) is None:
        return
    st.caption("Models that take audio lip-sync to a voice-over.")
    voice_over_button(project, quoted)


def quote_voice_over(workspace: Workspace, project: Project) -> SpeechQuote | None:
    """Return what the voice-over costs; None where there is nothing to say, it is there, or it
    cannot be spoken, which the card says."""
    if not project.script.strip() or project.script_problem:
        return None
    try:
        plan = workspace.speech.plan(project.script, project.reader)
        quoted = SpeechQuote(plan, workspace.billing.quote(plan.lines))
    except StudioError:
        return None
    return quoted if plan.ready_id is None else None


def is_on_card(project: Project) -> bool:
    """Return whether a voice-over of this project is there, or was, so that the card says what to
    do about it."""
    return bool(project.made or project.speech_job or was_removed(project))


def has_earlier(project: Project) -> bool:
    """Return whether there is a voice-over of other words in the same voice."""
    return project.made is not None and project.made.voice == project.reader


def was_removed(project: Project) -> bool:
    """Return whether the voice-over of these words in this voice was here, and was removed."""
    gone: object = st.session_state.get(GONE)
    return gone == (project.script, project.reader)


def _ask(dollars: Decimal, voice: str) -> None:
    # The words at the time of the click: typing ends with it, and the page ran before.
    st.session_state[ASKED] = (dollars, st.session_state.get(TEXT_AREA), voice)
    st.session_state[MENU] = False  # it would cover the progress
