"""Speeches, put together here by a process of their own; a local voice speaks there too."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from talkinghead.draft.voices import nearest_voice
from talkinghead.errors import RenderCancelled, RenderRefused
from talkinghead.jobs.family import fraction_done, raise_if_incomplete
from talkinghead.jobs.job import Job, JobState
from talkinghead.media.store import Store
from talkinghead.models.spoken_script import KnownSentence, ScriptSentence, SpokenScriptInput
from talkinghead.renderers.base import Progress, RenderedVideo, RenderRequest
from talkinghead.renderers.worker import WorkerRenderer

WORKER = (sys.executable, "-m", "talkinghead.draft.speech_worker")
REPORT, SPEECH = "speech.json", "speech.wav"  # what the worker leaves
LOOKING = 0.25  # seconds between two looks at what it waits for
BUYING = 0.8  # of the whole, for the bar, where sentences are bought
LOCAL_RATE, BOUGHT_RATE = 24_000, 44_100  # samples a second

Known = Callable[[str, Sequence[str]], Mapping[str, KnownSentence]]
"""The sentences of a workspace that were spoken before, by their fingerprints."""


class SpeechRenderer(WorkerRenderer):
    """The `Renderer` of speeches: waits until what is bought is there, then puts it together.

    It orders nothing: bought sentences are jobs of their own. So all of it may be done again.

    Args:
        store: where the sentences are.
        known: which there are.
        jobs: those with these ids as they stand.
        command: the worker; the tests may give a smaller one.
    """

    out_of_memory: ClassVar[str] = (
        "The speech was stopped by the system, most likely because memory ran out. "
        "Try a shorter script."
    )
    crashed: ClassVar[str] = (
        "The speech stopped unexpectedly. Try again; the server's log says why."
    )
    input_gone: ClassVar[str] = (
        "A sentence of this speech is not here any more. Try again: only what is missing is "
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
        self._turn = asyncio.Semaphore(1)  # one at a time, however many are waiting

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        """Nothing to do before every sentence is there; then the worker's order."""
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
        """Wait for the bought sentences and for its turn, then make the speech.

        Raises:
            RenderFailed: sentences could not be bought; every other one has ended by then.
            RenderCancelled: a person stopped it.
        """
        if cancel_requested:
            self._stopped.add(request.job_id)
        async for progress in self._bought(request):
            yield progress
        while self._turn.locked():
            self._raise_if_stopped(request)
            yield Progress("rendering", fraction=BUYING if _speech(request).awaited else 0.0)
            await asyncio.sleep(LOOKING)
        async with self._turn:
            self._raise_if_stopped(request)
            async for progress in super().watch(request, request_id, seen=seen):
                yield _after_buying(progress) if _speech(request).awaited else progress

    async def _bought(self, request: RenderRequest) -> AsyncGenerator[Progress, None]:
        """How the bought sentences stand, until all have ended, or all of its own once stopped."""
        last = None
        while True:
            jobs = await self._look(request)
            stopped = request.job_id in self._stopped
            # One that another speech has ordered goes on when this one is stopped.
            awaited = [job for job in jobs if not stopped or job.parent == request.job_id]
            now = fraction_done(jobs) * BUYING
            if jobs and now != last:
                done = sum(job.state is JobState.DONE for job in jobs)
                line = f"{done} of {len(jobs)} new sentences are there"
                yield Progress("rendering", fraction=now, lines=(line,) if last is None else ())
                last = now
            if all(job.state.ended for job in awaited):
                break
            await asyncio.sleep(LOOKING)
        self._raise_if_stopped(request)
        raise_if_incomplete(jobs, "Sentence")

    async def _look(self, request: RenderRequest) -> list[Job]:
        given = _speech(request)
        if not given.awaited:
            return []
        jobs = await asyncio.to_thread(self._jobs, given.awaited)
        # By its place in this speech, also where it was ordered for another.
        places = {each.fingerprint: place for place, each in enumerate(given.sentences)}
        return [job.replace(place=places.get(job.fingerprint or "")) for job in jobs]

    def _raise_if_stopped(self, request: RenderRequest) -> None:
        if request.job_id in self._stopped:
            self._stopped.discard(request.job_id)
            raise RenderCancelled("Stopped. What was spoken before is kept.")

    async def fetch(self, request: RenderRequest, request_id: str) -> RenderedVideo:
        """The sound, and the worker's report as the facts."""
        report = json.loads((await self.again(request, request_id)).read_text(encoding="utf-8"))
        return RenderedVideo(request.folder / SPEECH, seed=None, billed_units=None, facts=report)

    def finished(self, request: RenderRequest) -> Path:
        """What the worker writes last."""
        return request.folder / REPORT

    def order(self, request: RenderRequest) -> dict[str, Any]:
        """The worker's order.

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


def _after_buying(progress: Progress) -> Progress:
    done = progress.fraction or 0.0
    return replace(progress, fraction=BUYING + (1 - BUYING) * done)


def _speech(request: RenderRequest) -> SpokenScriptInput:
    given = request.input
    assert isinstance(given, SpokenScriptInput)  # noqa: S101  the engine chose this renderer by it
    return given
