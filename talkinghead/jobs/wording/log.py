"""The log of a job as text lines."""

from collections.abc import Sequence
from datetime import tzinfo

from talkinghead.jobs.job import JobEvent, JobState
from talkinghead.jobs.wording.status import STATUSES

MOST_LINES = 2000
IN_THE_QUEUE_AGAIN = "Back in the queue"


class JobLog:
    """The events of a job as lines with times; more can be added.

    Args:
        zone: whose clock the times are shown by.
        events: the first ones.

    Attributes:
        lines: oldest first; of very many the newest.
        last: the number of the last event, or 0.
    """

    def __init__(self, zone: tzinfo, events: Sequence[JobEvent] = ()) -> None:
        self.lines: list[str] = []
        self.last = 0
        self._zone = zone
        self._rendering = False
        self.add(events)

    def add(self, events: Sequence[JobEvent]) -> list[str]:
        """Add later events and return their lines; a run that returns to the queue gets one."""
        new = []
        for event in events:
            back = self._rendering and event.kind == "state" and event.text == JobState.QUEUED
            text = IN_THE_QUEUE_AGAIN if back else _words(event)
            new.append(f"{event.at.astimezone(self._zone):%H:%M:%S}  {text}")
            self.last = event.number
            if event.kind == "state":
                self._rendering = event.text == JobState.RENDERING
        self.lines = [*self.lines, *new][-MOST_LINES:]
        return new


def last_note(events: Sequence[JobEvent]) -> str:
    """Return the last note on the job, or ""."""
    return next((event.text for event in reversed(events) if event.kind == "note"), "")


def _words(event: JobEvent) -> str:
    return STATUSES[JobState(event.text)].text if event.kind == "state" else event.text
