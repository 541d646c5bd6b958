"""The status of a job for display: a few words, an icon and a colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from talkinghead.jobs.job import Job, JobState

Color = Literal["gray", "blue", "orange", "green", "red", "primary"]


@dataclass(frozen=True)
class Status:
    """The display of a job's state.

    Attributes:
        text: a few words.
        icon: a Material symbol's name.
        color: of both.
    """

    text: str
    icon: str
    color: Color


STATUSES: Mapping[JobState, Status] = MappingProxyType(
    {
        JobState.WAITING: Status("Waiting", "hourglass_empty", "gray"),
        JobState.PREPARING: Status("Preparing", "inventory_2", "blue"),
        JobState.SUBMITTING: Status("Sending", "send", "blue"),
        JobState.UNCONFIRMED: Status("Needs attention", "help", "orange"),
        JobState.QUEUED: Status("Queued", "hourglass_empty", "blue"),
        JobState.RENDERING: Status("Rendering", "movie_edit", "blue"),
        JobState.STORING: Status("Saving", "save", "blue"),
        JobState.DONE: Status("Done", "check_circle", "green"),
        JobState.FAILED: Status("Failed", "error", "red"),
        JobState.CANCELLED: Status("Canceled", "block", "gray"),
    }
)
STOPPING = Status("Canceling", "stop_circle", "orange")
NEEDS_KEY = Status("Key needed", "key_off", "orange")
SPEAKING = Status("Speaking", "graphic_eq", "blue")


def status_of(job: Job) -> Status:
    """Return the status of the job."""
    if needs_key(job):
        return NEEDS_KEY
    if job.cancel_requested and not job.state.ended:
        return STOPPING
    if job.state is JobState.RENDERING and job.kind.makes == "sound":
        return SPEAKING
    return STATUSES[job.state]


def needs_key(job: Job) -> bool:
    """Whether it continues as soon as there is a key."""
    return job.waiting_for == "key" and not job.state.ended
