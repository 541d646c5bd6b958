"""The memory of this machine for heavy work, shared by everything that this process starts.

Drafts, exports and decoding run in processes of their own, but on one machine. Each takes the
measured peak of its kind from one budget before it begins. Who waits is served by client in turns,
not first come, first served: one visitor's five hundred drafts wait behind everybody else's first.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from talkinghead.core.workers.memory import available_memory_mb

KEPT_FREE_MB = 512  # for the web process and the system, where no setting says how much is there
LEAST_MB = 256
UNKNOWN_MB = 4096  # where the system does not tell
MOST_PASSED = 3  # times that a large one is passed by smaller ones before they wait for it, too
_REMEMBERED_CLIENTS = 1000
_BETWEEN_LOOKS = 0.25  # seconds between two looks whether somebody still waits


@dataclass(frozen=True)
class WorkKind:
    """A kind of heavy work.

    Attributes:
        name: for logs and tests.
        mb: its measured peak of memory.
        at_once: how many of it may run at the same time.
    """

    name: str
    mb: int
    at_once: int = 1


# Peaks of the largest input: drafts and decoding as measured, the others with room (decision 16).
DRAFT = WorkKind("draft", 900)
EXPORT = WorkKind("export", 700)
JOIN = WorkKind("join", 600)
SPEAKING = WorkKind("speech", 700)
CAPTIONS = WorkKind("captions", 600)
PREVIEWS = WorkKind("previews", 600)
SAMPLE = WorkKind("sample", 500)
DECODING = WorkKind("decoding", 900, at_once=2)


class Reservation:
    """A place in the line for memory, and then the memory itself, until it is released.

    Args:
        kind: of the work.
        client: whose.
        number: its place among all reservations.
        on_release: gives it back.
    """

    def __init__(
        self,
        kind: WorkKind,
        client: str,
        number: int,
        on_release: "Callable[[Reservation], None]",
    ) -> None:
        self.kind, self.client, self.number = kind, client, number
        self.passed = 0  # times that others began before it because it did not fit
        self._granted: Future[None] = Future()
        self._on_release = on_release

    @property
    def is_granted(self) -> bool:
        """Whether the work may begin."""
        return self._granted.done()

    def grant(self) -> None:
        """Let the work begin."""
        self._granted.set_result(None)

    def wait(self, seconds: float) -> bool:
        """Block until the work may begin, at most so long; whether it may."""
        with suppress(TimeoutError):
            self._granted.result(seconds)
        return self.is_granted

    async def wait_async(self, seconds: float) -> None:
        """Wait until the work may begin, at most so long."""
        with suppress(TimeoutError):
            granted = asyncio.wrap_future(self._granted)
            await asyncio.wait_for(asyncio.shield(granted), seconds)

    def release(self) -> None:
        """Give the memory back, or leave the line."""
        self._on_release(self)


class MemoryBudget:
    """Grants memory to heavy work.

    Args:
        total_mb: all that may be granted at the same time. What is larger than that by itself
            runs alone.
    """

    def __init__(self, total_mb: float) -> None:
        self._total = total_mb
        self._lock = threading.Lock()
        self._waiting: list[Reservation] = []
        self._running: list[Reservation] = []
        self._served: dict[str, int] = {}  # client → when it was last served
        self._count = 0

    @property
    def total_mb(self) -> float:
        """All that may be granted at the same time."""
        return self._total

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        with self._lock:
            return len(self._waiting)

    def resize(self, total_mb: float) -> None:
        """Change the total; what runs goes on."""
        with self._lock:
            self._total = total_mb
            granted = self._grant()
        _report(granted)

    @contextmanager
    def hold(
        self, kind: WorkKind, client: str, while_waiting: Callable[[], None] = lambda: None
    ) -> Iterator[None]:
        """Context manager: wait for a turn, and hold the memory until the end.

        Args:
            kind: of the work.
            client: whose.
            while_waiting: called now and then; it gives up the place in the line by raising.
        """
        reservation = self.reserve(kind, client)
        try:
            while not reservation.wait(_BETWEEN_LOOKS):
                while_waiting()
            yield
        finally:
            reservation.release()

    def reserve(self, kind: WorkKind, client: str) -> Reservation:
        """Return a place in the line, or the memory if it is free; to be released at the end."""
        with self._lock:
            self._count += 1
            reservation = Reservation(kind, client, self._count, self._release)
            self._waiting.append(reservation)
            granted = self._grant()
        _report(granted)
        return reservation

    def count_waiting(self, kind: WorkKind, client: str) -> int:
        """Return how many of a client wait for this kind of work."""
        with self._lock:
            return sum(
                each.kind.name == kind.name and each.client == client for each in self._waiting
            )

    def others_wait(self, kind: WorkKind, client: str) -> bool:
        """Whether another client waits for this kind of work."""
        with self._lock:
            return any(
                each.kind.name == kind.name and each.client != client for each in self._waiting
            )

    def _release(self, request: Reservation) -> None:
        with self._lock:
            for held in (self._waiting, self._running):
                if request in held:
                    held.remove(request)
            granted = self._grant()
        _report(granted)

    def _grant(self) -> list[Reservation]:
        """Move to `running` all that may begin; returns them."""
        granted: list[Reservation] = []
        while (request := self._next()) is not None:
            self._waiting.remove(request)
            self._running.append(request)
            self._count += 1
            self._served.pop(request.client, None)
            self._served[request.client] = self._count
            while len(self._served) > _REMEMBERED_CLIENTS:
                self._served.pop(next(iter(self._served)))
            granted.append(request)
        return granted

    def _next(self) -> Reservation | None:
        """Return the request whose turn it is; None if nothing may begin now."""
        passed: list[Reservation] = []
        for request in sorted(self._waiting, key=self._place):
            if not self._has_turn(request):
                continue
            if self._fits(request):
                for each in passed:
                    each.passed += 1
                return request
            if request.passed >= MOST_PASSED:
                return None
            passed.append(request)
        return None

    def _place(self, request: Reservation) -> tuple[int, int]:
        return self._served.get(request.client, 0), request.number

    def _has_turn(self, request: Reservation) -> bool:
        """Whether it may run beside what else of its kind runs; no client has more than one."""
        alike = [each for each in self._running if each.kind.name == request.kind.name]
        return len(alike) < request.kind.at_once and all(
            each.client != request.client for each in alike
        )

    def _fits(self, request: Reservation) -> bool:
        used = sum(each.kind.mb for each in self._running)
        return not used or used + request.kind.mb <= self._total


def _report(granted: list[Reservation]) -> None:
    """Let those begin whose turn it is; outside the lock, since that runs their callbacks."""
    for request in granted:
        request.grant()


def default_total_mb() -> float:
    """Return what is free now, less what the web process and the system need."""
    free = available_memory_mb()
    return UNKNOWN_MB if free is None else max(free - KEPT_FREE_MB, LEAST_MB)


MACHINE = MemoryBudget(default_total_mb())
"""The budget of this process; `opening` sets its size."""
