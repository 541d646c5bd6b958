"""Base of the renderers that run a worker process per job on this machine.

A worker takes its order as one line of JSON and reports its progress in such lines. Its memory
is gone with it when it ends, its crash is not ours, and it ends by itself when this process dies,
because its input closes then.
"""

import asyncio
import json
import logging
import time
from abc import ABC, abstractmethod
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from talkinghead.core.errors import NotFound, RenderCancelled, RenderFailed, RenderRefused
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import MACHINE, WorkKind
from talkinghead.core.workers.limits import IN_THE_BACKGROUND, WorkerLimits
from talkinghead.core.workers.start import kill_over_limits, start_async_worker
from talkinghead.jobs.renderer import Progress, RenderRequest

WAITING = 0.5  # seconds between two looks whether it has its turn
SET_ASIDE = "Paused while others have a turn. It continues automatically."
TELLING_FRACTION = 0.05  # what is left is not guessed before this much is done

_KILLED = -9
_log = logging.getLogger(__name__)

Answers = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
"""Answers the questions of one worker process."""
NO_ANSWER: dict[str, Any] = {"refused": True}
"""The answer to a question that has none."""


async def no_answers(question: dict[str, Any]) -> dict[str, Any]:
    """The `Answers` to a worker that has nothing to ask."""
    return NO_ANSWER


class WorkerRenderer(ABC):
    """A `Renderer` except for `fetch` and the order itself.

    Attributes:
        work: what it takes of the machine.
        stopped: what is said once a person has stopped it.

    Args:
        store: where the inputs are.
        command: the worker.
    """

    limits: ClassVar[WorkerLimits] = WorkerLimits(niceness=IN_THE_BACKGROUND)
    work: ClassVar[WorkKind]
    stopped: ClassVar[str] = "Canceled. Nothing was kept."
    out_of_memory: ClassVar[str] = "It ran out of memory. Try again."
    crashed: ClassVar[str] = "It stopped unexpectedly. Try again; the studio's log says why."
    input_gone: ClassVar[str] = "One of its files is no longer available."

    def __init__(self, store: Store, command: Sequence[str]) -> None:
        self._store = store
        self._command = tuple(command)
        self._processes: dict[str, Process] = {}
        self._stopped: set[str] = set()

    @abstractmethod
    def order(self, request: RenderRequest) -> dict[str, Any]:
        """Return the worker's order as JSON; called in a thread."""

    @abstractmethod
    def finished(self, request: RenderRequest) -> Path:
        """Return the path of the output, which has its final name only when it is complete."""

    def answers(self, request: RenderRequest) -> Answers:
        """Return what answers the questions of a worker; called once for each process."""
        return no_answers

    async def prepare(self, request: RenderRequest) -> dict[str, Any]:
        """Return the worker's order: the inputs as files in the job's folder."""
        return await asyncio.to_thread(self.order, request)

    async def submit(self, request: RenderRequest, arguments: dict[str, Any]) -> str:
        """Do nothing: the work starts when it is watched, and can be repeated."""
        return request.job_id

    async def watch(
        self,
        request: RenderRequest,
        request_id: str,
        *,
        seen: Sequence[str] = (),
        cancel_requested: bool = False,
    ) -> AsyncGenerator[Progress, None]:
        """Run the worker unless the output exists, in its turn; closing the iterator ends the
        worker.

        Where others wait, a worker that has finished a piece is ended and goes on in its next turn.
        """
        shown = 0.0
        while not self.finished(request).exists():
            async with aclosing(self._in_turn(request)) as turn:
                async for progress in turn:
                    shown = max(shown, progress.fraction or 0.0)
                    yield replace(progress, fraction=shown or progress.fraction)

    async def _in_turn(self, request: RenderRequest) -> AsyncGenerator[Progress, None]:
        """Wait for a turn, and run the worker until it has ended or is set aside."""
        reservation = MACHINE.reserve(self.work, request.client or request.workspace)
        try:
            while not reservation.is_granted:
                self._raise_if_stopped(request)
                yield Progress("queued")
                await reservation.wait_async(WAITING)
            async with aclosing(self._run(request)) as running:
                async for progress, may_pause in running:
                    yield progress
                    if may_pause and MACHINE.others_wait(self.work, reservation.client):
                        yield Progress("queued", lines=(SET_ASIDE,))
                        return
        finally:
            reservation.release()

    async def _run(self, request: RenderRequest) -> AsyncGenerator[tuple[Progress, bool], None]:
        """Run the worker; yields its progress, and whether it may be ended and begun again."""
        order = await self.prepare(request)
        process, limits = await start_async_worker(self._command, self.limits)
        self._processes[request.job_id] = process
        if request.job_id in self._stopped:  # before there was a process to end
            process.kill()
        complaints = asyncio.create_task(_last_words(process))
        watching = asyncio.create_task(kill_over_limits(process, limits))
        try:
            async for progress in _talk(process, order, self.answers(request)):
                yield progress
            code = await process.wait()
            self._raise_if_stopped(request)
            if limits.excess:
                raise RenderFailed(limits.excess)
            if code != 0 or not self.finished(request).exists():
                _log.error("the worker ended with %s:\n%s", code, await complaints)
                raise RenderFailed(self.out_of_memory if code == _KILLED else self.crashed)
        finally:
            await _end(process)
            complaints.cancel()
            watching.cancel()
            self._processes.pop(request.job_id, None)

    def _raise_if_stopped(self, request: RenderRequest) -> None:
        """End a job that a person has stopped.

        Raises:
            RenderCancelled: it was stopped.
        """
        if request.job_id in self._stopped:
            self._stopped.discard(request.job_id)
            raise RenderCancelled(self.stopped)

    async def again(self, request: RenderRequest, request_id: str) -> Path:
        """Return the finished file, made again if its folder was lost; this costs only time."""
        if not self.finished(request).exists():
            async for _ in self.watch(request, request_id):
                pass
        return self.finished(request)

    async def cancel(self, request: RenderRequest, request_id: str) -> None:
        """End the worker at once."""
        self._stopped.add(request.job_id)
        process = self._processes.get(request.job_id)
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()

    async def find(
        self, request: RenderRequest, arguments: dict[str, Any], *, since: datetime | None = None
    ) -> str | None:
        """Return the job's id: it is the request id."""
        return request.job_id

    def file(self, request: RenderRequest, reference: str) -> str:
        """Return the path of an asset, written to the job's folder.

        Raises:
            RenderRefused: it is not there any more.
        """
        path = request.folder / reference.removeprefix("asset:")
        try:
            if not path.exists():
                request.folder.mkdir(parents=True, exist_ok=True)
                self._store.save(request.workspace, reference, path)
        except NotFound as error:
            raise RenderRefused(self.input_gone) from error
        return str(path)


async def _talk(
    process: Process, order: dict[str, Any], answers: Answers
) -> AsyncGenerator[tuple[Progress, bool], None]:
    """Send the order and answer questions; yield the worker's progress, and whether it may be ended
    and begun again. Its stdin stays open as long as this process lives."""
    assert process.stdout is not None  # noqa: S101  it was asked for as a pipe
    await _tell(process, order)
    began, at_first = time.monotonic(), None
    async for line in process.stdout:
        event = _event(line)
        if "ask" in event:
            await _tell(process, await _answer(event["ask"], answers))
            continue
        if "error" in event:
            problem = event["error"]
            raise RenderFailed(problem["text"], field=problem.get("field"))
        fraction, said = event.get("fraction"), event.get("line")
        if fraction is not None or said:
            at_first = fraction if at_first is None else at_first
            progress = Progress(
                phase="rendering",
                fraction=fraction,
                seconds_left=_left(fraction, at_first or 0.0, time.monotonic() - began),
                lines=(said,) if said else (),
            )
            yield progress, bool(event.get("piece"))


async def _tell(process: Process, what: dict[str, Any]) -> None:
    """Send the worker a line."""
    assert process.stdin is not None  # noqa: S101  it was asked for as a pipe
    with suppress(ConnectionError):  # it died; its exit code says why
        process.stdin.write(json.dumps(what).encode() + b"\n")
        await process.stdin.drain()


async def _answer(question: Any, answers: Answers) -> dict[str, Any]:
    """Return the answer to a worker's question; there always is one, for it waits."""
    try:
        return await answers(question) if isinstance(question, dict) else NO_ANSWER
    except Exception:  # noqa: BLE001  a question of a worker must end nothing but the worker
        _log.exception("a worker's question could not be answered")
        return NO_ANSWER


def _event(line: bytes) -> dict[str, Any]:
    """Return the event in a line of the worker; other output (of libraries) yields an empty one."""
    with suppress(ValueError):
        event = json.loads(line)
        if isinstance(event, dict):
            return event
    return {}


def _left(fraction: float | None, at_first: float, elapsed: float) -> float | None:
    """Return the guess of the seconds left, by what was done since the worker began."""
    if fraction is None or fraction - at_first < TELLING_FRACTION:
        return None
    return elapsed * (1 - fraction) / (fraction - at_first)


async def _last_words(process: Process) -> str:
    """Read all of stderr, so that the worker never blocks, and keep its end."""
    assert process.stderr is not None  # noqa: S101  it was asked for as a pipe
    tail = b""
    while chunk := await process.stderr.read(4096):
        tail = (tail + chunk)[-4096:]
    return tail.decode(errors="replace")


async def _end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
    # Closed before waiting: an open pipe would outlive the process in the event loop.
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()
