"""A draft in a process of its own: `python -m talkinghead.draft.worker`.

The order is the first line of stdin, a JSON object: the fields of `DraftOrder` and "out", the
MP4's path. Every line of stdout is one event, a JSON object {"fraction": 0..1, "line": str | null},
the last one with "report": {…} besides, or {"error": {"text": str, "field": str | null}} instead.
The process ends at once when stdin closes, because then nobody waits for the video any more.
Exit codes: 0 done, 1 failed, 2 the order was refused, 3 stdin closed.
"""

import json
import logging
import os
import sys
import time
from pathlib import Path
from threading import Lock, Thread
from typing import Any, BinaryIO

from talkinghead.draft.engine import DraftOrder, render_draft
from talkinghead.errors import InvalidInput, StudioError
from talkinghead.media.video_writer import unfinished_path

DONE, FAILED, REFUSED, ABANDONED = 0, 1, 2, 3
_SHORTEST_INTERVAL = 0.2  # seconds between events that carry no words

_log = logging.getLogger(__name__)


class EventStream:
    """Events as lines of JSON; the fraction never goes back, bare numbers come five a second."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._lock = Lock()
        self._fraction = 0.0
        self._sent = float("-inf")

    def progress(self, fraction: float, line: str | None) -> None:
        """Tell how far it is."""
        self._fraction = max(self._fraction, min(fraction, 1.0))
        now = time.monotonic()
        if line is None and now - self._sent < _SHORTEST_INTERVAL:
            return
        self._sent = now
        self.send({"fraction": round(self._fraction, 4), "line": line})

    def send(self, event: dict[str, Any]) -> None:
        """Send one event."""
        with self._lock:
            self._target.write(json.dumps(event).encode() + b"\n")
            self._target.flush()


def read_order(line: bytes) -> tuple[DraftOrder, Path]:
    """The order and the MP4's path.

    Raises:
        ValueError, KeyError, TypeError: the line is no order.
    """
    values = json.loads(line)
    out = Path(values.pop("out"))
    paths = {
        name: Path(values[name])
        for name in ("portrait", "recording")
        if values.get(name) is not None
    }
    return DraftOrder(**(values | paths)), out


def render(order: DraftOrder, out: Path, events: EventStream) -> int:
    """Render an order and tell the events; the exit code."""
    try:
        report = render_draft(order, out, events.progress)
    except StudioError as error:
        events.send({"error": {"text": str(error), "field": getattr(error, "field", None) or None}})
        return REFUSED if isinstance(error, InvalidInput) else FAILED
    except Exception:  # noqa: BLE001 - the process's outermost frame: the reader is told
        _log.exception("The draft failed")
        text = "The draft could not be rendered because of a fault in the studio. Try again."
        events.send({"error": {"text": text, "field": None}})
        return FAILED
    events.send({"fraction": 1.0, "line": None, "report": report.as_json()})
    return DONE


def _leave_when_abandoned(out: Path) -> None:
    """Wait for the end of stdin, then end the process and remove what is half written."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    unfinished_path(out).unlink(missing_ok=True)
    os._exit(ABANDONED)


def main() -> int:
    """Read an order from stdin, render it, tell on stdout."""
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as unbuffered:
        line = unbuffered.readline()
    if not line:
        return ABANDONED
    # Whatever a library prints must not come between the events.
    events = EventStream(os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        order, out = read_order(line)
    except (ValueError, KeyError, TypeError, AttributeError):
        events.send({"error": {"text": "The order cannot be read.", "field": None}})
        return REFUSED
    Thread(target=_leave_when_abandoned, args=(out,), daemon=True).start()
    return render(order, out, events)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    # Not sys.exit: the thread that waits on stdin must not keep the process.
    code = main()
    sys.stdout.flush()
    os._exit(code)
