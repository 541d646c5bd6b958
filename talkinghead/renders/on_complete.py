"""Completion of long videos: the jobs of their parts, and the resulting video."""

from dataclasses import replace
from decimal import Decimal

from talkinghead.catalogue.long_video import LongVideoInput
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.on_complete import StoredResult, store_video
from talkinghead.jobs.renderer import RenderedVideo
from talkinghead.videos.repository import VideoRepository


class LongVideoRecords:
    """Queries and stores the results of long videos."""

    def __init__(self, journal: Journal, videos: VideoRepository, store: Store) -> None:
        self._journal = journal
        self._videos = videos
        self._store = store

    def parts(self, long_video: LongVideoInput) -> list[Job]:
        """Return the jobs of a long video's parts in order, including parts ordered for other
        videos.

        Raises:
            NotFound: one is not there any more.
        """
        jobs = self._journal.some([part.job for part in long_video.parts])
        return [job.replace(place=place) for place, job in enumerate(jobs)]

    def file_of(self, part: Job) -> str:
        """Return the file of a finished part.

        Raises:
            NotFound: it was deleted.
        """
        return self._videos.video(part.workspace, part.video_id or "").file

    def store(self, job: Job, rendered: RenderedVideo) -> StoredResult:
        """Store the joined video under its model; its price is that of its own parts."""
        long_video = LongVideoInput.model_validate(job.arguments)
        own = [part for part in self.parts(long_video) if part.parent == job.id]
        video = replace(
            store_video(self._store, job, rendered, paid=False),
            endpoint_id=long_video.endpoint,
            arguments=long_video.input,
            dollars=sum((_dollars(part) for part in own), Decimal(0)),
            seed=long_video.input.get("seed"),
        )
        return StoredResult(video)


def _dollars(part: Job) -> Decimal:
    return part.estimate if part.billed is None else part.billed
