"""Worker processes that are started ahead and serve one task after the other.

A task is one line of JSON on stdin, its answer one line on stdout. A worker that exceeds its limits
or crashes is replaced, and so is one that holds much memory after its task.
"""

import json
import logging
import os
import select
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from talkinghead.core.workers.limits import (
    WATCH_INTERVAL,
    LimitWatch,
    WorkerLimits,
    resident_mb,
)
from talkinghead.core.workers.start import LONGEST_ANSWER, start_process

KEPT_MB = 350  # a worker that holds more after a task is replaced: allocators return little

_log = logging.getLogger(__name__)


class WorkerEnded(Exception):
    """The process ended without an answer.

    Attributes:
        excess: the sentence on the limit that it exceeded; None if it crashed.
    """

    def __init__(self, excess: str | None) -> None:
        super().__init__(excess)
        self.excess = excess


class WarmWorkers:
    """Processes of one program that wait for tasks.

    Args:
        command: the program.
        limits: of each task.
        kept: how many stay when they have nothing to do.
    """

    def __init__(self, command: Sequence[str], limits: WorkerLimits, kept: int = 2) -> None:
        self._command = tuple(command)
        self._limits = limits
        self._kept = kept
        self._lock = threading.Lock()
        self._idle: list[subprocess.Popen[bytes]] = []

    def start_ahead(self) -> None:
        """Start processes in the background, so that the first tasks need not wait for them."""
        threading.Thread(target=self._add_idle, name="warm worker", daemon=True).start()

    def ask(self, task: Mapping[str, Any]) -> dict[str, Any]:
        """Return a process's answer to a task.

        Raises:
            WorkerEnded: there is none: it exceeded its limits or crashed.
        """
        process = self._taken()
        try:
            answer = self._answer(process, task)
        except BaseException:
            _end(process)
            raise
        self._give_back(process)
        return answer

    def close(self) -> None:
        """End the processes that have nothing to do."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            _end(process)

    def pids(self) -> list[int]:
        """Return the processes that wait for a task."""
        with self._lock:
            return [process.pid for process in self._idle]

    def _add_idle(self) -> None:
        while len(self.pids()) < self._kept:
            try:
                process = start_process(self._command, buffered=False)
            except OSError:
                _log.warning("a worker could not be started ahead; the next task starts one")
                return
            self._give_back(process)

    def _taken(self) -> subprocess.Popen[bytes]:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.poll() is None:
                    return process
                _end(process)
        try:
            return start_process(self._command, buffered=False)
        except OSError as error:
            raise WorkerEnded(None) from error

    def _give_back(self, process: subprocess.Popen[bytes]) -> None:
        if resident_mb(process.pid) <= KEPT_MB:
            with self._lock:
                if len(self._idle) < self._kept:
                    self._idle.append(process)
                    return
        _end(process)
        self.start_ahead()

    def _answer(self, process: subprocess.Popen[bytes], task: Mapping[str, Any]) -> dict[str, Any]:
        assert process.stdin is not None  # noqa: S101  both were asked for as pipes
        assert process.stdout is not None  # noqa: S101
        watch = LimitWatch(process.pid, self._limits)
        try:
            process.stdin.write(json.dumps(task).encode() + b"\n")
        except OSError as error:
            raise WorkerEnded(None) from error
        line = bytearray()
        while not line.endswith(b"\n"):
            if select.select([process.stdout], [], [], WATCH_INTERVAL)[0]:
                some = os.read(process.stdout.fileno(), 1 << 20)
                if not some:
                    _log.warning("a worker ended with %s", process.wait())
                    raise WorkerEnded(watch.excess)
                line += some
            if watch.look() or len(line) > LONGEST_ANSWER:
                raise WorkerEnded(watch.excess)
        answer: dict[str, Any] = json.loads(line)
        return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with suppress(OSError):
        process.communicate()
