"""Drives the jobs."""

from talkinghead.errors import RenderRefused
from talkinghead.jobs.database import Database
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.journal import Journal
from talkinghead.media.store import Store
from talkinghead.settings import Settings


class Engine:
    def __init__(self, settings: Settings, database: Database, store: Store) -> None:
        self._journal = Journal(database)
        self._store = store

    def start(self) -> None:
        pass

    def close(self) -> None:
        pass

    def check(self, endpoint_id: str) -> None:
        """Whether a model can be rendered here.

        Raises:
            RenderRefused: it cannot.
        """
        if endpoint_id != "draft":
            raise RenderRefused("Rendering on fal.ai needs a key. Render a free draft meanwhile.")

    def order(self, job: Job) -> None:
        """Write a new job down and put it into the queue."""
        self._journal.add(job)

    def place(self, job: Job) -> int | None:
        if job.state is not JobState.WAITING:
            return None
        return self._journal.standing_before(job, "draft" if job.endpoint_id == "draft" else None)

    def cancel(self, job: Job) -> None:
        self._journal.request_cancel(job.id)
        self._journal.change(job.id, JobState.CANCELLED, before=[JobState.WAITING])

    def hear_voice(self, workspace: str, voice: str, text: str | None) -> bytes:
        raise NotImplementedError
