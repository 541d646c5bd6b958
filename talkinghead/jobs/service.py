"""What a person asks and decides about jobs that were ordered."""

from talkinghead.core.errors import NotFound
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.job import Job, JobEvent
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.progress.watcher import Lookout


class Errands:
    """The verbs of a workspace over its jobs, but for ordering them."""

    id: str
    _journal: Journal
    _lookout: Lookout
    _engine: Engine

    def job(self, job_id: str) -> Job:
        """One job.

        Raises:
            NotFound: this workspace has no such job.
        """
        return self._journal.job(job_id, self.id)

    def jobs(self, open_only: bool = False, limit: int = 100) -> list[Job]:
        """The jobs, newest first, without those that were dismissed."""
        return self._journal.jobs(self.id, open_only=open_only, limit=limit)

    def events(self, job_id: str, after: int = 0) -> list[JobEvent]:
        """What happened to a job after its event of this number, in order.

        Raises:
            NotFound: this workspace has no such job.
        """
        return self._journal.events(self.id, job_id, after)

    def look(self, job_id: str, after: int = 0) -> tuple[Job, list[JobEvent]]:
        """A job and its events after the one of this number, as they were at one moment.

        Raises:
            NotFound: this workspace has no such job.
        """
        return self._journal.look(self.id, job_id, after)

    def wait_for_news(self, job: Job, seconds: float) -> bool:
        """Block until a job has moved since it was read, wherever it runs; False if it did not
        within so many seconds.

        Raises:
            NotFound: the job is not this workspace's.
        """
        if job.workspace != self.id:
            raise NotFound("There is no such job here.")
        return self._lookout.wait(job.id, job.updated_at, seconds)

    def place(self, job_id: str) -> int | None:
        """How many stand before a waiting job in our own queue; None when it is not waiting.

        Raises:
            NotFound: this workspace has no such job.
        """
        return self._engine.place(self.job(job_id))

    def cancel(self, job_id: str) -> None:
        """Stop a job: at once while it waits, within two seconds while it is rendered here.

        Raises:
            NotFound: this workspace has no such job.
        """
        self._engine.cancel(self.job(job_id))

    def look_again(self, job_id: str) -> None:
        """Look at fal once more for an order whose answer was lost; free.

        Raises:
            NotFound: this workspace has no such job.
        """
        self._engine.look_again(self.job(job_id))

    def fetch_again(self, job_id: str) -> None:
        """Fetch the video of an ended job that was ordered; nothing is rendered again.

        Raises:
            NotFound: this workspace has no such job, or nothing of it was ordered.
        """
        job = self.job(job_id)
        if not job.arguments or not self._engine.fetch_again(job):
            raise NotFound("There is no order to fetch a video of.")

    def dismiss(self, job_id: str) -> None:
        """Take an ended job off the list; its video, where there is one, stays.

        Raises:
            NotFound: this workspace has no such job.
        """
        self._journal.dismiss(self.job(job_id).id)
