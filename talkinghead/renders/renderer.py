"""Renderer of long videos: waits for every part, then joins them in a worker process."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from talkinghead.catalogue.long_video import LongVideoInput
from talkinghead.core.errors import NotFound, RenderRefused
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import JOIN, WorkKind
from talkinghead.jobs.assembly_renderer import AssemblyRenderer
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.renderer import RenderedVideo, RenderRequest

WORKER = (sys.executable, "-m", "talkinghead.renders.worker")
PARTS_SHARE = 0.95  # of the whole, for the bar
ENDS = {JobState.DONE: "is done", JobState.FAILED: "failed", JobState.CANCELLED: "was stopped"}


class LongVideoRenderer(AssemblyRenderer):
    """The `Renderer` of long videos.

    Args:
        store: where parts and speeches are.
        parts: the jobs of a long_video's parts as they stand, in order.
        file_of: the file of a finished part.
        command: the worker that joins; the tests give another.
    """

    work: ClassVar[WorkKind] = JOIN
    noun: ClassVar[str] = "Part"
    stopped: ClassVar[str] = (
        "Canceled. Finished parts are kept, and you won't be charged for them again."
    )
    out_of_memory: ClassVar[str] = "Joining ran out of memory. Try again; the parts are kept."
    crashed: ClassVar[str] = (
        "Joining stopped unexpectedly. Try again; the parts are kept, and you won't be charged "
        "for them again."
    )
    input_gone: ClassVar[str] = (
        "A part or the voice-over is no longer available. Try again; only what's missing is "
        "ordered."
    )

    def __init__(
        self,
        store: Store,
        parts: Callable[[LongVideoInput], list[Job]],
        file_of: Callable[[Job], str],
        command: Sequence[str] = WORKER,
    ) -> None:
        super().__init__(store, command)
        self._parts = parts
        self._file_of = file_of

    def jobs(self, request: RenderRequest) -> list[Job]:
        """Return the jobs of the parts."""
        return self._parts(_long_video(request))

    def waiting_share(self, request: RenderRequest) -> float:
        """Return nearly all: the parts take minutes, joining takes seconds."""
        return PARTS_SHARE

    def log_lines(self, jobs: Sequence[Job]) -> list[str]:
        """Return a log line for each part that has ended."""
        return [
            f"Part {number} of {len(jobs)} {ENDS[job.state]}"
            for number, job in enumerate(jobs, 1)
            if job.state in ENDS
        ]

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        """Return the joined file, which has its final name only when it is complete."""
        path = await self.again(request, request_id)
        return RenderedVideo(path=path, seed=None, billed_units=None, facts={})

    def finished(self, request: RenderRequest) -> Path:
        """Return the path of the video."""
        return request.folder / "video.mp4"

    def order(self, request: RenderRequest) -> dict[str, Any]:
        """Return the worker's order; if the store is a folder, with the stored files themselves."""
        long_video = _long_video(request)
        try:
            references = [self._file_of(part) for part in self._parts(long_video)]
        except NotFound as error:
            raise RenderRefused(self.input_gone) from error
        files = [self._at_hand(request, reference) for reference in references]
        frames = [part.frames for part in long_video.parts]
        return {
            "parts": list(zip(files, frames, strict=True)),
            "sound": self._at_hand(request, long_video.sound) if long_video.sound else None,
            "out": str(self.finished(request)),
        }

    def _at_hand(self, request: RenderRequest, reference: str) -> str:
        """Return the path of the file, or of a copy if the store is not a folder."""
        try:
            path = self._store.local_path(request.workspace, reference)
        except NotFound as error:
            raise RenderRefused(self.input_gone) from error
        return str(path) if path else self.file(request, reference)


def _long_video(request: RenderRequest) -> LongVideoInput:
    assert isinstance(request.input, LongVideoInput)  # noqa: S101  the engine chose this renderer by it
    return request.input
