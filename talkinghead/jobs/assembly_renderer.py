"""Base of the renderers of long videos and speeches: wait for child jobs, then assemble their
results in a worker process.

Such a renderer orders nothing: what it waits for are jobs of their own. So all of it may be done
again at any time.
"""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from talkinghead.core.store import Store
from talkinghead.jobs.composite import fraction_done, raise_if_incomplete
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.renderer import Progress, RenderRequest
from talkinghead.jobs.worker_renderer import WorkerRenderer

LOOKING = (0.1, 0.25, 0.5, 1.0)  # seconds between two looks at the jobs; longer while none moves
TURN = 0.25  # seconds between two looks whether another is still being put together


class AssemblyRenderer(WorkerRenderer):
    """A `Renderer` that assembles the results of other jobs.

    Attributes:
        noun: what a person calls one of them.
    """

    noun: ClassVar[str]

    def __init__(self, store: Store, command: Sequence[str]) -> None:
        super().__init__(store, command)
        self._turn = asyncio.Semaphore(1)  # one at a time, however many are waiting

    @abstractmethod
    def jobs(self, request: RenderRequest) -> list[Job]:
        """Return the child jobs by place, in their current state; called in a thread."""

    @abstractmethod
    def waiting_share(self, request: RenderRequest) -> float:
        """Return the share of the progress bar for the waiting phase, 0 to 1."""

    @abstractmethod
    def log_lines(self, jobs: Sequence[Job]) -> list[str]:
        """Return the log lines for everything finished so far."""

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        """Return the worker's order once all children are done; before that, nothing."""
        if any(job.state is not JobState.DONE for job in await self._look(request)):
            return {}
        return await super().prepare(request)

    async def watch(
        self,
        request: RenderRequest,
        request_id: str,
        *,
        seen: Sequence[str] = (),
        cancel_requested: bool = False,
    ) -> AsyncGenerator[Progress, None]:
        """Wait for the children and for a free slot, then assemble; closing the iterator ends the
        worker.

        Raises:
            RenderFailed: jobs failed; every other one has ended by then.
            RenderCancelled: a person stopped it.
        """
        if cancel_requested:
            self._stopped.add(request.job_id)
        async for progress in self._wait(request, seen):
            yield progress
        share = self.waiting_share(request)
        while self._turn.locked():
            self._raise_if_stopped(request)
            yield Progress("rendering", fraction=share)
            await asyncio.sleep(TURN)
        async with self._turn:
            self._raise_if_stopped(request)
            async for progress in super().watch(request, request_id, seen=seen):
                yield replace(progress, fraction=share + (1 - share) * (progress.fraction or 0.0))

    async def _wait(
        self, request: RenderRequest, seen: Sequence[str]
    ) -> AsyncGenerator[Progress, None]:
        """Yield progress until all jobs have ended; after a stop, until those that were
        stopped with it have."""
        reported, last, looks = set(seen), None, 0
        while True:
            # Asked before the jobs are read: those that are stopped with it were marked first. One
            # that another order waits for, too, goes on.
            stopped = request.job_id in self._stopped
            jobs = await self._look(request)
            awaited = [job for job in jobs if not stopped or job.cancel_requested]
            lines = tuple(line for line in self.log_lines(jobs) if line not in reported)
            reported.update(lines)
            now = fraction_done(jobs) * self.waiting_share(request)
            if jobs and (now != last or lines):
                yield Progress("rendering", fraction=now, lines=lines)
                last, looks = now, 0
            if all(job.state.ended for job in awaited):
                break
            await asyncio.sleep(LOOKING[min(looks // 8, len(LOOKING) - 1)])
            looks += 1
        self._raise_if_stopped(request)
        raise_if_incomplete(jobs, self.noun)

    async def _look(self, request: RenderRequest) -> list[Job]:
        return await asyncio.to_thread(self.jobs, request)
