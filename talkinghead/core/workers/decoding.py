"""Decoding of pictures, sounds and videos that came from outside, in warm worker processes.

No such byte is decoded in this process: what a hostile file can do ends with the worker that opened
it. A turn holds its share of the machine's memory, and a folder that is gone with it.
"""

import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from talkinghead.core import errors
from talkinghead.core.errors import StudioError
from talkinghead.core.store import Store
from talkinghead.core.workers.budget import DECODING, MACHINE
from talkinghead.core.workers.limits import WorkerLimits
from talkinghead.core.workers.warm import WarmWorkers, WorkerEnded

PROGRAM = (sys.executable, "-m", "talkinghead.decoding_worker")
LIMITS = WorkerLimits(memory_mb=1024, seconds=240, file_mb=512)
"""Of one task. The largest picture that is accepted peaks at 0.8 GB, twenty minutes of sound at
0.8 GB and 20 seconds."""
FAULT = "Something went wrong in the studio, so the file couldn't be read. Try again."
_CRASHED = (
    "The file couldn't be opened and may be damaged. Save it again, in another format if you can, "
    "and try again."
)
MOST_WAITING = 3  # uploads of a client
BUSY = "Several of your uploads are still being read. Wait for them, then try again."
_PREFIX = "talkinghead-decoding-"
_LEFT_BEHIND = 24 * 3600  # seconds after which a folder belongs to a process that was killed

_log = logging.getLogger(__name__)
_workers = WarmWorkers(PROGRAM, LIMITS)


class DecodingTurn:
    """A turn at decoding.

    Attributes:
        folder: for files of this turn.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, data: bytes) -> Path:
        """Return a file with these bytes."""
        path = self.folder / uuid4().hex
        path.write_bytes(data)
        return path

    def stored(self, store: Store, workspace: str, reference: str) -> Path:
        """Return a stored file: itself where the store is a folder, else a copy.

        Raises:
            NotFound: this workspace has no such file.
        """
        local = store.local_path(workspace, reference)
        return local or store.save(workspace, reference, self.folder / uuid4().hex)

    def run(
        self, task: str, stopped: type[StudioError] = errors.RenderFailed, **order: Any
    ) -> dict[str, Any]:
        """Return the report of a task.

        Args:
            task: its name in `talkinghead.decoding_worker`.
            stopped: the error to raise where the worker exceeded a limit or crashed.
            order: what the task is given: JSON, and paths.

        Raises:
            StudioError: what the task raised, or `stopped`.
        """
        values = {name: _plain(value) for name, value in order.items()}
        given = {"task": task, "order": values, "folder": str(self.folder)}
        try:
            answer = _workers.ask(given)
        except WorkerEnded as ended:
            _log.warning("the task %s was stopped: %s", task, ended.excess or "a crash")
            raise stopped(ended.excess or _CRASHED) from None
        if "error" in answer:
            raise _raised(answer["error"])
        report: dict[str, Any] = answer["report"]
        return report


@contextmanager
def decoding_turn(
    client: str = "", upload: type[StudioError] | None = None
) -> Iterator[DecodingTurn]:
    """Context manager: wait for a turn at decoding.

    Args:
        client: whose turn it is; clients take turns.
        upload: for an upload, which is in memory while it waits: the error to raise where too many
            of the client wait already.
    """
    if upload is not None and MACHINE.count_waiting(DECODING, client) >= MOST_WAITING:
        raise upload(BUSY)
    with MACHINE.hold(DECODING, client), tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        yield DecodingTurn(Path(folder))


def start_decoding_ahead() -> None:
    """Start a worker in the background, and delete what killed processes left behind."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_BEHIND:
                shutil.rmtree(left)
    _workers.start_ahead()


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def _raised(problem: dict[str, Any]) -> StudioError:
    """Return the error that the task raised, of the class that it had there."""
    kind = getattr(errors, problem["type"], errors.RenderFailed)
    error: StudioError = kind(problem["text"])
    if problem.get("field"):
        error.field = problem["field"]  # type: ignore[attr-defined]
    return error
