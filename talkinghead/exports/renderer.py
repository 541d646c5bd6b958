"""Renderer of exports, in a worker process."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from talkinghead.catalogue import ExportInput
from talkinghead.content_credentials.manifests import DRAFTED, RENDERED
from talkinghead.content_credentials.signing_desk import SigningDesk
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import EXPORT, WorkKind
from talkinghead.jobs.kinds import DRAFT, kind_of
from talkinghead.jobs.renderer import RenderedVideo, RenderRequest
from talkinghead.jobs.worker_renderer import Answers, WorkerRenderer

KnownFace = Callable[[str, str], list[Any] | None]
"""By workspace and video."""

_OF_THE_WORKER = {"style", "cues", "shape", "fit", "colour", "size", "label"}
WORKER = (sys.executable, "-m", "talkinghead.exports.worker")


class ExportRenderer(WorkerRenderer):
    """The `Renderer` of exports.

    Args:
        store: where the originals are.
        command: the worker.
        known_face: where the face of an original is, as JSON, where it was looked for before.
        signing: signs the versions; else with a certificate of its own.
    """

    work: ClassVar[WorkKind] = EXPORT
    out_of_memory: ClassVar[str] = (
        "This was stopped by the system, most likely because memory ran out. Try again when "
        "nothing else is being made."
    )
    crashed: ClassVar[str] = (
        "The new version stopped unexpectedly. Try again; the server's log says why."
    )
    input_gone: ClassVar[str] = "The original video is no longer available."

    def __init__(
        self,
        store: Store,
        command: Sequence[str] = WORKER,
        known_face: KnownFace = lambda workspace, video_id: None,
        signing: SigningDesk | None = None,
    ) -> None:
        super().__init__(store, command)
        self._signing = signing or SigningDesk()
        self._known_face = known_face

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        """Return the worker's file; it has its final name only when it is complete."""
        path = await self.again(request, request_id)
        seed = _input(request).original_seed
        # Of the worker, beside its video:
        beside = {"face_path": ".face.json", "content_credentials": ".credentials.json"}
        facts = {
            name: json.loads(file.read_bytes())
            for name, ending in beside.items()
            if (file := path.with_suffix(ending)).exists()
        }
        return RenderedVideo(path=path, seed=seed, billed_units=None, facts=facts)

    def answers(self, request: RenderRequest) -> Answers:
        """Return what signs for one worker, which has no key."""
        return self._signing.session().answer

    def finished(self, request: RenderRequest) -> Path:
        """Return the path of the video."""
        return request.folder / "video.mp4"

    def order(self, request: RenderRequest) -> dict[str, Any]:
        """Return the worker's order."""
        given = _input(request)
        return {
            "video": self.file(request, given.video_url),
            "out": str(self.finished(request)),
            "face": self._face(request, given.made_from),
            "source": DRAFTED if kind_of(given.original_model) is DRAFT else RENDERED,
            **given.model_dump(mode="json", include=_OF_THE_WORKER),
        }

    def _face(self, request: RenderRequest, video_id: str) -> str | None:
        """Return a file with the face path; None if it is unknown."""
        known = self._known_face(request.workspace, video_id)
        if known is None:
            return None
        path = request.folder / "known-face.json"
        path.write_text(json.dumps(known), encoding="utf-8")
        return str(path)


def _input(request: RenderRequest) -> ExportInput:
    given = request.input
    assert isinstance(given, ExportInput)  # noqa: S101  the engine chose this renderer by it
    return given
