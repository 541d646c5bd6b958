"""Connects the running jobs of this process to the journal: writes progress, and reads what was
decided about them elsewhere.

Each is one transaction for all jobs together. That of a few renders leaves at once, that of many
four times a second at most: two hundred cost the database no more than one.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, repeat
from typing import Any, TypeVar

from talkinghead.core.database import DatabaseError, is_outage
from talkinghead.jobs.job import JobState
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.records.progress_repository import ProgressUpdate
from talkinghead.jobs.renderer import FIRST_LINES, NEWEST_LINES, Progress

INTERVAL = 0.25  # seconds between two writes at most, and between two looks for requests to stop
GATHERING = 0.02  # seconds for which updates are gathered, for each job under way
OUTAGE_PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds between attempts while the journal is away

_log = logging.getLogger(__name__)
Result = TypeVar("Result")
RunKey = tuple[str, int]
"""A job's id and the number of the workflow that drives it."""


@dataclass(frozen=True)
class DrivenJob:
    """Signals to the workflow of a job.

    Attributes:
        stop: a person requested cancellation.
        over: the journal says that this workflow has nothing to do any more: the job was given up,
            erased, or is driven by another workflow.
    """

    stop: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


class ProgressWriter:
    """Runs on the workflows' event loop; one per process."""

    def __init__(self, journal: Journal, threads: Executor) -> None:
        self._journal = journal
        self._threads = threads
        self._driven: dict[RunKey, DrivenJob] = {}
        self._updates: dict[RunKey, ProgressUpdate] = {}
        self._writing = asyncio.Lock()
        self._wake = asyncio.Event()
        self._carrier: asyncio.Task[None] | None = None

    async def call(self, function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """Run a short blocking call in one of a few reserved threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(function, *args, **kwargs))

    async def persist(self, function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """As `call`, repeated until the journal is there again: for what is known here alone, and
        may be written twice."""
        for pause in chain(OUTAGE_PAUSES, repeat(OUTAGE_PAUSES[-1])):
            try:
                return await self.call(function, *args, **kwargs)
            except DatabaseError as error:
                if not is_outage(error):
                    raise
                _log.warning("the journal cannot be reached (%s)", type(error).__name__)
            await asyncio.sleep(pause)
        raise AssertionError  # the pauses never end

    def join(self, job_id: str, run: int) -> DrivenJob:
        """Register a job that is driven here; returns its signals."""
        driven = self._driven.setdefault((job_id, run), DrivenJob())
        if self._carrier is None or self._carrier.done():
            self._carrier = asyncio.create_task(self._carry())
        return driven

    def leave(self, job_id: str, run: int) -> None:
        """Unregister the job."""
        self._driven.pop((job_id, run), None)
        self._updates.pop((job_id, run), None)

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
        self._add(update)
        self._wake.set()

    async def flush(self) -> None:
        """Write everything reported so far before returning; what could not be written is kept."""
        async with self._writing:
            if not self._updates:
                return
            batch, self._updates = list(self._updates.values()), {}
            try:
                await self.call(self._journal.record_updates, batch)
            except DatabaseError as error:
                if is_outage(error):
                    self._put_back(batch)
                raise

    def _add(self, update: ProgressUpdate) -> None:
        key = (update.job_id, update.run)
        earlier = self._updates.get(key)
        if earlier is not None:
            lines, notes = earlier.lines + update.lines, earlier.notes + update.notes
            if len(lines) > FIRST_LINES + NEWEST_LINES:  # the journal is away
                lines = lines[:FIRST_LINES] + lines[-NEWEST_LINES:]
            update = replace(update, lines=lines, notes=notes)
        self._updates[key] = update

    def _put_back(self, batch: Iterable[ProgressUpdate]) -> None:
        """Queue updates again, before those that were reported meanwhile."""
        since, self._updates = self._updates, {}
        for update in (*batch, *since.values()):
            if (update.job_id, update.run) in self._driven:
                self._add(update)

    async def _carry(self) -> None:
        looked = 0.0
        while self._driven:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), INTERVAL)
            await asyncio.sleep(min(GATHERING * len(self._driven), INTERVAL))
            self._wake.clear()
            try:
                await self.flush()
                if time.monotonic() - looked >= INTERVAL:
                    await self._pass_on_signals()
                    looked = time.monotonic()
            except Exception as error:  # noqa: BLE001  a task's outermost loop: progress goes on
                _log.warning("progress was not written (%s); trying again", type(error).__name__)

    async def _pass_on_signals(self) -> None:
        asked = dict(self._driven)
        found = await self.call(self._journal.standing, [job_id for job_id, _ in asked])
        for (job_id, run), driven in asked.items():
            now = found.get(job_id)
            if now is None or now.ended or now.run != run:
                driven.over.set()
            elif now.cancel_requested:
                driven.stop.set()
