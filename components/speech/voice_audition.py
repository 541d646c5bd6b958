"""Audition of a voice with a sentence of the person's own; a sentence bought once is not paid
again."""

from decimal import Decimal

import streamlit as st

from components.shell.notices import hint, plain, problem
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import Job, JobState
from talkinghead.projects.values import Project
from talkinghead.speech.text.sentences import split_sentences
from talkinghead.speech.voices import VoiceChoice
from talkinghead.workspace import Workspace

WORDS, ASKED, JOB = "create_hear_words", "create_hear_asked", "create_hear_job"
SAMPLE = "Hello. This is how I sound when I read your words."
LONGEST = 300  # characters
TICK = 0.5  # seconds between two looks at a sentence that is being bought

Asked = tuple[str, str, Decimal]
"""The voice, the words and the dollars of a click."""


def hear_voice(workspace: Workspace, project: Project, voice: VoiceChoice) -> None:
    """Show a button that opens a small panel with words, price and sound."""
    usual = _first_sentence(project.script)
    with st.popover("Hear it", icon=":material/volume_up:", key="create_hear_voice"):
        typed = st.text_area(
            "In a sentence of your own", key=WORDS, max_chars=LONGEST, height=90, placeholder=usual
        )
        words = (typed or "").strip() or usual
        try:
            _hear(workspace, voice, words)
        except StudioError as error:
            problem(str(error))


def _first_sentence(script: str) -> str:
    found = split_sentences(script)
    return found[0].text[:LONGEST] if found else SAMPLE


def _hear(workspace: Workspace, voice: VoiceChoice, words: str) -> None:
    asked: Asked | None = st.session_state.get(ASKED)
    if asked and asked[:2] != (voice.id, words):  # a click for something else is over
        asked = None
    if voice.endpoint_id is None:
        _button(voice, words, Decimal(0))
        if asked:
            with st.spinner("Speaking"):
                sound = workspace.voices.hear(voice.id, words).sound
            _play(sound, voice, at_once=True)
        return
    _hear_bought(workspace, voice, words, asked)


def _hear_bought(workspace: Workspace, voice: VoiceChoice, words: str, asked: Asked | None) -> None:
    heard = workspace.voices.hear(voice.id, words)
    st.session_state.pop(ASKED, None)  # once bought, a failure is not bought again by itself
    job, plan = heard.job, heard.plan
    quote = workspace.billing.quote(plan.lines) if plan else None
    dollars = (quote.dollars if quote else None) or Decimal(0)  # each voice has a list price
    if asked and plan and quote and job is None:
        if dollars <= asked[2]:
            job = workspace.voices.order(plan, workspace.billing.authorise(quote, dollars))
        else:
            hint(f"These words cost {show_dollars(dollars)}. Press once more to hear them.")
    if job:
        st.session_state[JOB] = job.id
        st.fragment(_wait, run_every=TICK)(workspace, job)
    elif heard.sound:
        _play(heard.sound, voice, at_once=st.session_state.pop(JOB, None) is not None)
    else:
        _last_failure(workspace, words)
        _button(voice, words, dollars, quote.why_not if quote else None)


def _button(voice: VoiceChoice, words: str, dollars: Decimal, why_not: str | None = None) -> None:
    price = f"for {show_dollars(dollars)}" if dollars else "free"
    st.button(
        f"Hear {plain(voice.name)}, {price}".replace("$", r"\$"),
        key="create_hear",
        icon=":material/volume_up:",
        disabled=why_not is not None,
        on_click=_ask,
        args=(voice.id, words, dollars),
    )
    if why_not:
        st.caption(plain(why_not))


def _ask(voice_id: str, words: str, dollars: Decimal) -> None:
    # The words at the time of the click: typing ends with it, and the page ran before.
    typed = str(st.session_state.get(WORDS) or "").strip()
    st.session_state[ASKED] = (voice_id, typed or words, dollars)
    st.session_state.pop(JOB, None)


def _play(sound: bytes | None, voice: VoiceChoice, *, at_once: bool) -> None:
    if sound:
        st.audio(sound, autoplay=at_once, alt=f"{voice.name} speaking")


def _wait(workspace: Workspace, job: Job) -> None:
    """Wait until the sentence is ready; the page then shows it."""
    if workspace.jobs.find(job.id).state.ended:
        st.rerun()
    st.markdown(":green[:material/pending:] Speaking")


def _last_failure(workspace: Workspace, words: str) -> None:
    job_id = st.session_state.get(JOB)
    job = workspace.jobs.find(job_id) if job_id else None
    if job and job.state is JobState.FAILED and words in job.arguments.values():
        problem(job.problem or "The voice could not be heard. Try again.")
