"""Protocol of worker processes: one order on stdin, progress and the report on stdout as JSON
lines.

The order is the first line of stdin, a JSON object. Every line of stdout is one event, a JSON
object {"fraction": 0..1, "line": str | null}, with "piece": true besides where the process may be
ended and started again without losing anything, the last one with "report": {…} besides, or
{"error": {"text": str, "field": str | null}} instead. A line {"ask": {…}} is a question to the
process that gave the order; its answer is the next line of stdin, a JSON object. The process ends
at once when stdin closes, because then nobody waits for it any more.
Exit codes: 0 done, 1 failed, 2 the order was refused, 3 stdin closed.
"""

import errno
import json
import logging
import os
import sys
import time
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, BinaryIO, TypeVar

from talkinghead.core.errors import DISK_FULL, InvalidInput, StudioError, is_disk_full, with_causes
from talkinghead.core.workers.limits import file_too_large, out_of_address_space

DONE, FAILED, REFUSED, ABANDONED = 0, 1, 2, 3
_SHORTEST_INTERVAL = 0.2  # seconds between events that carry no words

_log = logging.getLogger(__name__)
OrderType = TypeVar("OrderType")


class EventStream:
    """Writes events as lines of JSON; the fraction never decreases, bare fractions at most five per
    second.

    Args:
        target: where they are written.
        answers: the lines that come back, for `ask`.
    """

    def __init__(self, target: BinaryIO, answers: "SimpleQueue[bytes] | None" = None) -> None:
        self._target = target
        self._answers: SimpleQueue[bytes] = SimpleQueue() if answers is None else answers
        self._lock = Lock()
        self._asking = Lock()
        self._fraction = 0.0
        self._sent = float("-inf")

    def progress(self, fraction: float, line: str | None = None) -> None:
        """Report the progress."""
        self._fraction = max(self._fraction, min(fraction, 1.0))
        now = time.monotonic()
        if line is None and now - self._sent < _SHORTEST_INTERVAL:
            return
        self._sent = now
        self.send({"fraction": round(self._fraction, 4), "line": line})

    def piece(self) -> None:
        """Report that what was done until now stays, and that the process may be ended here."""
        self.send({"fraction": round(self._fraction, 4), "line": None, "piece": True})

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Ask the process that gave the order, and wait for its answer, which it always gives; if
        it is gone, so is this process."""
        with self._asking:
            self.send({"ask": question})
            answer: dict[str, Any] = json.loads(self._answers.get())
        return answer

    def send(self, event: dict[str, Any]) -> None:
        """Write one event."""
        with self._lock:
            self._target.write(json.dumps(event).encode() + b"\n")
            self._target.flush()


def serve(
    read: Callable[[dict[str, Any]], OrderType],
    work: Callable[[OrderType, EventStream], dict[str, Any]],
    abandon: Callable[[OrderType], None],
    fault: str,
) -> int:
    """Read an order from stdin, run it, write the report to stdout; returns the exit code.

    Args:
        read: the order of its JSON; ValueError, KeyError or TypeError where it is none.
        work: does it and returns the report.
        abandon: removes what is half written, when nobody waits any more.
        fault: what a person reads where our own code is at fault.
    """
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as unbuffered:
        line = unbuffered.readline()
    if not line:
        return ABANDONED
    # Whatever a library prints must not come between the events.
    answers: SimpleQueue[bytes] = SimpleQueue()
    events = EventStream(os.fdopen(os.dup(sys.stdout.fileno()), "wb"), answers)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        order = read(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        events.send({"error": {"text": "The order cannot be read.", "field": None}})
        return REFUSED
    Thread(target=_listen, args=(answers, lambda: abandon(order)), daemon=True).start()
    return _done(order, work, events, fault)


def _done(
    order: OrderType,
    work: Callable[[OrderType, EventStream], dict[str, Any]],
    events: EventStream,
    fault: str,
) -> int:
    try:
        report = work(order, events)
    except StudioError as error:
        events.send({"error": {"text": str(error), "field": getattr(error, "field", None) or None}})
        return REFUSED if isinstance(error, InvalidInput) else FAILED
    except Exception as error:  # noqa: BLE001 - the process's outermost frame: the reader gets an error event
        _log.exception("The work failed")
        events.send({"error": {"text": machine_refused(error) or fault, "field": None}})
        return FAILED
    events.send({"fraction": 1.0, "line": None, "report": report})
    return DONE


def machine_refused(error: Exception) -> str | None:
    """Return the sentence on a limit or the disk, if one of them is the cause."""
    for each in with_causes(error):
        if isinstance(each, OSError) and each.errno == errno.EFBIG:
            return file_too_large()
        if isinstance(each, MemoryError):
            return out_of_address_space()
    return DISK_FULL if is_disk_full(error) else None


def leave(code: int) -> None:
    """Exit the process at once; the thread that waits on stdin must not keep it alive."""
    sys.stdout.flush()
    os._exit(code)


def _listen(answers: "SimpleQueue[bytes]", tidy: Callable[[], None]) -> None:
    """Pass on each line of stdin, and end the process when it closes."""
    begun = b""
    while some := os.read(sys.stdin.fileno(), 65536):
        *lines, begun = (begun + some).split(b"\n")
        for line in lines:
            answers.put(line)
    tidy()
    os._exit(ABANDONED)
