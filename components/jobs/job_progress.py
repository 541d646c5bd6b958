"""Progress of a job: a bar if the fraction is known, a text, the time, and the cost of
cancelling."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from components.jobs.job_parts import cancel_parts_words, parts_summary
from components.shell.notices import plain
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.kinds import made_on
from talkinghead.jobs.wording.charges import cancel_words
from talkinghead.jobs.wording.progress import (
    done_so_far,
    is_in_line,
    progress_sentence,
    progress_text,
    time_text,
)
from talkinghead.workspace import Workspace


def usual_seconds(workspace: Workspace, job: Job) -> float | None:
    """Return how long such a render usually takes, in seconds; None for a draft, which reports its
    own progress."""
    return workspace.billing.usual_seconds(job.endpoint_id) if job.kind.paid else None


@dataclass(frozen=True)
class Progress:
    """The progress of an open job.

    Attributes:
        text: what is going on.
        done: how much of it is done, 0 to 1, or None if unknown.
        words: the time it has taken and what cancelling costs, or nothing.
    """

    text: str
    done: float | None
    words: str


def progress_of(
    workspace: Workspace, job: Job, usual: float | None, parts: Sequence[Job] = ()
) -> Progress:
    """Return the progress of an open job.

    Args:
        workspace: whose.
        job: which.
        usual: as `usual_seconds` says.
        parts: what it is made of.
    """
    done = done_so_far(job, usual)
    text = progress_text(job, _before(workspace, job))
    if not job.kind.paid:
        if not job.cancel_requested:
            text = parts_summary(job, parts) or text
        return Progress(text, done or 0.0, cancel_parts_words(parts))
    takes = "" if job.state is JobState.WAITING else time_text(job, usual)
    words = " · ".join(filter(None, (takes, cancel_words(job))))
    return Progress(text, done, words)


def stage_progress(
    workspace: Workspace, job: Job, usual: float | None, parts: Sequence[Job] = ()
) -> Progress:
    """Return the progress in a sentence that names the model, for the job that the page is about.

    Args:
        workspace: whose.
        job: which.
        usual: as `usual_seconds` says.
        parts: what it is made of.
    """
    plain_progress = progress_of(workspace, job, usual, parts)
    title = made_on(workspace.catalogue, job.endpoint_id, job.arguments)
    text = progress_sentence(
        job, title, usual, before=_before(workspace, job), parts=parts_summary(job, parts)
    )
    words = cancel_words(job) if job.kind.paid else plain_progress.words
    return replace(plain_progress, text=text, words=words)


def _before(workspace: Workspace, job: Job) -> int | None:
    """Return how many jobs are ahead of a queued one."""
    return workspace.jobs.place_in_queue(job.id) if is_in_line(job) else None


def show_progress(progress: Progress) -> None:
    """Show a bar if the fraction is known, otherwise a spinner, and the text."""
    text = plain(progress.text)
    if progress.done is None:
        st.markdown(f":green[:material/pending:] {text}")
    else:
        st.progress(progress.done, text=text)
    if progress.words:
        st.caption(plain(progress.words))
