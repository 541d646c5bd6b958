"""Runs the captions worker process for word times and style previews, and returns its answer.

Alignment and the face networks take some hundred megabytes, which are gone with the process.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any

from talkinghead.core.errors import InvalidInput, RenderFailed
from talkinghead.core.workers.limits import IN_THE_BACKGROUND, LimitWatch, WorkerLimits
from talkinghead.core.workers.start import LONGEST_ANSWER, start_worker

WORKER = (sys.executable, "-m", "talkinghead.captions.worker")
LIMITS = WorkerLimits(seconds=30 * 60, niceness=IN_THE_BACKGROUND)
_CRASHED = "This stopped unexpectedly. Try again; the server's log says why."
_log = logging.getLogger(__name__)


class CaptionProcess:
    """Starts one worker process per request; `close` ends all of them.

    Args:
        command: the process.
        limits: of each process.
    """

    def __init__(self, command: Sequence[str] = WORKER, limits: WorkerLimits = LIMITS) -> None:
        self._command = tuple(command)
        self._limits = limits
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._lock = Lock()
        self._closed = False

    def ask(
        self, order: Mapping[str, Any], on_progress: Callable[[float], None] | None = None
    ) -> dict[str, Any]:
        """Return the report for one order.

        Args:
            order: a task of `captions.worker`.
            on_progress: called with the completed fraction, 0 to 1.

        Raises:
            InvalidInput: what a person gave cannot be used.
            RenderFailed: it ended without an answer.
        """
        process, watch = self._started()
        try:
            answer = self._answer(process, order, on_progress or (lambda fraction: None))
            if answer is None:
                _log.error("the process that works on captions ended without an answer")
                raise RenderFailed(watch.excess or _CRASHED)
            return answer
        finally:
            self._end(process)

    def close(self) -> None:
        """Kill the running processes."""
        with self._lock:
            self._closed = True
            for process in self._processes:
                process.kill()

    def _started(self) -> tuple[subprocess.Popen[bytes], LimitWatch]:
        with self._lock:
            if self._closed:
                raise RenderFailed(_CRASHED)
            process, watch = start_worker(self._command, self._limits)
            self._processes.add(process)
        return process, watch

    def _answer(
        self,
        process: subprocess.Popen[bytes],
        order: Mapping[str, Any],
        report_progress: Callable[[float], None],
    ) -> dict[str, Any] | None:
        """Return the report; None if the process ended without one."""
        assert process.stdin is not None  # noqa: S101  both were asked for as pipes
        assert process.stdout is not None  # noqa: S101
        with suppress(OSError):  # it died at once; no answer comes
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
        while (line := process.stdout.readline(LONGEST_ANSWER)).endswith(b"\n"):
            event = json.loads(line)
            if "error" in event:
                raise _ours(event["error"])
            if "report" in event:
                report: dict[str, Any] = event["report"]
                return report
            report_progress(event["fraction"])
        return None

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._processes.discard(process)
        process.kill()
        with suppress(OSError):
            process.communicate()


def _ours(problem: Mapping[str, Any]) -> InvalidInput | RenderFailed:
    if problem.get("field"):
        return InvalidInput(problem["text"], field=problem["field"])
    return RenderFailed(problem["text"])
