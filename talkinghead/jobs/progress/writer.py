"""Connects the running jobs of this process to the journal: writes progress, and reads cancellation
requests.

Each is one transaction for all jobs together. That of a few renders leaves at once, that of many
four times a second at most: two hundred cost the database no more than one.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from talkinghead.core.database import DatabaseError
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.progress_repository import ProgressUpdate
from talkinghead.jobs.renderer import Progress

INTERVAL = 0.25  # seconds between two writes at most, and between two looks for requests to stop
GATHERING = 0.02  # seconds for which updates are gathered, for each job under way

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class ProgressWriter:
    """Runs on the workflows' event loop; one per process."""

    def __init__(self, journal: Journal, threads: Executor) -> None:
        self._journal = journal
        self._threads = threads
        self._stops: dict[str, asyncio.Event] = {}
        self._updates: dict[str, ProgressUpdate] = {}
        self._writing = asyncio.Lock()
        self._wake = asyncio.Event()
        self._carrier: asyncio.Task[None] | None = None

    async def call(self, function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """Run a short blocking call in one of a few reserved threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(function, *args, **kwargs))

    def join(self, job_id: str) -> asyncio.Event:
        """Register a running job; the returned event is set when a person requests cancellation."""
        stop = self._stops.setdefault(job_id, asyncio.Event())
        if self._carrier is None or self._carrier.done():
            self._carrier = asyncio.create_task(self._carry())
        return stop

    def leave(self, job_id: str) -> None:
        """Unregister the job."""
        self._stops.pop(job_id, None)
        self._updates.pop(job_id, None)

    def report(self, job_id: str, run: int, progress: Progress) -> None:
        """Queue a job's progress, written within the interval."""
        state = JobState.RENDERING if progress.phase == "rendering" else JobState.QUEUED
        update = ProgressUpdate(
            job_id,
            run,
            state,
            progress.fraction,
            progress.seconds_left,
            progress.queue_position,
            progress.lines,
            progress.notes,
        )
        earlier = self._updates.get(job_id)
        if earlier is not None:
            lines, notes = earlier.lines + update.lines, earlier.notes + update.notes
            update = replace(update, lines=lines, notes=notes)
        self._updates[job_id] = update
        self._wake.set()

    async def flush(self) -> None:
        """Write everything reported so far before returning."""
        async with self._writing:
            if self._updates:
                batch, self._updates = list(self._updates.values()), {}
                await self.call(self._journal.record_updates, batch)

    async def _carry(self) -> None:
        looked = 0.0
        while self._stops:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), INTERVAL)
            await asyncio.sleep(min(GATHERING * len(self._stops), INTERVAL))
            self._wake.clear()
            try:
                await self.flush()
                if time.monotonic() - looked >= INTERVAL:
                    await self._pass_on_stops()
                    looked = time.monotonic()
            except DatabaseError:
                _log.exception("The journal could not be reached; trying again")

    async def _pass_on_stops(self) -> None:
        for job_id in await self.call(self._journal.cancel_requested, list(self._stops)):
            if job_id in self._stops:
                self._stops[job_id].set()
