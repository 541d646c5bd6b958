"""How far a job is: a bar where that is known, the words, the time, and what cancelling costs."""

import streamlit as st

from components.job_words import cancel_words, done_so_far, paid, progress_text, time_text
from components.notices import plain
from talkinghead.jobs.job import Job, JobState
from talkinghead.workspace import Workspace


def job_progress(workspace: Workspace, job: Job) -> None:
    """Show how far an open job is; how long the others took is looked up for paid models."""
    bought = paid(job)
    usual = workspace.usual_seconds(job.endpoint_id) if bought else None
    text, done = plain(progress_text(workspace, job)), done_so_far(job, usual)
    if done is None and bought:
        st.markdown(f":green[:material/pending:] {text}")
    else:
        st.progress(done or 0.0, text=text)
    words = []
    if bought and job.state is not JobState.WAITING:
        words.append(time_text(job, usual))
    words.append(cancel_words(job))
    if any(words):
        st.caption(plain(" · ".join(filter(None, words))))
