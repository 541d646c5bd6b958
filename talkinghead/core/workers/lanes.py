"""Threads that clients take turns at: one call of each runs or waits for memory at a time.

What waits for its turn in the machine's budget holds a thread. Without lanes, one client's many
calls would hold all threads, and everybody else's first would not even stand in the line.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class ClientLanes(Generic[Value]):
    """Runs calls in threads, those of each client one after the other.

    Args:
        threads: how many clients are served at the same time.
        name: of the threads.
    """

    def __init__(self, threads: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._lock = Lock()
        self._lanes: dict[str, deque[tuple[Future[Value], Callable[[], Value]]]] = {}
        self._unfinished: set[Future[Value]] = set()
        self._closed = False

    def submit(self, client: str, call: Callable[[], Value]) -> Future[Value]:
        """Return the future value of a call; it can be cancelled until its turn has come.

        Args:
            client: whose it is.
            call: what to run.
        """
        future: Future[Value] = Future()
        with self._lock:
            if self._closed:
                future.cancel()
                return future
            self._unfinished.add(future)
            lane = self._lanes.get(client)
            if lane is not None:
                lane.append((future, call))
            else:
                self._lanes[client] = deque()
                self._pool.submit(self._run, client, future, call)
        future.add_done_callback(self._unfinished.discard)
        return future

    def close(self) -> None:
        """Cancel what waits, and wait for what runs."""
        with self._lock:
            self._closed = True
            unfinished = list(self._unfinished)
        for future in unfinished:
            future.cancel()
        self._pool.shutdown(wait=True)

    def _run(self, client: str, future: Future[Value], call: Callable[[], Value]) -> None:
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001 - whoever asks for the value gets it
                future.set_exception(error)
        with self._lock:
            lane = self._lanes[client]
            if lane and not self._closed:  # behind the clients that wait for a thread
                self._pool.submit(self._run, client, *lane.popleft())
            else:
                del self._lanes[client]
