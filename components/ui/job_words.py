"""A job in words: where it stands, how long it takes, what cancelling costs, what was charged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from components.ui.datetimes import zone
from talkinghead.core.money import show_seconds
from talkinghead.jobs.job import Job, JobEvent, JobState
from talkinghead.workspace import Workspace

Color = Literal["gray", "blue", "orange", "green", "red", "primary"]
ALMOST = 0.95  # as far as a guess by the usual time ever goes


@dataclass(frozen=True)
class Standing:
    """How a state is shown: a few words, an icon and a colour."""

    text: str
    icon: str
    color: Color


STANDINGS: dict[JobState, Standing] = {
    JobState.WAITING: Standing("Waiting", "hourglass_empty", "gray"),
    JobState.PREPARING: Standing("Preparing", "inventory_2", "blue"),
    JobState.SUBMITTING: Standing("Sending", "send", "blue"),
    JobState.UNCONFIRMED: Standing("Needs your decision", "help", "orange"),
    JobState.QUEUED: Standing("Queued", "hourglass_empty", "blue"),
    JobState.RENDERING: Standing("Rendering", "movie_edit", "blue"),
    JobState.STORING: Standing("Saving", "save", "blue"),
    JobState.DONE: Standing("Done", "check_circle", "green"),
    JobState.FAILED: Standing("Failed", "error", "red"),
    JobState.CANCELLED: Standing("Cancelled", "block", "gray"),
}
STOPPING = Standing("Stopping", "stop_circle", "orange")
NEEDS_KEY = Standing("Waiting for a key", "key_off", "orange")
SPEAKING = Standing("Speaking", "graphic_eq", "blue")
IN_THE_QUEUE_AGAIN = "Back in the queue: it is started again"


def standing(job: Job) -> Standing:
    """How the job stands now."""
    if needs_key(job):
        return NEEDS_KEY
    if job.cancel_requested and not job.state.ended:
        return STOPPING
    if job.state is JobState.RENDERING and job.kind.makes == "sound":
        return SPEAKING
    return STANDINGS[job.state]


def needs_key(job: Job) -> bool:
    """Whether it goes on as soon as there is a key."""
    return job.waiting_for == "key" and not job.state.ended


def progress_text(workspace: Workspace, job: Job) -> str:
    """What is going on, in a few words: the place in the queue, or how much is done and left."""
    if needs_key(job) or job.cancel_requested:
        return standing(job).text
    if job.state is JobState.WAITING:
        before = workspace.jobs.place_in_queue(job.id)
        return "Next in line" if not before else f"Waiting, {before} before it"
    if job.state is JobState.QUEUED and job.kind.paid:
        before = job.queue_position
        return f"In fal's queue, {before} before it" if before else "In fal's queue, next in line"
    words = standing(job).text
    if job.fraction is not None:
        words += f", {round(job.fraction * 100)} %"
    if job.seconds_left is not None:
        words += f", {time_left(job.seconds_left)}"
    return words


def clock(seconds: float) -> str:
    """A moment of a speech: "0:07", "12:40"."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def time_left(seconds: float) -> str:
    """A guess, as roughly as it is: "about 40 s left", "about 3 min left"."""
    if seconds < 90:
        return f"about {max(round(seconds), 1)} s left"
    return f"about {round(seconds / 60)} min left"


def time_text(job: Job, usual: float | None, now: datetime | None = None) -> str:
    """How long it has taken so far, and how long this model usually takes."""
    words = f"{_whole(_elapsed(job, now))} so far"
    return words if usual is None else f"{words} · usually about {_whole(usual)}"


def done_so_far(job: Job, usual: float | None, now: datetime | None = None) -> float | None:
    """How much of it is done, 0 to 1: as the renderer says, else by the usual time, else None."""
    if job.fraction is not None:
        return min(max(job.fraction, 0.0), 1.0)
    if usual is None or job.state not in (JobState.QUEUED, JobState.RENDERING, JobState.STORING):
        return None
    return min(_elapsed(job, now) / max(usual, 1), ALMOST)


def cancel_words(job: Job) -> str:
    """What cancelling costs at this moment; nothing to say about a draft."""
    if not job.kind.paid:
        return ""
    if job.cancel_requested:
        return "Asked to stop. It may still be charged; if the video arrives, it is kept."
    match job.state:
        case JobState.WAITING | JobState.PREPARING:
            return "Nothing is ordered yet: cancelling is free."
        case JobState.QUEUED:
            return "Cancelling is free while it waits."
        case JobState.SUBMITTING | JobState.RENDERING:
            return "If you cancel now, it may still be charged."
        case JobState.UNCONFIRMED:
            return "If you cancel, nobody looks for it any more; it may have been charged."
        case JobState.STORING:
            return "It is rendered and paid for; the video is being saved."
        case _:
            return ""


def may_cancel(job: Job) -> bool:
    """Whether stopping it still means something."""
    too_late = job.kind.paid and job.state is JobState.STORING
    return not (job.state.ended or job.cancel_requested or too_late)


def charge_sentence(job: Job) -> str:
    """Whether a failed job was paid for; nothing to say about a draft."""
    if not job.kind.paid:
        return ""
    if job.charged is None:
        return "Whether it was charged is not known here: fal.ai/dashboard shows it."
    return "It was charged." if job.charged else "Nothing was charged."


def may_fetch(job: Job) -> bool:
    """Whether there may be a paid video at fal that is not here; refused inputs made none."""
    ended = job.state in (JobState.FAILED, JobState.CANCELLED)
    made = job.charged is not False and job.problem_field is None
    return job.kind.paid and ended and made and job.request_id is not None and job.video_id is None


class JobLog:
    """The events of a job as lines, each with its time; more may be added as they come.

    Attributes:
        lines: oldest first.
        last: the number of the last event, or 0.
    """

    def __init__(self, events: Sequence[JobEvent] = ()) -> None:
        self.lines: list[str] = []
        self.last = 0
        self._rendering = False
        self.add(events)

    def add(self, events: Sequence[JobEvent]) -> None:
        """Those that followed; a run that goes back to the queue says so."""
        for event in events:
            back = self._rendering and event.kind == "state" and event.text == JobState.QUEUED
            self.lines.append(_at(event, IN_THE_QUEUE_AGAIN if back else _words(event)))
            self.last = event.number
            if event.kind == "state":
                self._rendering = event.text == JobState.RENDERING


def _words(event: JobEvent) -> str:
    return STANDINGS[JobState(event.text)].text if event.kind == "state" else event.text


def last_note(events: Sequence[JobEvent]) -> str:
    """Our latest remark on the job, or nothing."""
    return next((event.text for event in reversed(events) if event.kind == "note"), "")


def _at(event: JobEvent, text: str) -> str:
    return f"{event.at.astimezone(zone()):%H:%M:%S}  {text}"


def _elapsed(job: Job, now: datetime | None) -> float:
    since = job.submitted_at or job.started_at or job.created_at
    return max(((now or datetime.now(UTC)) - since).total_seconds(), 0)


def _whole(seconds: float) -> str:
    return f"{round(seconds)} s" if seconds < 60 else show_seconds(seconds)
