"""Texts on what cancelling a job costs, and what was charged for an ended one."""

from datetime import UTC, datetime, timedelta

from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.wording.status import needs_key

STUCK = timedelta(seconds=20)
"""Saving a video that takes longer has met with an obstacle."""


def price_words(job: Job) -> str:
    """Return what a job costs: the bill, or as long as it is not known the estimate."""
    if job.estimate == 0:
        return "free"
    return show_dollars(job.estimate if job.billed is None else job.billed)


def cancel_words(job: Job) -> str:
    """Return what cancelling costs now; "" for a draft."""
    if not job.kind.paid:
        return ""
    if job.cancel_requested:
        return "Canceling. You may still be charged; if the video arrives, it is kept."
    match job.state:
        case JobState.WAITING | JobState.PREPARING:
            return "Not ordered yet. Canceling is free."
        case JobState.QUEUED:
            return "Canceling is free while it waits."
        case JobState.SUBMITTING | JobState.RENDERING:
            return "You may still be charged if you cancel."
        case JobState.UNCONFIRMED:
            return "If you cancel we stop checking. You may already have been charged."
        case JobState.STORING:
            return "Rendered and charged. Saving the video."
        case _:
            return ""


def give_up_words(job: Job) -> str:
    """Return what giving up a job means for the money and the video."""
    kept = ""
    if job.request_id:
        kept = " The request ID is kept, so you can download the video later if it was made."
    if not job.kind.paid:
        return "You won't be charged."
    match job.state:
        case JobState.WAITING | JobState.PREPARING:
            return "Nothing was ordered, so you won't be charged."
        case JobState.STORING:
            return f"It was rendered and charged, but the video wasn't saved here.{kept}"
        case JobState.UNCONFIRMED | JobState.SUBMITTING:
            return "You may already have been charged. You can check again later."
        case _:
            return f"fal.ai may still render and charge it.{kept}"


def may_give_up(job: Job, now: datetime | None = None) -> bool:
    """Whether giving up is offered: where cancelling has no effect, or none yet."""
    if job.state.ended:
        return False
    stuck = (now or datetime.now(UTC)) - job.updated_at > STUCK
    saving = job.kind.paid and job.state is JobState.STORING and stuck
    return job.cancel_requested or saving


def may_cancel(job: Job) -> bool:
    """Whether cancelling still has an effect."""
    too_late = job.kind.paid and job.state is JobState.STORING
    return not (job.state.ended or job.cancel_requested or too_late)


def asks_before_cancel(job: Job) -> bool:
    """Whether cancelling is asked about first: nobody is there to stop the job at fal."""
    return needs_key(job) and job.kind.paid


def charge_sentence(job: Job) -> str:
    """Return whether a failed job was charged; "" for a draft."""
    if not job.kind.paid:
        return ""
    if job.charged is None:
        return "We can't tell if you were charged. Check your fal.ai dashboard."
    return "You were charged." if job.charged else "You weren't charged."


def may_fetch(job: Job) -> bool:
    """Whether there may be a paid output at fal that was not fetched; rejected inputs made none."""
    ended = job.state in (JobState.FAILED, JobState.CANCELLED)
    made = job.charged is not False and job.problem_field is None
    return job.kind.paid and ended and made and job.request_id is not None and job.video_id is None


def may_look_again(job: Job) -> bool:
    """Whether a job ended while nobody knew if fal took its order, which may be found yet."""
    ended = job.state in (JobState.FAILED, JobState.CANCELLED)
    lost = job.submitted_at is not None and job.request_id is None and job.charged is None
    return job.kind.paid and ended and lost and bool(job.arguments)
