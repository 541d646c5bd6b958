"""Worker process for decoding: `python -m talkinghead.decoding_worker`.

It takes one task after the other from stdin, a line of JSON each: {"task", "order", "folder"}; it
answers with a line {"report": {…}} or {"error": {"type", "text", "field"}}. The libraries are
loaded before the first task comes. It ends when stdin closes.
"""

import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from talkinghead.av import worker as av_tasks
from talkinghead.content_credentials import worker as credential_tasks
from talkinghead.core import errors
from talkinghead.core.errors import StudioError
from talkinghead.core.workers.decoding import FAULT
from talkinghead.core.workers.protocol import machine_refused
from talkinghead.fal.conversion import worker as fal_tasks
from talkinghead.portraits import worker as portrait_tasks
from talkinghead.renders import cutting_worker
from talkinghead.speech.recordings import worker as recording_tasks

Task = Callable[[Mapping[str, Any], Path], dict[str, Any]]
"""Takes the order and the folder for what it writes; returns the report."""

TASKS: Mapping[str, Task] = {
    **av_tasks.TASKS,
    **portrait_tasks.TASKS,
    **recording_tasks.TASKS,
    **cutting_worker.TASKS,
    **fal_tasks.TASKS,
    **credential_tasks.TASKS,
}

_log = logging.getLogger(__name__)


def answer(line: str) -> dict[str, Any]:
    """Return the answer to a line."""
    try:
        given = json.loads(line)
        return {"report": TASKS[given["task"]](given["order"], Path(given["folder"]))}
    except StudioError as error:
        return _error(_kind(error), str(error), getattr(error, "field", None))
    except Exception as error:  # noqa: BLE001 - the process's outermost frame: the reader gets an error
        _log.exception("The task failed")
        return _error("RenderFailed", machine_refused(error) or FAULT)


def _kind(error: StudioError) -> str:
    """Return the name of the error's class, or of the nearest one above it that everybody knows."""
    return next(each.__name__ for each in type(error).__mro__ if each.__module__ == errors.__name__)


def _error(kind: str, text: str, field: str | None = None) -> dict[str, Any]:
    return {"error": {"type": kind, "text": text, "field": field}}


def main() -> None:
    """Answer each line from stdin, until it closes."""
    # Whatever a library prints must not come between the answers.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    portrait_tasks.load()
    for line in sys.stdin:
        out.write(json.dumps(answer(line)).encode() + b"\n")
        out.flush()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    main()
