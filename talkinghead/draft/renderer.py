"""Renderer of drafts, in a worker process."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from talkinghead.catalogue import DraftInput
from talkinghead.core.measures import FRAMES_PER_SECOND
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import DRAFT, WorkKind
from talkinghead.jobs.renderer import RenderedVideo, RenderRequest, Said, SaidIn, as_written
from talkinghead.jobs.worker_renderer import WorkerRenderer

WORKER = (sys.executable, "-m", "talkinghead.draft.worker")


class DraftRenderer(WorkerRenderer):
    """The `Renderer` of drafts.

    Args:
        store: where the portrait and the recording are.
        command: the worker; the tests give a smaller one.
        said: how a script is said.
        said_in: what is said in a recording, where that is known.
        longest: seconds of speech in a draft; None for no limit.
    """

    work: ClassVar[WorkKind] = DRAFT
    out_of_memory: ClassVar[str] = (
        "The draft ran out of memory. Try a smaller size or a shorter script."
    )
    crashed: ClassVar[str] = "The draft stopped unexpectedly. Try again; the studio's log says why."
    input_gone: ClassVar[str] = (
        "The portrait or the recording is no longer available. Choose it again."
    )

    def __init__(
        self,
        store: Store,
        command: Sequence[str] = WORKER,
        said: Said = as_written,
        said_in: SaidIn = lambda workspace, reference: None,
        longest: float | None = None,
    ) -> None:
        super().__init__(store, command)
        self._said = said
        self._said_in = said_in
        self._longest = longest

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        """Return the worker's file; it has its final name only when it is complete."""
        path = await self.again(request, request_id)
        words = path.with_suffix(".words.json")  # of the worker, beside its video
        facts = {"words": json.loads(words.read_bytes())} if words.exists() else {}
        return RenderedVideo(path=path, seed=_input(request).seed, billed_units=None, facts=facts)

    def finished(self, request: RenderRequest) -> Path:
        """Return the path of the video."""
        return request.folder / "video.mp4"

    def order(self, request: RenderRequest) -> dict[str, Any]:
        """Return the fields of the worker's `DraftOrder`, and the path of the video."""
        given = _input(request)
        return {
            "portrait": self.file(request, given.image_url),
            "script": self._words(request.workspace, given),
            "recording": self.file(request, given.recording) if given.recording else None,
            "voice": given.voice,
            "width": given.width,
            "height": given.height,
            "fps": FRAMES_PER_SECOND,
            "seed": given.seed,
            "liveliness": given.liveliness,
            "gaze": given.gaze,
            "blinks": given.blinks,
            "longest_seconds": self._longest,
            "out": str(self.finished(request)),
        }

    def _words(self, workspace: str, given: DraftInput) -> str | None:
        if given.recording:
            return self._said_in(workspace, given.recording)
        return self._said(workspace, given.script) if given.script else None


def _input(request: RenderRequest) -> DraftInput:
    assert isinstance(request.input, DraftInput)  # noqa: S101  the engine chose this renderer by it
    return request.input
