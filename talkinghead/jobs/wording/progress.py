"""Texts on the progress of a job, and its duration."""

from datetime import UTC, datetime

from talkinghead.core.money import show_seconds
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.wording.status import needs_key, status_of

ALMOST = 0.95  # as far as a guess by the usual time ever goes


def is_in_line(job: Job) -> bool:
    """Whether it queues for this machine, so that its place in the queue is meaningful."""
    return job.state is JobState.WAITING and not (needs_key(job) or job.cancel_requested)


def progress_text(job: Job, before: int | None = None) -> str:
    """Return the place in the queue, or how much is done and left, in a few words.

    Args:
        job: which.
        before: of a job in line, how many of this machine come first.
    """
    words = status_of(job).text
    if needs_key(job) or job.cancel_requested:
        return words
    if is_in_line(job):
        return f"{before} ahead in queue" if before else "Next up"
    if job.state is JobState.QUEUED and job.kind.paid:
        ahead = job.queue_position
        return f"{ahead} ahead in fal.ai's queue" if ahead else "Next up in fal.ai's queue"
    if job.fraction is not None:
        words += f", {round(job.fraction * 100)}%"
    if job.seconds_left is not None:
        words += f", {time_left(job.seconds_left)}"
    return words


def progress_sentence(
    job: Job,
    title: str,
    usual: float | None,
    *,
    before: int | None = None,
    parts: str = "",
    now: datetime | None = None,
) -> str:
    """Return what is made, how much of it is done and the time left: "Rendering on FlashHead · 55%
    · about 6 s left".

    Args:
        job: one in progress.
        title: of its model.
        usual: seconds that such a render usually takes, or None.
        before: of a job in line, how many of this machine come first.
        parts: how many of its parts are done, or nothing.
        now: the time; that of the clock by default.
    """
    paid = job.kind.paid or job.kind.is_composite
    facts = [f"Rendering on {title}" if paid else "Making your draft"]
    if words := _manner(job, before):
        return " · ".join([*facts, words])
    done, left = done_so_far(job, usual, now), _seconds_left(job, usual, now)
    if parts:
        facts.append(parts)
    elif done is not None:
        facts.append(f"{round(done * 100)}%")
    if left is not None:
        facts.append(time_left(left))
    return " · ".join(facts)


def _manner(job: Job, before: int | None) -> str:
    """Return why it does not move at the moment, or what is done before and after; "" while it
    renders."""
    if needs_key(job) or job.cancel_requested:
        return status_of(job).text.lower()
    match job.state:
        case JobState.WAITING:
            return _ahead(before)
        case JobState.QUEUED if job.kind.paid:
            return _ahead(job.queue_position)
        case JobState.UNCONFIRMED:
            return "waiting for you"
        case JobState.RENDERING:
            return ""
    return status_of(job).text.lower()


def _ahead(jobs: int | None) -> str:
    return f"{jobs} ahead in queue" if jobs else "next up"


def _seconds_left(job: Job, usual: float | None, now: datetime | None) -> float | None:
    """Return how long it will take, as it says itself or as such renders usually do; None where it
    is already longer."""
    if job.seconds_left is not None:
        return job.seconds_left
    if usual is None or (left := usual - _elapsed(job, now)) <= 0:
        return None
    return left


def time_left(seconds: float) -> str:
    """Return a rounded estimate: "about 40 s left", "about 3 min left"."""
    if seconds < 90:
        return f"about {max(round(seconds), 1)} s left"
    return f"about {round(seconds / 60)} min left"


def time_text(job: Job, usual: float | None, now: datetime | None = None) -> str:
    """Return the elapsed time, and how long this model usually takes."""
    words = f"{_whole(_elapsed(job, now))} so far"
    return words if usual is None else f"{words} · usually about {_whole(usual)}"


def done_so_far(job: Job, usual: float | None, now: datetime | None = None) -> float | None:
    """Return the completed fraction, 0 to 1: from the renderer, else from the usual time, else
    None."""
    if job.fraction is not None:
        return min(max(job.fraction, 0.0), 1.0)
    if usual is None or job.state not in (JobState.QUEUED, JobState.RENDERING, JobState.STORING):
        return None
    return min(_elapsed(job, now) / max(usual, 1), ALMOST)


def _elapsed(job: Job, now: datetime | None) -> float:
    since = job.submitted_at or job.started_at or job.created_at
    return max(((now or datetime.now(UTC)) - since).total_seconds(), 0)


def _whole(seconds: float) -> str:
    return f"{round(seconds)} s" if seconds < 60 else show_seconds(seconds)
