"""What long videos and speeches share: they wait for jobs, then a process puts together what came.

Such a renderer orders nothing: what it waits for are jobs of their own. So all of it may be done
again at any time.
"""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from talkinghead.core.errors import RenderCancelled
from talkinghead.core.store import Store
from talkinghead.jobs.composite import fraction_done, raise_if_incomplete
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.renderer import Progress, RenderRequest
from talkinghead.jobs.worker_renderer import WorkerRenderer

LOOKING = (0.1, 0.25, 0.5, 1.0)  # seconds between two looks at the jobs; longer while none moves
TURN = 0.25  # seconds between two looks whether another is still being put together


class AssemblyRenderer(WorkerRenderer):
    """A `Renderer` of what is made of other jobs.

    Attributes:
        noun: what a person calls one of them.
        stopped: what is said once a person has stopped it.
    """

    noun: ClassVar[str]
    stopped: ClassVar[str]

    def __init__(self, store: Store, command: Sequence[str]) -> None:
        super().__init__(store, command)
        self._turn = asyncio.Semaphore(1)  # one at a time, however many are waiting

    @abstractmethod
    def jobs(self, request: RenderRequest) -> list[Job]:
        """The jobs that are waited for as they stand, by place; in a thread."""

    @abstractmethod
    def waiting_share(self, request: RenderRequest) -> float:
        """How much of the whole, for the bar, the waiting is: 0 to 1."""

    @abstractmethod
    def log_lines(self, jobs: Sequence[Job]) -> list[str]:
        """Everything that has come of them so far, as log lines."""

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        """Nothing to do before all of it is there; then the worker's order."""
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
        """Wait for the jobs and for its turn, then put together; closing it ends the worker.

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
        """How the jobs stand, until all have ended, or all of its own once it is stopped."""
        told, last, looks = set(seen), None, 0
        while True:
            jobs = await self._look(request)
            stopped = request.job_id in self._stopped
            # One that another order waits for, too, goes on when this one is stopped.
            awaited = [job for job in jobs if not stopped or job.parent == request.job_id]
            lines = tuple(line for line in self.log_lines(jobs) if line not in told)
            told.update(lines)
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

    def _raise_if_stopped(self, request: RenderRequest) -> None:
        if request.job_id in self._stopped:
            self._stopped.discard(request.job_id)
            raise RenderCancelled(self.stopped)
