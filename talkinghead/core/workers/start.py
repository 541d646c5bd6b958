"""Starts worker processes: without secrets, and within limits."""

import asyncio
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from talkinghead.core.workers.environment import worker_environment
from talkinghead.core.workers.limits import WATCH_INTERVAL, LimitWatch, WorkerLimits

LONGEST_EVENT = 1024 * 1024  # bytes of one line from the worker
LONGEST_ANSWER = 32 * 1024 * 1024  # of one with pictures or sound in it

_ROOT = Path(__file__).parents[3]  # where `-m talkinghead…` is found without being installed


def start_process(command: Sequence[str], *, buffered: bool = True) -> subprocess.Popen[bytes]:
    """Return a process without limits, with its stdin and stdout as pipes; for a caller that sets
    them for each task.

    Raises:
        OSError: it cannot be started.
    """
    return subprocess.Popen(  # noqa: S603  our own program, no part of it from outside
        command,
        bufsize=-1 if buffered else 0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=worker_environment(),
    )


def start_worker(
    command: Sequence[str], limits: WorkerLimits
) -> tuple[subprocess.Popen[bytes], LimitWatch]:
    """Return the process, with its stdin and stdout as pipes, and the watch that kills it once it
    exceeds a limit.

    Raises:
        OSError: it cannot be started.
    """
    process = start_process(command)
    watch = LimitWatch(process.pid, limits)
    threading.Thread(target=_kill_over_limits, args=(process, watch), daemon=True).start()
    return process, watch


async def start_async_worker(
    command: Sequence[str], limits: WorkerLimits
) -> tuple[asyncio.subprocess.Process, LimitWatch]:
    """Return the process, with all three streams as pipes, and its watch; `kill_over_limits` is for
    the caller to run.

    Raises:
        OSError: it cannot be started.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=_ROOT,
        env=worker_environment(),
        limit=LONGEST_EVENT,
    )
    return process, LimitWatch(process.pid, limits)


async def kill_over_limits(process: asyncio.subprocess.Process, watch: LimitWatch) -> None:
    """Kill the process once it exceeds a limit; returns when it has ended or was killed."""
    while process.returncode is None:
        if watch.look():
            with suppress(ProcessLookupError):
                process.kill()
            return
        await asyncio.sleep(WATCH_INTERVAL)


def _kill_over_limits(process: subprocess.Popen[bytes], watch: LimitWatch) -> None:
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(WATCH_INTERVAL)
            return
        if watch.look():
            process.kill()
            return
