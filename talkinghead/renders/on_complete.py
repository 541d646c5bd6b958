"""Films on record: what their parts are, and the video that comes of them."""

from dataclasses import replace
from decimal import Decimal

from talkinghead.catalogue.long_video import FilmOrder
from talkinghead.core.store import Store
from talkinghead.jobs.job import Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.on_complete import StoredResult, store_video
from talkinghead.jobs.renderer import RenderedVideo
from talkinghead.videos.repository import VideoRepository


class FilmRecords:
    """What is known of films, for those that join and keep them."""

    def __init__(self, journal: Journal, videos: VideoRepository, store: Store) -> None:
        self._journal = journal
        self._videos = videos
        self._store = store

    def parts(self, film: FilmOrder) -> list[Job]:
        """The jobs of a film's parts as they stand, in its order, also those of other films.

        Raises:
            NotFound: one is not there any more.
        """
        jobs = self._journal.some([part.job for part in film.parts])
        return [job.replace(place=place) for place, job in enumerate(jobs)]

    def file_of(self, part: Job) -> str:
        """The file of a finished part.

        Raises:
            NotFound: it was deleted.
        """
        return self._videos.video(part.workspace, part.video_id or "").file

    def store(self, job: Job, rendered: RenderedVideo) -> StoredResult:
        """The joined video as one of its model; it cost what its own parts did."""
        film = FilmOrder.model_validate(job.arguments)
        own = [part for part in self.parts(film) if part.parent == job.id]
        video = replace(
            store_video(self._store, job, rendered, paid=False),
            endpoint_id=film.endpoint,
            arguments=film.input,
            dollars=sum((_dollars(part) for part in own), Decimal(0)),
            seed=film.input.get("seed"),
        )
        return StoredResult(video)


def _dollars(part: Job) -> Decimal:
    return part.estimate if part.billed is None else part.billed
