"""Completion, the end of a job's workflow: fetch the output, store it, and record that it is done.
All of it can be repeated."""

import asyncio
from decimal import Decimal
from functools import partial

from talkinghead.core.errors import RenderFailed, StorageFailed, StudioError
from talkinghead.core.store import Store
from talkinghead.jobs.execution.submission import Superseded
from talkinghead.jobs.job import Bill, Job
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.on_complete import StoredResult, bill_of, store_video
from talkinghead.jobs.progress.writer import ProgressWriter
from talkinghead.jobs.registry import JobHandler
from talkinghead.jobs.renderer import RenderedVideo, RenderRequest

STORING_PAUSES = (1.0, 3.0)  # seconds between attempts to put a finished video into the store


class Completion:
    """Completes jobs; one instance per process."""

    def __init__(self, journal: Journal, store: Store, writer: ProgressWriter) -> None:
        self._journal = journal
        self._store = store
        self._writer = writer

    async def complete(
        self, job: Job, run: int, handler: JobHandler, request: RenderRequest, request_id: str
    ) -> None:
        """Fetch and store the output; a finished video is never rendered again because storing
        failed.

        Raises:
            Superseded: another workflow has ended the job.
        """
        rendered, paid = await handler.renderer.fetch(request, request_id), job.kind.paid
        try:
            result = await self._stored(job, rendered, handler)
        except StorageFailed:
            raise
        except StudioError as error:
            if not paid:
                raise
            raise RenderFailed(str(error), charged=True) from error
        bill = bill_of(job, rendered) if paid else Bill(Decimal(0))
        finish = partial(self._journal.finish, charged=paid, also=result.also)
        if not await self._writer.call(finish, job.id, run, result.video, bill):
            raise Superseded

    async def _stored(self, job: Job, rendered: RenderedVideo, handler: JobHandler) -> StoredResult:
        store = partial(handler.on_complete or self._as_video, job, rendered)
        for pause in STORING_PAUSES:
            try:
                return await self._writer.call(store)
            except StorageFailed:
                await asyncio.sleep(pause)
        return await self._writer.call(store)

    def _as_video(self, job: Job, rendered: RenderedVideo) -> StoredResult:
        return StoredResult(store_video(self._store, job, rendered, paid=job.kind.paid))
