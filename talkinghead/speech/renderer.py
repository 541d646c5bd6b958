"""Renderer of speeches: assembles them in a worker process, in which a local voice also speaks."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from talkinghead.catalogue.speech import KnownSentence, ScriptSentence, SpokenScriptInput
from talkinghead.core.errors import RenderRefused
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import SPEAKING, WorkKind
from talkinghead.jobs.assembly_renderer import AssemblyRenderer
from talkinghead.jobs.job import Job
from talkinghead.jobs.renderer import RenderedVideo, RenderRequest
from talkinghead.speech.local_voice.local_voices import nearest_voice

WORKER = (sys.executable, "-m", "talkinghead.speech.worker")
REPORT, SPEECH = "speech.json", "speech.wav"  # what the worker leaves
BUYING = 0.8  # of the whole, for the bar, where sentences are bought
LOCAL_RATE, BOUGHT_RATE = 24_000, 44_100  # samples a second

Known = Callable[[str, Sequence[str]], Mapping[str, KnownSentence]]
"""The sentences of a workspace that were spoken before, by their fingerprints."""


class SpeechRenderer(AssemblyRenderer):
    """The `Renderer` of speeches: waits for bought sentences, then assembles them.

    Args:
        store: where the sentences are.
        known: which there are.
        jobs: returns those with these ids in their current state.
        command: the worker; the tests may give a smaller one.
    """

    work: ClassVar[WorkKind] = SPEAKING
    noun: ClassVar[str] = "Sentence"
    stopped: ClassVar[str] = "Canceled. Finished sentences are kept."
    out_of_memory: ClassVar[str] = "The voice-over ran out of memory. Try a shorter script."
    crashed: ClassVar[str] = (
        "The voice-over stopped unexpectedly. Try again; the studio's log says why."
    )
    input_gone: ClassVar[str] = (
        "A sentence of this voice-over is no longer available. Try again; only what's missing is "
        "ordered."
    )

    def __init__(
        self,
        store: Store,
        known: Known,
        jobs: Callable[[Sequence[str]], list[Job]],
        command: Sequence[str] = WORKER,
    ) -> None:
        super().__init__(store, command)
        self._known = known
        self._jobs = jobs

    def jobs(self, request: RenderRequest) -> list[Job]:
        """Return the sentences being bought, by place in this speech, including those ordered for
        another speech."""
        given = _speech(request)
        if not given.awaited:
            return []
        places = {each.fingerprint: place for place, each in enumerate(given.sentences)}
        jobs = self._jobs(given.awaited)
        return [job.replace(place=places.get(job.fingerprint or "")) for job in jobs]

    def waiting_share(self, request: RenderRequest) -> float:
        """Return the share of the waiting: most of it if sentences are bought, otherwise 0."""
        return BUYING if _speech(request).awaited else 0.0

    def log_lines(self, jobs: Sequence[Job]) -> list[str]:
        """Return how many sentences are new."""
        return [f"Generating {len(jobs)} new sentences"] if jobs else []

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        """Return the sound, with the worker's report as facts."""
        report = json.loads((await self.again(request, request_id)).read_text(encoding="utf-8"))
        return RenderedVideo(request.folder / SPEECH, seed=None, billed_units=None, facts=report)

    def finished(self, request: RenderRequest) -> Path:
        """Return the path of the file that the worker writes last."""
        return request.folder / REPORT

    def order(self, request: RenderRequest) -> dict[str, Any]:
        """Return the worker's order.

        Raises:
            RenderRefused: a bought sentence is missing.
        """
        given = _speech(request)
        local = ":" not in given.voice
        known = self._known(request.workspace, [each.fingerprint for each in given.sentences])
        return {
            "voice": nearest_voice(given.voice).id if local else None,
            "language": given.language if given.language != "und" or not local else "en",
            "lead": given.lead,
            "rate": LOCAL_RATE if local else BOUGHT_RATE,
            "sentences": [
                self._sentence(request, each, known.get(each.fingerprint), needed=not local)
                for each in given.sentences
            ],
            "folder": str(request.folder),
        }

    def _sentence(
        self,
        request: RenderRequest,
        sentence: ScriptSentence,
        known: KnownSentence | None,
        *,
        needed: bool,
    ) -> dict[str, Any]:
        file: str | None = None
        if known is not None:
            try:
                file = self.file(request, known.file)
            except RenderRefused:  # emptied meanwhile: a local voice says it again
                if needed:
                    raise
        elif needed:
            raise RenderRefused(self.input_gone)
        return {
            **sentence.model_dump(mode="json", exclude={"fingerprint"}),
            "file": file,
            "words": list(known.words) if known is not None and file else [],
        }


def _speech(request: RenderRequest) -> SpokenScriptInput:
    given = request.input
    assert isinstance(given, SpokenScriptInput)  # noqa: S101  the engine chose this renderer by it
    return given
