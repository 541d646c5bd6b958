"""Films: waits until every part is rendered, then joins them in a process of its own.

It orders nothing: the parts are jobs of their own. So all of it may be done again at any time.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from talkinghead.errors import NotFound, RenderCancelled, RenderRefused
from talkinghead.jobs.family import fraction_done, raise_if_incomplete
from talkinghead.jobs.job import Job, JobState
from talkinghead.media.store import Store
from talkinghead.models.film import FilmOrder
from talkinghead.renderers.base import Progress, RenderedVideo, RenderRequest
from talkinghead.renderers.worker import WorkerRenderer

WORKER = (sys.executable, "-m", "talkinghead.renderers.film_worker")
LOOKING = (0.1, 0.25, 0.5, 1.0)  # seconds between two looks at the parts; longer while none moves
JOINING_SHARE = 0.05  # of the whole, for the bar; it takes seconds where the parts take minutes
STOPPED = "Stopped. The parts that are done are kept and are not paid for again."


class FilmRenderer(WorkerRenderer):
    """The `Renderer` of films.

    Args:
        store: where parts and speeches are.
        parts: the jobs of a film's parts as they stand, in order.
        file_of: the file of a finished part.
        command: the worker that joins; the tests give another.
    """

    out_of_memory: ClassVar[str] = (
        "Joining was stopped by the system, most likely because memory ran out. Try again; the "
        "parts are kept."
    )
    crashed: ClassVar[str] = (
        "Joining stopped unexpectedly. Try again: the parts are kept and are not paid for again."
    )
    input_gone: ClassVar[str] = (
        "A part or the speech is not here any more. Try again: only what is missing is ordered."
    )

    def __init__(
        self,
        store: Store,
        parts: Callable[[FilmOrder], list[Job]],
        file_of: Callable[[Job], str],
        command: Sequence[str] = WORKER,
    ) -> None:
        super().__init__(store, command)
        self._parts = parts
        self._file_of = file_of
        self._joining = asyncio.Semaphore(1)  # one at a time, however many films are waiting

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        """Nothing to do before the parts are there; then the worker's order."""
        parts = await self._look(request)
        if any(part.state is not JobState.DONE for part in parts):
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
        """Wait for the parts, then join them; closing the iterator ends the worker.

        Raises:
            RenderFailed: parts failed; every other one has ended by then.
            RenderCancelled: a person stopped it.
        """
        if cancel_requested:
            self._stopped.add(request.job_id)
        async for progress in self._wait(request, seen):
            yield progress
        async with self._joining:
            if request.job_id in self._stopped:
                self._stopped.discard(request.job_id)
                raise RenderCancelled(STOPPED)
            async for progress in super().watch(request, request_id, seen=seen):
                yield _joining(progress)

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        """The joined file; it stands under its name only when it is whole."""
        path = await self.again(request, request_id)
        return RenderedVideo(path=path, seed=None, billed_units=None, facts={})

    def finished(self, request: RenderRequest) -> Path:
        """The video."""
        return request.folder / "video.mp4"

    def order(self, request: RenderRequest) -> dict[str, Any]:
        """What the worker joins; where the store is a folder, the files as they lie there."""
        film = _film(request)
        try:
            references = [self._file_of(part) for part in self._parts(film)]
        except NotFound as error:
            raise RenderRefused(self.input_gone) from error
        files = [self._at_hand(request, reference) for reference in references]
        frames = [part.frames for part in film.parts]
        return {
            "parts": list(zip(files, frames, strict=True)),
            "sound": self._at_hand(request, film.sound) if film.sound else None,
            "out": str(self.finished(request)),
        }

    def _at_hand(self, request: RenderRequest, reference: str) -> str:
        """Where the file lies, or a copy of it where the store is far away."""
        try:
            path = self._store.local_path(request.workspace, reference)
        except NotFound as error:
            raise RenderRefused(self.input_gone) from error
        return str(path) if path else self.file(request, reference)

    async def _wait(
        self, request: RenderRequest, seen: Sequence[str]
    ) -> AsyncGenerator[Progress, None]:
        """How the parts stand, until all have ended, or all of its own once it is stopped."""
        told, last, looks = set(seen), None, 0
        while True:
            parts = await self._look(request)
            stopped = request.job_id in self._stopped
            # One that another film has ordered goes on when this one is stopped.
            awaited = [part for part in parts if not stopped or part.parent == request.job_id]
            lines = tuple(line for line in _news(parts) if line not in told)
            told.update(lines)
            now = fraction_done(parts) * (1 - JOINING_SHARE)
            if now != last or lines:
                yield Progress("rendering", fraction=now, lines=lines)
                last, looks = now, 0
            if all(part.state.ended for part in awaited):
                break
            await asyncio.sleep(LOOKING[min(looks // 8, len(LOOKING) - 1)])
            looks += 1
        if stopped:
            self._stopped.discard(request.job_id)
            raise RenderCancelled(STOPPED)
        raise_if_incomplete(parts)

    async def _look(self, request: RenderRequest) -> list[Job]:
        return await asyncio.to_thread(self._parts, _film(request))


def _news(parts: Sequence[Job]) -> list[str]:
    """What has come of each part that has ended, as log lines."""
    words = {
        JobState.DONE: "is done",
        JobState.FAILED: "failed",
        JobState.CANCELLED: "was stopped",
    }
    return [
        f"Part {number} of {len(parts)} {words[part.state]}"
        for number, part in enumerate(parts, 1)
        if part.state in words
    ]


def _joining(progress: Progress) -> Progress:
    done = progress.fraction or 0.0
    return Progress(
        "rendering",
        fraction=1 - JOINING_SHARE * (1 - done),
        seconds_left=progress.seconds_left,
        lines=progress.lines,
    )


def _film(request: RenderRequest) -> FilmOrder:
    assert isinstance(request.input, FilmOrder)  # noqa: S101  the engine chose this renderer by it
    return request.input
