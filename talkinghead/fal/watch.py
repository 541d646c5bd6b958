"""Polls a request at fal: new log lines, poll intervals, retries.

fal repeats all earlier log lines with every answer, may forget a request for a moment, and may put
a run that it retries back into its queue.
"""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from talkinghead.jobs.renderer import FIRST_LINES, NEWEST_LINES, Progress

QUICK = 0.2  # seconds between two polls while something happens
SLOWEST = 4.0
ATTENTIVE_SECONDS = 15  # so long after the last change it is polled quickly
POLLS_PER_SECOND = 50  # of all renders together: one of two hundred is asked every four seconds
LONGEST_PAUSE = 5.0  # after failures in a row: an outage is over soon after its end
REMIND = 120
"""The trouble is said at the second failure in a row, then every so many (ten minutes)."""
REFUSALS = 3
"""So many refusals of the key in a row are believed."""
UNKNOWN_STATES = 5
"""So many answers in a row with a state that fal does not document count as the end."""

_MOST_LINES = FIRST_LINES + NEWEST_LINES
_CONTROLS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0a-\x1f\x7f]")  # colours, bells, …


class Missing(Exception):
    """fal does not know the request."""


class Trouble(Exception):
    """fal gave no usable answer; the text says why in a few words."""


class KeyRefused(Trouble):
    """fal rejects the key."""


class Forbidden(Trouble):
    """fal accepts the key, but not for this."""


@dataclass(frozen=True)
class RunStatus:
    """The status of a request at fal.

    Attributes:
        state: fal's own three; None for one that it does not document.
        position: how many jobs are ahead of it.
        logs: all lines so far, or None.
        error: why it failed, on a completed one.
        error_type: fal's name for that.
    """

    state: Literal["queued", "rendering", "completed"] | None
    position: int | None = None
    logs: list[Any] | None = None
    error: str | None = None
    error_type: str | None = None


class LogLines:
    """Filters log lines that were reported before, so that each is reported exactly once.

    Of a long log only the ends are looked at, the first lines and the newest.

    Args:
        seen: lines of an earlier watch of the same request, which are not reported again.
    """

    def __init__(self, seen: Iterable[str] = ()) -> None:
        self._before = Counter(seen)
        self._told: Counter[tuple[str, str]] = Counter()

    def new(self, logs: list[Any] | None) -> tuple[str, ...]:
        """Return the new ones among all lines so far, in order."""
        return tuple(self._new(_ends(logs or [])))

    def _new(self, logs: list[Any]) -> Iterator[str]:
        # Lines may be alike, even to their time: what counts is how often each occurs. A run
        # that is retried may restart its log; its lines differ in their times.
        here: Counter[tuple[str, str]] = Counter()
        for entry in logs:
            line = _line(entry)
            here[line] += 1
            if here[line] <= self._told[line]:
                continue
            self._told[line] += 1
            text = line[1]
            if self._before[text] > 0:
                self._before[text] -= 1
            elif text:
                yield text
        if len(self._told) > 2 * _MOST_LINES:  # those that left the newest do not come again
            self._told = Counter({line: self._told[line] for line in here})


def _ends(logs: list[Any]) -> list[Any]:
    if len(logs) <= _MOST_LINES:
        return logs
    return logs[:FIRST_LINES] + logs[-NEWEST_LINES:]


def _line(entry: Any) -> tuple[str, str]:
    """Return time and text; a progress bar that overwrites itself is reduced to its final state."""
    if not isinstance(entry, Mapping):
        return "", _shown(str(entry))
    return str(entry.get("timestamp") or ""), _shown(str(entry.get("message") or ""))


def _shown(message: str) -> str:
    kept = _CONTROLS.sub("", message.rstrip().rsplit("\r", 1)[-1]).rstrip()
    return kept.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be stored


class Pace:
    """The poll interval: short while something happens or the end is near, otherwise long.

    Args:
        usual_seconds: how long a render of this model usually takes, or None.
        quick: the shortest pause, in seconds.
    """

    def __init__(self, usual_seconds: float | None = None, quick: float = QUICK) -> None:
        self._usual = usual_seconds
        self._quick = quick
        self._began = self._changed = time.monotonic()

    def changed(self) -> None:
        """Reset the interval after a change."""
        self._changed = time.monotonic()

    def seconds(self, watching: int) -> float:
        """Return the pause before the next poll, given the number of renders polled in this
        process."""
        now = time.monotonic()
        quiet, elapsed = now - self._changed, now - self._began
        near_end = self._usual is not None and 0.8 <= elapsed / max(self._usual, 1) <= 1.3
        slower = 0.0 if near_end else max(0.0, quiet - ATTENTIVE_SECONDS) / 15
        pause = max(min(self._quick + slower, SLOWEST), watching / POLLS_PER_SECOND)
        return pause * random.uniform(0.9, 1.1)  # noqa: S311 - spreads polls, guards nothing

    def seconds_after(self, failures: int) -> float:
        """Return the pause after so many consecutive failures."""
        pause = min(self._quick * 2.0 ** min(failures, 10), LONGEST_PAUSE)
        return pause * random.uniform(0.9, 1.1)  # noqa: S311 - as above


async def follow(
    poll: Callable[[], Awaitable[RunStatus]],
    lines: LogLines,
    pace: Pace,
    watching: Callable[[], int],
    patience: float,
) -> AsyncIterator[Progress | RunStatus]:
    """Yield each change of a request, and finally its completed status.

    A failing network never ends it.

    Args:
        poll: asks once; raises `Missing`, `Trouble` or `KeyRefused`.
        lines: the lines reported before.
        pace: when to ask again.
        watching: how many are watched at the moment.
        patience: seconds for which fal may not know the request.

    Raises:
        Missing: fal did not know it for so long.
        KeyRefused: again and again.
    """
    last = Progress("queued")
    failures, refusals, unknown, missing_since = 0, 0, 0, None
    while True:
        try:
            status = await poll()
        except (Missing, Trouble) as trouble:
            missing_since = (missing_since or time.monotonic()) if _is(trouble, Missing) else None
            refusals = refusals + 1 if _is(trouble, KeyRefused) else 0
            if refusals >= REFUSALS or _since(missing_since) >= patience:
                raise
            failures += 1
            if failures % REMIND == 2:  # one failure alone is nobody's concern
                yield _with(last, notes=(f"{trouble} Trying again. Nothing is lost.",))
            await asyncio.sleep(pace.seconds_after(failures))
            continue
        if failures >= 2:
            yield _with(last, notes=("fal.ai is responding again.",))
        failures, refusals, missing_since = 0, 0, None
        unknown = unknown + 1 if status.state is None else 0
        progress = _progress(status, last, lines.new(status.logs))
        if progress.lines or progress != last:
            pace.changed()
            yield progress
            last = _with(progress, lines=())
        if status.state == "completed" or unknown >= UNKNOWN_STATES:
            yield RunStatus("completed", None, status.logs, status.error, status.error_type)
            return
        await asyncio.sleep(pace.seconds(watching()))


def _is(trouble: Exception, kind: type[Exception]) -> bool:
    return isinstance(trouble, kind)


def _since(moment: float | None) -> float:
    return -1.0 if moment is None else time.monotonic() - moment


def _progress(status: RunStatus, last: Progress, new: tuple[str, ...]) -> Progress:
    if status.state is None:
        return _with(last, lines=new)
    if status.state == "queued":
        return Progress("queued", queue_position=status.position, lines=new)
    return Progress("rendering", lines=new)


def _with(
    progress: Progress, *, lines: tuple[str, ...] = (), notes: tuple[str, ...] = ()
) -> Progress:
    return Progress(progress.phase, progress.queue_position, lines=lines, notes=notes)
