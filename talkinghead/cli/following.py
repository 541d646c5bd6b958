"""Follows a job until it has ended and prints its progress; Ctrl-C leaves it running."""

import subprocess
import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

import typer

from talkinghead.cli.session import Session
from talkinghead.core.errors import (
    InvalidInput,
    KeyNeeded,
    RenderCancelled,
    RenderError,
    RenderFailed,
    StudioError,
    SubmitUnconfirmed,
)

if TYPE_CHECKING:
    from talkinghead.jobs.job import Job

POLL = 1.0  # seconds between two looks at the parts of a job
SETTLING = 30.0  # seconds for looking for a lost order, or for sending it again


class LeftToGoOn(StudioError):
    """A person pressed Ctrl-C while a job was waited for; the job goes on."""


def follow(session: Session, job: "Job", *, quiet: bool) -> "Job":
    """Wait until a job has ended or needs a person; runs it here if nobody else does.

    Args:
        session: where it was ordered.
        job: which.
        quiet: print no progress.

    Returns:
        The job in its last state; `raise_unless_done` turns that into an error.

    Raises:
        LeftToGoOn: Ctrl-C was pressed.
    """
    try:
        session.drive()
        return _wait(session, job.id, quiet=quiet)
    except KeyboardInterrupt:
        raise _left_to_go_on(session, job.id) from None


def settle(session: Session, job_id: str, act: Callable[[Session], None]) -> "Job":
    """Act on a job whose order is lost and wait until that has an effect, at most SETTLING seconds.

    Raises:
        InvalidInput: its order is not lost.
    """
    from talkinghead.jobs.job import JobState
    from talkinghead.jobs.wording.charges import may_look_again

    service = session.workspace.jobs
    before = service.find(job_id)
    if before.state is not JobState.UNCONFIRMED and not may_look_again(before):
        raise InvalidInput(f"Render {job_id} is {before.state.value}, not unconfirmed.")
    act(session)
    session.drive()
    # It stays unconfirmed while it is looked for, and where it is not found.
    patience = monotonic() + SETTLING
    asked = now = service.find(job_id)
    while (now.state, now.updated_at) == (asked.state, asked.updated_at):
        if monotonic() > patience:
            break
        service.wait_for_change(now, POLL)
        now = service.find(job_id)
    return now


def raise_unless_done(session: Session, job: "Job") -> None:
    """Say why a job is not done, as the error that it is.

    Raises:
        SubmitUnconfirmed: nobody knows whether it was ordered.
        KeyNeeded: it waits for a key.
        RenderError: it failed or was cancelled.
    """
    from talkinghead.jobs.job import JobState
    from talkinghead.jobs.wording.charges import charge_sentence

    if job.state is JobState.DONE:
        return
    if (lost := _lost(session, job)) is not None:
        raise SubmitUnconfirmed(
            f"We couldn't confirm your order with fal.ai, and you may have been charged. Check "
            f"again in a minute, which is free: talkinghead jobs check {lost.id}"
        )
    if not job.state.ended:
        raise KeyNeeded(
            f"Key needed: render {job.id} resumes once FAL_KEY is set. You won't be charged twice."
        )
    error: type[RenderError] = RenderFailed
    if job.state is JobState.CANCELLED:
        error = RenderCancelled
    why = job.problem or "The render was canceled."
    raise error(f"{why} {charge_sentence(job)}".strip(), charged=job.charged)


def drive_in_background() -> None:
    """Let a process of its own run the open jobs to their end; it outlives this one."""
    command = [sys.executable, "-m", "talkinghead", "jobs", "drive"]
    subprocess.Popen(  # noqa: S603  this very program
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait(session: Session, job_id: str, *, quiet: bool) -> "Job":
    jobs, shown = session.workspace.jobs, ""
    while True:
        job = jobs.find(job_id)
        if not quiet:
            shown = _show(session, job, shown)
        if job.state.ended or _needs_person(session, job):
            return job
        jobs.wait_for_change(job, POLL)


def _needs_person(session: Session, job: "Job") -> bool:
    children = session.workspace.renders.parts(job.id) if job.kind.is_composite else [job]
    open_ones = [child for child in children if not child.state.ended]
    return bool(open_ones) and all(_is_blocked(child) for child in open_ones)


def _is_blocked(job: "Job") -> bool:
    from talkinghead.jobs.job import JobState

    return job.state is JobState.UNCONFIRMED or job.waiting_for == "key"


def _lost(session: Session, job: "Job") -> "Job | None":
    """The job itself or the part of it whose order is not confirmed."""
    from talkinghead.jobs.job import JobState

    parts = session.workspace.renders.parts(job.id) if job.kind.is_composite else []
    lost = (each for each in (job, *parts) if each.state is JobState.UNCONFIRMED)
    return next(lost, None)


def _show(session: Session, job: "Job", shown: str) -> str:
    from talkinghead.jobs.job import JobState
    from talkinghead.jobs.wording.progress import progress_text

    before = None
    if job.state is JobState.WAITING:
        before = session.workspace.jobs.place_in_queue(job.id)
    words = progress_text(job, before)
    if words != shown and not job.state.ended:
        typer.echo(words)
    return words


def _left_to_go_on(session: Session, job_id: str) -> LeftToGoOn:
    here = session.studio.drives
    made = "voice-over" if session.workspace.jobs.find(job_id).kind.makes == "sound" else "video"
    session.leave()
    if here:
        drive_in_background()
    where = "in the background" if here else "in the studio that runs it"
    return LeftToGoOn(
        f"Your {made} continues {where}. To follow it: talkinghead jobs wait {job_id}. To cancel "
        f"it: talkinghead jobs cancel {job_id}"
    )
