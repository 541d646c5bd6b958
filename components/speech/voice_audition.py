"""Hearing a voice before it is chosen: free ones at once, bought ones for the price on the button,
once for everybody in the workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from components.shell.notices import hint, problem
from components.shell.project import PREFIX
from talkinghead.billing.values import Quote
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import Job, JobState
from talkinghead.speech.voice_samples import SAMPLE
from talkinghead.speech.voices import VoiceChoice
from talkinghead.workspace import Workspace

ASKED, JOB, FRESH = f"{PREFIX}hear_asked", f"{PREFIX}hear_job", f"{PREFIX}hear_fresh"
"""The keys of what was asked for in a place: the voice and the dollars, the job that makes the
sample, and whether it was not played yet."""
_NOTHING = ("", "", Decimal(0))
TICK = 0.5  # seconds between two looks at a sample that is being bought


@dataclass(frozen=True)
class HearActions:
    """The buttons that let voices be heard.

    Attributes:
        place: where on the page they are.
        words: what the voices say.
        voices: by their ids.
        ready: ids of those that cost nothing: free ones, and those heard before.
        quote: of a sample of one of the others, or None where there is none.
    """

    place: str
    words: str
    voices: dict[str, VoiceChoice]
    ready: frozenset[str]
    quote: Quote | None = None

    @property
    def dollars(self) -> Decimal:
        """The price of a sample that is not ready."""
        return (self.quote.dollars if self.quote else None) or Decimal(0)

    def of(self, voice_id: str) -> str:
        """Return the button's label, with the price that a click agrees to; "" where it cannot be
        bought."""
        if voice_id in self.ready:
            return "Hear"
        if self.quote is None or self.quote.why_not:
            return ""
        return f"Hear · {show_dollars(self.dollars)}"

    def ask(self, voice_id: str) -> None:
        """Callback of the buttons: the next run lets the voice be heard."""
        st.session_state[f"{ASKED} {self.place}"] = (voice_id, self.words, self.dollars)
        st.session_state[FRESH] = True
        st.session_state.pop(JOB, None)


def actions_of(
    workspace: Workspace, voices: Sequence[VoiceChoice], place: str, words: str = SAMPLE
) -> HearActions:
    """Return the buttons of these voices, which have one price.

    Raises:
        InvalidScript: nothing of the words can be said.
    """
    by_id = {voice.id: voice for voice in voices}
    bought = [voice.id for voice in voices if voice.endpoint_id]
    ready = by_id.keys() - set(bought) | workspace.voices.heard(bought, words)
    unheard = next((voice_id for voice_id in bought if voice_id not in ready), None)
    plan = workspace.voices.hear(unheard, words).plan if unheard else None
    quote = workspace.billing.quote(plan.lines) if plan else None
    return HearActions(place, words, by_id, frozenset(ready), quote)


def hear(workspace: Workspace, actions: HearActions) -> None:
    """Play the voice that was asked for, below the buttons; say why the others cannot be heard."""
    if actions.quote and actions.quote.why_not:
        hint(actions.quote.why_not)
    voice_id, words, agreed = st.session_state.get(f"{ASKED} {actions.place}") or _NOTHING
    voice = actions.voices.get(voice_id)
    if voice is None or words != actions.words:
        return
    try:
        _hear(workspace, voice, words, agreed)
    except StudioError as error:
        st.session_state.pop(f"{ASKED} {actions.place}", None)
        problem(str(error))


def _hear(workspace: Workspace, voice: VoiceChoice, words: str, agreed: Decimal) -> None:
    if voice.endpoint_id is None:
        with st.spinner(f"{voice.name} is warming up"):
            _play(_said_by(workspace, voice, words), voice)
        return
    heard = workspace.voices.hear(voice.id, words)
    job = heard.job
    if heard.sound:
        _play(heard.sound, voice)
    elif job is None and (failed := _failure(workspace)):
        problem(failed)
    elif job is None and heard.plan:
        quote = workspace.billing.quote(heard.plan.lines)
        job = workspace.voices.order(heard.plan, workspace.billing.authorise(quote, agreed))
    if job:
        st.session_state[JOB] = job.id
        st.fragment(_wait, run_every=TICK)(workspace, job)


def _said_by(workspace: Workspace, voice: VoiceChoice, words: str) -> bytes | None:
    """Return the sound of a free voice; the usual sample is shared by everybody."""
    if words == SAMPLE:
        return workspace.voices.sample(voice.id)
    return workspace.voices.hear(voice.id, words).sound


def _play(sound: bytes | None, voice: VoiceChoice) -> None:
    if sound:
        at_once = bool(st.session_state.pop(FRESH, False))
        st.audio(sound, autoplay=at_once, alt=f"{voice.name} speaking")


def _wait(workspace: Workspace, job: Job) -> None:
    """Wait until the sample is ready; the page then plays it."""
    if workspace.jobs.find(job.id).state.ended:
        st.rerun()
    st.markdown(":green[:material/pending:] Generating the sample")


def _failure(workspace: Workspace) -> str | None:
    """Return why the sample of this click was not made: it is not bought again by itself."""
    job_id = st.session_state.get(JOB)
    job = workspace.jobs.find(job_id) if job_id else None
    if job and job.state is JobState.FAILED:
        return job.problem or "The voice could not be heard. Try again."
    return None
